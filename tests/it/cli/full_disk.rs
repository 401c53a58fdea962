//! Files that the system lets grow no larger, as on a disk that is full.

#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output};

use super::{GOOD, write};
use crate::program::{binary, gatewright};

/// The signal of a process that writes beyond its limit.
const SIGXFSZ: i32 = 25;

/// Renders where no file may be larger than 2048 bytes; `trap` says what becomes of the signal.
fn limited(folder: &Path, trap: &str) -> Output {
    Command::new("sh")
        .args([
            "-c",
            &format!("{trap} ulimit -c 0; ulimit -f 4; exec \"$0\" render -o out"),
        ])
        .arg(binary())
        .current_dir(folder)
        .output()
        .unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .sort_by_file_name();
    let name = |entry: walkdir::DirEntry| {
        entry
            .path()
            .strip_prefix(folder)
            .unwrap()
            .display()
            .to_string()
    };
    entries.into_iter().flatten().map(name).collect()
}

#[test]
fn a_file_that_may_not_grow_is_an_error_and_nothing_is_lost() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("gatewright.yaml", GOOD)]);
    let first = limited(scratch.path(), "trap '' XFSZ;");
    let said = String::from_utf8(first.stderr).unwrap();
    assert_eq!(first.status.code(), Some(2), "{said}");
    assert!(
        said.contains(
            "cannot write `RUNBOOK.md`: the file would be larger than the system allows; nothing \
             was changed"
        ),
        "{said}"
    );
    assert_eq!(names(scratch.path()), ["gatewright.yaml"]);

    let render = || {
        gatewright(&["render", "-o", "out"])
            .within(scratch.path())
            .said()
    };
    assert_eq!(render().code, 0);
    write(
        scratch.path(),
        &[("gatewright.yaml", &GOOD.replace("port: 80}", "port: 8000}"))],
    );
    let before = names(scratch.path());
    let gateway = scratch.path().join("out/manifests/shop/gateway-apps.yaml");
    let text = fs::read_to_string(&gateway).unwrap();
    let again = limited(scratch.path(), "trap '' XFSZ;");
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(names(scratch.path()), before);
    assert_eq!(
        fs::read_to_string(&gateway).unwrap(),
        text,
        "no file is put in its place"
    );
}

#[test]
fn a_process_that_dies_of_its_limit_is_completed_by_the_next() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("gatewright.yaml", GOOD)]);
    let died = limited(scratch.path(), "");
    assert_eq!(died.status.signal(), Some(SIGXFSZ), "{died:?}");
    let left = names(&scratch.path().join("out"));
    assert!(
        left.iter().any(|name| name.contains(".gatewright-")),
        "{left:?}"
    );
    let run = |words: &[&str]| gatewright(words).within(scratch.path()).said();
    let check = run(&["render", "-o", "out", "--check"]);
    assert_eq!(check.code, 1);
    assert!(
        check.err.contains("left over by an interrupted run"),
        "{}",
        check.err
    );
    let next = run(&["render", "-o", "out"]);
    assert_eq!(next.code, 0, "{}", next.err);
    assert!(
        next.err.contains("temporary file of an interrupted run"),
        "{}",
        next.err
    );
    let left = names(&scratch.path().join("out"));
    assert!(
        !left.iter().any(|name| name.contains(".gatewright-")),
        "{left:?}"
    );
    assert_eq!(run(&["render", "-o", "out", "--check"]).code, 0);
}
