//! A run that stops or fails at any step, and the run after it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::disks::{Fault, FaultyDisk};
use super::scene::{Contents, contents, output, tree};
use crate::sinks::{Doing, Folder, Interrupted, Output, SinkError};

/// No run of these tests has more steps.
const MANY: usize = 100;

fn old() -> Output {
    output(&[
        ("a/x.yaml", "old: 1\n"),
        ("b.yaml", "old: 2\n"),
        ("c.yaml", "same: 3\n"),
        ("gone/deep/z.yaml", "old: 4\n"),
        ("kustomization.yaml", "old: 5\n"),
        ("left/z.yaml", "old: 6\n"),
    ])
}

fn new() -> Output {
    output(&[
        ("a/x.yaml", "new: 1\n"),
        ("b.yaml", "new: 2\n"),
        ("c.yaml", "same: 3\n"),
        ("d/e/y.yaml", "new: 4\n"),
        ("kustomization.yaml", "new: 5\n"),
    ])
}

const LEFT_OVER: &str = "a/.gatewright-Ab12Cd.tmp";

/// Puts what is not ours beside the set, and what an interrupted run left.
fn surround(root: &Path) {
    let other = Output::new(
        "other",
        output(&[("other.yaml", "theirs\n")]).targets().to_vec(),
    );
    Folder::new(root).write(&other.unwrap()).unwrap();
    fs::write(root.join("own.yaml"), "mine: 1\n").unwrap();
    fs::write(root.join("left/note.txt"), "mine too\n").unwrap();
    fs::write(root.join(LEFT_OVER), "half").unwrap();
}

/// What is there when all is done.
fn all_done() -> Contents {
    let dir = TempDir::new().unwrap();
    Folder::new(dir.path()).write(&old()).unwrap();
    surround(dir.path());
    Folder::new(dir.path()).write(&new()).unwrap();
    let done = contents(dir.path());
    let foreign = ["left/note.txt", "other.yaml", "own.yaml"];
    assert!(
        foreign.iter().all(|path| done.contains_key(*path)),
        "{done:?}"
    );
    assert_eq!(done.len(), 5 + foreign.len());
    assert!(!dir.path().join("gone").exists());
    done
}

/// What holds after a run was stopped, whenever that was; and the next run completes the set.
fn assert_recovers(root: &Path, before: &Contents, done: &Contents, at: &str) {
    let found = contents(root);
    let is_temporary = |path: &str| path.contains(".gatewright-");
    for (path, text) in &found {
        let fine = is_temporary(path) || [before, done].iter().any(|c| c.get(path) == Some(text));
        assert!(fine, "{at}: {path} is neither old nor new: {text:?}");
    }
    for (path, text) in done {
        let (old, found) = (before.get(path), found.get(path));
        assert!(
            old.is_none() || found.is_some(),
            "{at}: {path} is gone, and was {text:?}"
        );
    }
    let folder = Folder::new(root);
    let differences = folder.check(&new()).unwrap();
    assert_eq!(
        differences.is_empty(),
        found == *done,
        "{at}: {differences:?}"
    );
    folder.write(&new()).unwrap();
    assert_eq!(contents(root), *done, "{at}");
    assert_eq!(folder.check(&new()).unwrap(), [], "{at}");
}

#[test]
fn a_run_that_is_stopped_at_any_step_leaves_whole_files_and_the_next_completes_the_set() {
    let done = all_done();
    for fault in [Fault::Kill, Fault::PowerFailure] {
        let mut all_steps = Vec::new();
        for at in 0..MANY {
            let dir = TempDir::new().unwrap();
            Folder::new(dir.path()).write(&old()).unwrap();
            surround(dir.path());
            let before = contents(dir.path());
            let disk = FaultyDisk::new(at, fault);
            let stopped = Folder::new(dir.path()).write_to(&disk, &new()).is_err();
            assert!(!stopped || disk.done().len() == at, "{:?}", disk.done());
            assert_recovers(dir.path(), &before, &done, &format!("{fault:?} at {at}"));
            if !stopped {
                all_steps = disk.done();
                break;
            }
        }
        let expected = [
            &["remove file"][..],
            &["make folder"; 2],
            &["write temporary"; 4],
            &["sync files"],
            &["put in place"; 4],
            &["sync folders"],
            &["remove file"; 2],
            &["remove folder"; 2],
            &["sync folders"],
        ];
        assert_eq!(all_steps, expected.concat());
    }
}

#[test]
fn a_first_run_that_is_stopped_at_any_step() {
    let done = {
        let dir = TempDir::new().unwrap();
        Folder::new(dir.path()).write(&new()).unwrap();
        contents(dir.path())
    };
    for fault in [Fault::Kill, Fault::PowerFailure] {
        let finished = (0..MANY).find(|at| {
            let dir = TempDir::new().unwrap();
            let root = dir.path().join("x/out");
            let disk = FaultyDisk::new(*at, fault);
            let stopped = Folder::new(&root).write_to(&disk, &new()).is_err();
            let at = format!("{fault:?} at {at}");
            assert_recovers(&root, &BTreeMap::new(), &done, &at);
            !stopped
        });
        assert_eq!(
            finished,
            Some(5 + 5 + 1 + 5 + 1),
            "the steps of a first run"
        );
    }
}

#[test]
fn the_files_that_list_others_are_put_in_place_last() {
    let dir = TempDir::new().unwrap();
    let set = output(&[("kustomization.yaml", ""), ("manifests/x.yaml", "")]);
    // One folder, two contents, one sync and one file come before the second file.
    let disk = FaultyDisk::new(5, Fault::Kill);
    Folder::new(dir.path()).write_to(&disk, &set).unwrap_err();
    assert!(dir.path().join("manifests/x.yaml").exists());
    assert!(!dir.path().join("kustomization.yaml").exists());
}

fn interrupted(error: SinkError) -> Interrupted {
    match error {
        SinkError::Interrupted(how_far) => *how_far,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_error_at_any_step_says_how_far_it_came_and_loses_nothing() {
    let done = all_done();
    let mut told = String::new();
    for at in 0..MANY {
        let dir = TempDir::new().unwrap();
        let folder = Folder::new(dir.path());
        folder.write(&old()).unwrap();
        surround(dir.path());
        let before = tree(dir.path());
        let disk = FaultyDisk::new(at, Fault::Error(io::ErrorKind::StorageFull));
        let Err(error) = folder.write_to(&disk, &new()) else {
            assert_eq!(contents(dir.path()), done);
            insta::with_settings!({omit_expression => true}, {
                insta::assert_snapshot!(told);
            });
            return;
        };
        writeln!(told, "step {at}, {}\n{error}\n", disk.failed()).unwrap();
        let how_far = interrupted(error);
        assert_eq!(how_far.written.len() + how_far.unwritten.len(), 4, "{at}");
        assert_eq!(how_far.removed.len() + how_far.unremoved.len(), 2, "{at}");
        let after = tree(dir.path());
        let swept = !(how_far.doing == Doing::Removing && how_far.path == LEFT_OVER);
        if swept {
            assert!(!after.iter().any(|line| line.contains(".tmp")), "{after:?}");
        }
        if how_far.written.is_empty() {
            let kept = |line: &&String| !(swept && line.contains(LEFT_OVER));
            assert_eq!(
                after,
                before.iter().filter(kept).cloned().collect::<Vec<_>>()
            );
        }
        let open = folder.check(&new()).unwrap();
        let mut open: Vec<_> = open.iter().map(|d| d.path().to_owned()).collect();
        open.retain(|path| path != LEFT_OVER);
        let mut expected = [how_far.unwritten, how_far.unremoved].concat();
        expected.sort();
        assert_eq!(open, expected, "{at}");
        folder.write(&new()).unwrap();
        assert_eq!(contents(dir.path()), done);
    }
    panic!("the run has no end");
}

#[test]
fn a_first_run_that_fails_leaves_no_folder() {
    let set = output(&[("a/b.yaml", ""), ("c.yaml", "")]);
    // Two folders above, one below, two contents, a sync.
    for at in 0..6 {
        let dir = TempDir::new().unwrap();
        let disk = FaultyDisk::new(at, Fault::Error(io::ErrorKind::FileTooLarge));
        let error = Folder::new(dir.path().join("x/out")).write_to(&disk, &set);
        let said = error.unwrap_err().to_string();
        let said = said.replace(dir.path().to_str().unwrap(), "");
        let expected = match at {
            0 | 1 => {
                "cannot make the output folder `/x/out`: the file would be larger than the \
                      system allows; nothing was written; make it yourself, or name another one"
            }
            2 => {
                "cannot write `a`: the file would be larger than the system allows; nothing was \
                  changed (2 files to write); put this right and run it again"
            }
            3 => {
                "cannot write `a/b.yaml`: the file would be larger than the system allows; \
                  nothing was changed (2 files to write); put this right and run it again"
            }
            4 => {
                "cannot write `c.yaml`: the file would be larger than the system allows; nothing \
                  was changed (2 files to write); put this right and run it again"
            }
            _ => {
                "the disk did not take what was written: the file would be larger than the \
                  system allows; nothing was changed (2 files to write); put this right and run it \
                  again"
            }
        };
        assert_eq!(said, expected);
        assert_eq!(tree(dir.path()), Vec::<String>::new(), "{at}");
    }
}

#[test]
fn leftovers_of_an_interrupted_run_are_a_difference_and_are_removed() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    let set = output(&[("a/x.yaml", "")]);
    folder.write(&set).unwrap();
    fs::create_dir(dir.path().join("b")).unwrap();
    for left in [LEFT_OVER, "b/.gatewright-000000.tmp"] {
        fs::write(dir.path().join(left), "half").unwrap();
    }
    for mine in ["a/.gatewright-note.txt", "a/.gatewright-notes-of-mine.tmp"] {
        fs::write(dir.path().join(mine), "mine").unwrap();
    }
    let found: Vec<String> = folder
        .check(&set)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        found,
        [
            "left over: a/.gatewright-Ab12Cd.tmp",
            "left over: b/.gatewright-000000.tmp"
        ]
    );
    folder.write(&set).unwrap();
    assert_eq!(
        tree(dir.path()),
        [
            "a",
            "a/.gatewright-note.txt: ",
            "a/.gatewright-notes-of-mine.tmp: ",
            "a/x.yaml: "
        ]
    );
}
