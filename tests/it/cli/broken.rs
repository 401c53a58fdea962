//! What cannot be done: exit code 2, one line that says why, and nothing half-done.

use std::fs::{self, OpenOptions};
use std::io::Read as _;
use std::process::{Command, Stdio};

use super::{GOOD, write};
use crate::program::{binary, gatewright, repository};

#[test]
fn what_is_mistyped_or_missing() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", GOOD)]);
    for (words, expected) in [
        (&["render", "--outptu", "x"][..], "--output"),
        (&["rendr"], "render"),
        (&["render", "-f", "edg.yaml"], "edg.yaml"),
        (
            &["render", "-f", "edge.yaml", "--templates", "none"],
            "none",
        ),
        (&["explain", "spec.gateway"], "Did you mean `gateways`?"),
        (&["check", "-f", "edge.yaml", "--format", "xml"], "xml"),
    ] {
        let said = gatewright(words).within(scratch.path()).said();
        assert_eq!(
            (said.code, said.out.as_str()),
            (2, ""),
            "{words:?}: {}",
            said.err
        );
        assert!(said.err.contains(expected), "{words:?}: {}", said.err);
    }
}

#[test]
fn an_output_folder_that_cannot_be_one() {
    let scratch = tempfile::tempdir().unwrap();
    write(
        scratch.path(),
        &[
            ("edge.yaml", GOOD),
            ("file", "mine\n"),
            ("dir/manifests", "mine\n"),
        ],
    );
    for out in ["file", "file/below", "dir"] {
        let said = gatewright(&["render", "-f", "edge.yaml", "-o", out])
            .within(scratch.path())
            .said();
        assert_eq!(
            (said.code, said.out.as_str()),
            (2, ""),
            "{out}: {}",
            said.err
        );
    }
    assert_eq!(
        fs::read_to_string(scratch.path().join("file")).unwrap(),
        "mine\n"
    );
    assert_eq!(fs::read_dir(scratch.path().join("dir")).unwrap().count(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_nobody_may_write_to() {
    // Not even root makes folders in /proc.
    let said = gatewright(&["render", "-f", "examples/httpbin", "-o", "/proc/rendered"]).said();
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    assert!(said.err.contains("/proc/rendered"), "{}", said.err);
}

#[test]
#[cfg(unix)]
fn a_read_only_folder_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", GOOD)]);
    let out = scratch.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(out.join("probe"), "").is_ok() {
        println!("this user may write anywhere: a read-only folder cannot be tried");
        return;
    }
    let said = gatewright(&["render", "-f", "edge.yaml", "-o", "out"])
        .within(scratch.path())
        .said();
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_device() {
    for words in [
        &["render", "-f", "examples/httpbin"][..],
        &["schema"],
        &["explain"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let said = gatewright(words).stdout(full).run();
        assert_eq!(said.code, 2, "{words:?}: {}", said.err);
        assert!(
            said.err.contains("cannot write to standard output"),
            "{}",
            said.err
        );
    }
}

#[test]
fn a_reader_that_has_seen_enough() {
    for words in [
        &["render", "-f", "examples/httpbin"][..],
        &["schema"],
        &["explain", "--recursive"],
    ] {
        let mut command = Command::new(binary());
        let command = command.args(words).current_dir(repository());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{words:?}");
        assert!(
            !err.contains("error") && !err.contains("roken pipe"),
            "{words:?}: {err}"
        );
    }
}

#[test]
fn every_command_is_quiet_before_a_pipe_that_closes() {
    let list = crate::krm::list("", GOOD);
    let scratch = tempfile::tempdir().unwrap();
    write(
        scratch.path(),
        &[
            ("gatewright.yaml", GOOD),
            ("list.yaml", &list),
            ("none.yaml", ""),
        ],
    );
    for command in [
        "render",
        "render --help",
        "check --format json",
        "diff manifests:none.yaml config:gatewright.yaml --exit-zero",
        "origin gateway/shop/apps",
        "schema",
        "explain --recursive",
        "fn <list.yaml",
        "cmp discover",
        "cmp generate",
    ] {
        // The reader is gone before anything is written.
        let line = format!(
            "{{ sleep 0.1; '{}' {command}; echo $? >code; }} | true",
            binary().display()
        );
        let output = Command::new("sh")
            .args(["-c", &line])
            .current_dir(scratch.path())
            .output()
            .unwrap();
        let code = fs::read_to_string(scratch.path().join("code")).unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(code.trim(), "0", "{command}: {err}");
        let broken = ["ipe", "internal", "cannot write"]
            .iter()
            .any(|word| err.contains(word));
        assert!(!broken, "{command}: {err}");
    }
}
