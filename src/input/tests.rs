//! Reading real files.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use tempfile::TempDir;

use super::{FileSet, Given, InputError};
use crate::diag::{Place, Report};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn read(working: &Path, named: &[&str]) -> Result<FileSet, InputError> {
    let named: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
    let mut report = Report::new();
    let set = FileSet::read(&named, working, &mut Cursor::new("in: 1\n"), &mut report);
    assert!(report.is_empty());
    set
}

fn names(set: &FileSet) -> Vec<&str> {
    set.files().iter().map(|file| file.name.as_str()).collect()
}

fn error(working: &Path, named: &[&str]) -> String {
    let said = read(working, named).unwrap_err().to_string();
    said.replace(fs::canonicalize(working).unwrap().to_str().unwrap(), "HERE")
}

#[test]
fn files_keep_the_names_and_the_order_in_which_they_were_given() {
    let dir = folder(&[
        ("z.yaml", "z: 1\n"),
        ("d/b.yml", ""),
        ("d/a.yaml", ""),
        ("d/e/c.json", "{}"),
        ("d/readme.md", ""),
        ("d/.hidden.yaml", ""),
        ("d/.git/x.yaml", ""),
    ]);
    let set = read(dir.path(), &["z.yaml", "-", "d"]).unwrap();
    assert_eq!(
        names(&set),
        ["z.yaml", "<stdin>", "d/a.yaml", "d/b.yml", "d/e/c.json"]
    );
    let given: Vec<_> = set.files().iter().map(|file| file.given).collect();
    assert_eq!(given[1..3], [Given::Outright, Given::InFolder]);
    assert_eq!(&*set.files()[1].text, "in: 1\n");
    let set = read(&dir.path().join("d"), &["./"]).unwrap();
    assert_eq!(names(&set), ["a.yaml", "b.yml", "e/c.json"]);
    let set = read(&dir.path().join("d"), &["../z.yaml", "./a.yaml"]).unwrap();
    assert_eq!(names(&set), ["../z.yaml", "./a.yaml"]);
}

#[test]
fn a_file_given_twice_is_read_once_and_counts_as_named() {
    let dir = folder(&[("d/a.yaml", ""), ("d/b.yaml", "")]);
    let set = read(dir.path(), &["d", "./d/../d/b.yaml"]).unwrap();
    assert_eq!(names(&set), ["d/a.yaml", "d/b.yaml"]);
    assert_eq!(set.files()[1].given, Given::Outright);
}

#[test]
fn without_a_name_the_nearest_config_upwards_is_read() {
    let dir = folder(&[
        ("gatewright.yaml", "a: 1\n"),
        ("x/y/z.txt", ""),
        ("x/gatewright.yml", ""),
    ]);
    let set = read(&dir.path().join("x/y"), &[]).unwrap();
    assert_eq!(names(&set), ["../../gatewright.yaml"]);
    assert_eq!(names(&read(dir.path(), &[]).unwrap()), ["gatewright.yaml"]);
    fs::remove_file(dir.path().join("gatewright.yaml")).unwrap();
    assert_eq!(
        error(&dir.path().join("x"), &[]),
        "no input: there is no `gatewright.yaml` in `HERE` or a folder above it\n  \
         help: Did you mean `-f gatewright.yml`?"
    );
}

#[test]
fn what_cannot_be_read_is_said_with_what_to_do() {
    let dir = folder(&[("edge/httpbin.yaml", ""), ("edge/team/x.txt", "")]);
    for (named, said) in [
        (
            "edge/htpbin.yaml",
            "cannot read `edge/htpbin.yaml`: there is no such file or folder\n  \
             help: Did you mean `edge/httpbin.yaml`?",
        ),
        (
            "egde/httpbin.yaml",
            "cannot read `egde/httpbin.yaml`: there is no folder `egde`\n  \
             help: Did you mean `edge/httpbin.yaml`?",
        ),
        (
            "edge/team",
            "there is no `.yaml`, `.yml` or `.json` file in the folder `edge/team`\n  \
             help: Name another folder, or a file outright if it has another ending; hidden files \
             are skipped.",
        ),
        (
            "edge/httpbin.yaml/x",
            "cannot read `edge/httpbin.yaml/x`: a part of the path is a file, not a folder\n  \
             help: Check the name.",
        ),
        (
            "/dev/null",
            "cannot read `/dev/null`: it is a device, pipe or socket, not a file\n  \
             help: Name a file, a folder, or `-` for standard input.",
        ),
    ] {
        assert_eq!(error(dir.path(), &[named]), said);
    }
    assert!(error(dir.path(), &["-", "/dev/stdin"]).starts_with("standard input is named twice"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_are_found() {
    use std::os::unix::fs::symlink;
    let dir = folder(&[("real/a.yaml", ""), ("d/b.yaml", "")]);
    symlink("../real", dir.path().join("d/linked")).unwrap();
    symlink("nowhere", dir.path().join("d/broken.txt")).unwrap();
    assert_eq!(
        names(&read(dir.path(), &["d"]).unwrap()),
        ["d/b.yaml", "d/linked/a.yaml"]
    );
    symlink("nowhere", dir.path().join("d/broken.yaml")).unwrap();
    assert!(error(dir.path(), &["d"]).starts_with("cannot read `d/broken.yaml`: there is no such"));
    fs::remove_file(dir.path().join("d/broken.yaml")).unwrap();
    symlink("..", dir.path().join("d/up")).unwrap();
    assert!(error(dir.path(), &["d"]).contains("it is a symbolic link in a loop"));
    symlink("itself.yaml", dir.path().join("itself.yaml")).unwrap();
    assert!(error(dir.path(), &["itself.yaml"]).contains("it is a symbolic link in a loop"));
}

#[test]
fn a_text_that_is_not_utf_8_is_reported_at_its_place() {
    let dir = folder(&[("b.yaml", "b: 1\n")]);
    fs::write(dir.path().join("a.yaml"), b"a: 1\nb: \xE9\n").unwrap();
    let mut report = Report::new();
    let set = FileSet::read(&[".".into()], dir.path(), &mut Cursor::new(""), &mut report).unwrap();
    assert_eq!(names(&set), ["b.yaml"]);
    let found = report.iter().next().unwrap();
    assert!(
        matches!(&found.place, Place::Line { name, range, .. } if name == "a.yaml" && range.start == 8)
    );
}

#[test]
fn what_a_config_names_is_found_beside_it() {
    let dir = folder(&[
        ("edge/a.yaml", ""),
        ("edge/own/x.yaml", "x"),
        ("y.yaml", "y"),
    ]);
    let set = read(dir.path(), &["edge/a.yaml"]).unwrap();
    let mut report = Report::new();
    let mut beside = |config: &str, path: &str| {
        let found = set.read_beside(config, path, &mut report)?;
        Ok::<_, InputError>(found.into_iter().map(|file| file.name).collect::<Vec<_>>())
    };
    assert_eq!(
        beside("edge/a.yaml", "./own/x.yaml").unwrap(),
        ["edge/own/x.yaml"]
    );
    assert_eq!(beside("edge/a.yaml", "own").unwrap(), ["edge/own/x.yaml"]);
    assert_eq!(
        beside("edge/a.yaml", "../y.yaml").unwrap(),
        ["edge/../y.yaml"]
    );
    assert_eq!(beside("<stdin>", "y.yaml").unwrap(), ["y.yaml"]);
    let absolute = dir.path().join("y.yaml").display().to_string();
    assert_eq!(
        beside("edge/a.yaml", &absolute).unwrap(),
        std::slice::from_ref(&absolute)
    );
    let error = beside("edge/a.yaml", "own/y.yaml").unwrap_err();
    let diagnostic = error.diagnostic(Place::Nowhere);
    assert_eq!(
        diagnostic.headline,
        "cannot read `edge/own/y.yaml`: there is no such file or folder"
    );
    let memory = FileSet::in_memory(&[("c/a.yaml", "")], &[("c/b.yaml", "b: 1\n")]);
    let beside = memory
        .read_beside("c/a.yaml", "b.yaml", &mut report)
        .unwrap();
    assert_eq!(&*beside[0].text, "b: 1\n");
    assert!(
        memory
            .read_beside("c/a.yaml", "d.yaml", &mut report)
            .is_err()
    );
}
