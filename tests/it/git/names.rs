//! Names and kinds of entries that are out of the ordinary.

use std::fs;

use crate::git_repository::{Repository, config_map};

#[test]
fn odd_names_are_read() {
    let odd = [
        "-n.yaml",
        "--help.yaml",
        "with space.yaml",
        "tab\tand\nline.yaml",
        "\"quoted\".yaml",
        "grüße/日本.yaml",
        "glob*[a].yaml",
        "main:x.yaml",
        ":(top)x.yaml",
    ];
    let repository = Repository::new();
    for (index, name) in odd.iter().enumerate() {
        repository.write(name, &config_map(&format!("m{index}"), "one"));
    }
    repository.commit();
    assert!(!repository.differs(&["HEAD"]));
    for (index, name) in odd.iter().enumerate() {
        repository.write(name, &config_map(&format!("m{index}"), "two"));
        assert!(repository.differs(&["HEAD"]), "{name}");
        assert!(
            repository.differs(&[&format!("HEAD:{name}"), &format!("./{name}")]),
            "{name}"
        );
        assert!(repository.differs(&[&format!("HEAD:{name}")]), "{name}");
        repository.write(name, &config_map(&format!("m{index}"), "one"));
    }
    assert!(!repository.differs(&["HEAD:grüße", "grüße"]));
    let said = repository.diff(&["HEAD", "--", "-n.yaml"]);
    assert_eq!(said.code, 0, "{}", said.err);
}

/// Other systems and their file systems refuse such names.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_read() {
    use std::os::unix::ffi::OsStrExt as _;
    let repository = Repository::new();
    let folder = repository.path().join("b");
    fs::create_dir(&folder).unwrap();
    let file = folder.join(std::ffi::OsStr::from_bytes(b"odd\xff.yaml"));
    fs::write(&file, config_map("odd", "one")).unwrap();
    repository.commit();
    assert!(!repository.differs(&["HEAD"]));
    fs::write(&file, config_map("odd", "two")).unwrap();
    let said = repository
        .gatewright(&["diff", "HEAD"])
        .within(&folder)
        .said();
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.out.contains("~ data.k"), "{}", said.out);
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_a_revision() {
    use std::os::unix::fs::symlink;
    let repository = Repository::new();
    repository.write("real/a.yaml", &config_map("a", "one"));
    symlink("real", repository.join("folder")).unwrap();
    symlink("real/a.yaml", repository.join("file.yaml")).unwrap();
    fs::create_dir(repository.join("deep")).unwrap();
    symlink("../folder/a.yaml", repository.join("deep/b.yaml")).unwrap();
    symlink("nowhere", repository.join("dangling")).unwrap();
    repository.commit();
    for path in [
        "folder",
        "file.yaml",
        "folder/a.yaml",
        "deep/b.yaml",
        "deep",
    ] {
        let committed = format!("HEAD:{path}");
        assert!(!repository.differs(&[&committed, "real"]), "{path}");
        assert!(!repository.differs(&[&committed, path]), "{path}");
    }
    assert!(!repository.differs(&["HEAD"]));
    assert!(!repository.differs(&["HEAD", "."]));
    repository.write("real/a.yaml", &config_map("a", "two"));
    for path in ["folder", "file.yaml", "deep", "."] {
        assert!(repository.differs(&["HEAD", path]), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_told() {
    use std::os::unix::fs::symlink;
    let repository = Repository::new();
    symlink("/etc/hostname", repository.join("out.yaml")).unwrap();
    fs::create_dir(repository.join("loop")).unwrap();
    symlink("../loop", repository.join("loop/again")).unwrap();
    symlink("two.yaml", repository.join("one.yaml")).unwrap();
    symlink("one.yaml", repository.join("two.yaml")).unwrap();
    repository.commit();
    for (operand, headline) in [
        (
            "HEAD:out.yaml",
            "cannot read `HEAD:out.yaml`: it is a symbolic link to nothing in the repository",
        ),
        (
            "HEAD:loop",
            "cannot read `HEAD:loop/again`: it is a symbolic link in a loop",
        ),
        (
            "HEAD:one.yaml",
            "cannot read `HEAD:one.yaml`: it is a symbolic link in a loop",
        ),
    ] {
        let said = repository.diff(&[operand, "/dev/null"]);
        assert_eq!(said.code, 2);
        assert!(said.err.contains(headline), "{}", said.err);
    }
}

#[test]
fn submodules_are_left_out_on_both_sides() {
    let inner = Repository::new();
    inner.write("x.yaml", &config_map("inner", "one")).commit();
    let repository = Repository::new();
    repository.write("why.yaml", &config_map("why", "one"));
    let from = inner.path().to_str().unwrap();
    repository.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        from,
        "sub",
    ]);
    repository.commit();
    assert!(!repository.differs(&["HEAD"]));
    repository.write("sub/x.yaml", &config_map("inner", "two"));
    assert!(!repository.differs(&["HEAD"]));
    let said = repository.diff(&["HEAD:sub", "sub"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("cannot read `HEAD:sub`: it is a submodule"),
        "{}",
        said.err
    );
}

#[test]
fn line_ends_are_no_difference() {
    let repository = Repository::new();
    let text =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  block: |\n    a\n    b\n";
    repository.write("a.yaml", text).commit();
    repository.write("a.yaml", &text.replace('\n', "\r\n"));
    assert!(!repository.differs(&["HEAD"]));
    assert!(!repository.differs(&["HEAD", "a.yaml"]));
}
