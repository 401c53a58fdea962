//! Folders of manifests, and what of them is compared.

use std::fs;
use std::path::Path;

use crate::git_repository::{Repository, config_map};
use crate::program::{Said, gatewright};

const CHART: &str = "{{- if .Values.on }}\napiVersion: v1\nkind: ConfigMap\n{{- end }}\n";

fn write(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn diff(folder: &Path, words: &[&str]) -> Said {
    let run = gatewright(&[&["diff"], words].concat()).within(folder);
    run.env("GIT_CEILING_DIRECTORIES", "/").said()
}

#[test]
fn folders_files_and_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "a/x.yaml", config_map("x", "one"));
    write(folder, "a/deep/why.yml", config_map("why", "one"));
    let json = r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"z"}}"#;
    write(folder, "a/z.JSON", json);
    write(folder, "a/README.md", "apiVersion: v1");
    write(folder, "a/.git/w.yaml", config_map("w", "one"));
    let all = [
        &config_map("why", "one"),
        "---\n",
        &config_map("x", "one"),
        "---\n",
        json,
    ]
    .concat();
    write(folder, "all.yaml", all);
    fs::create_dir(folder.join("empty")).unwrap();
    for (words, code) in [
        (["a", "all.yaml"], 0),
        (["a", "a"], 0),
        (["a", "a/x.yaml"], 1),
        (["a", "empty"], 1),
        (["/dev/null", "a"], 1),
        (["empty", "/dev/null"], 0),
    ] {
        let said = diff(folder, &words);
        assert_eq!((said.code, said.err.as_str()), (code, ""), "{words:?}");
    }
    assert_eq!(diff(folder, &["--exit-zero", "a", "empty"]).code, 0);
    let said = diff(folder, &["./b", "a"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (
            2,
            "gatewright: cannot read `./b`: there is no such file or folder\n  help: Did you mean `./a`?\n"
        )
    );
}

#[test]
fn what_is_no_object_is_left_out_and_told_where_it_differs() {
    let repository = Repository::new();
    repository
        .write("a.yaml", &config_map("a", "one"))
        .write("values.yaml", "replicas: 1\n")
        .write("chart/templates/c.yaml", CHART)
        .commit();
    fs::write(
        repository.join("latin.yaml"),
        b"apiVersion: v1\nname: \xE9\n",
    )
    .unwrap();
    repository.commit();
    let said = repository.diff(&["HEAD"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    repository
        .write("values.yaml", "replicas: 2\n")
        .write("more/1.yaml", "a: 1\n")
        .write("more/2.yaml", "a: 1\n")
        .write("more/3.yaml", "a: 1\n")
        .write("chart/templates/c.yaml", &CHART.replace(".on", ".off"));
    fs::write(
        repository.join("latin.yaml"),
        b"apiVersion: v1\nname: \xE8\xE8\n",
    )
    .unwrap();
    let said = repository.diff(&["HEAD"]);
    assert_eq!(said.code, 0);
    assert_eq!(
        said.err,
        "note: not compared, for they hold no Kubernetes object: `more/1.yaml`, `more/2.yaml`, \
         `more/3.yaml`, 1 more\n\
         note: not compared, for they are templates, not YAML: `chart/templates/c.yaml`\n\
         note: not compared, for they are not UTF-8: `latin.yaml`\n"
    );
    // Named outright, each is what was asked for.
    assert_eq!(repository.diff(&["HEAD", "values.yaml"]).code, 1);
    assert_eq!(repository.diff(&["HEAD", "chart/templates/c.yaml"]).code, 2);
    assert_eq!(repository.diff(&["HEAD", "latin.yaml"]).code, 2);
}

#[test]
fn what_is_broken_is_not_passed_over() {
    let repository = Repository::new();
    repository.write("a.yaml", &config_map("a", "one")).commit();
    repository.write("b.yaml", "apiVersion: v1\nkind: [\n");
    let said = repository.diff(&["HEAD"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("--> b.yaml:"), "{}", said.err);
    assert!(
        said.err.contains("gatewright: cannot compare: "),
        "{}",
        said.err
    );
    // On both sides the same, it cannot differ.
    repository.commit();
    assert!(!repository.differs(&["HEAD"]));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "a/x.yaml", config_map("x", "one"));
    fs::set_permissions(folder.join("a/x.yaml"), fs::Permissions::from_mode(0o0)).unwrap();
    // The owner of the machine reads it all the same.
    if fs::read(folder.join("a/x.yaml")).is_err() {
        let said = diff(folder, &["a", "a"]);
        assert_eq!(said.code, 2);
        assert!(
            said.err
                .contains("cannot read `a/x.yaml`: permission denied"),
            "{}",
            said.err
        );
    }
}
