//! Disks that fail, runs that were interrupted, and a second writer.

use std::cell::Cell;
use std::fs::{self, Permissions};
use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::{TempDir, TempPath};

use super::scene::{output, tree};
use crate::sinks::{Disk, Folder, RealDisk, SinkError};

/// A disk on which one step fails.
struct FailingDisk {
    steps_left: Cell<usize>,
    kind: io::ErrorKind,
}

impl FailingDisk {
    fn at(step: usize, kind: io::ErrorKind) -> Self {
        FailingDisk {
            steps_left: Cell::new(step),
            kind,
        }
    }

    fn step(&self) -> io::Result<()> {
        match self.steps_left.get() {
            0 => Err(self.kind.into()),
            left => {
                self.steps_left.set(left - 1);
                Ok(())
            }
        }
    }
}

impl Disk for FailingDisk {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.make_folder(folder)
    }

    fn write_temporary(
        &self,
        folder: &Path,
        content: &[&[u8]],
        permissions: Option<&Permissions>,
    ) -> io::Result<TempPath> {
        // A full disk takes the start of the content.
        let torn = RealDisk.write_temporary(folder, &[&content[0][..10]], permissions)?;
        self.step()?;
        drop(torn);
        RealDisk.write_temporary(folder, content, permissions)
    }

    fn put_in_place(&self, temporary: TempPath, target: &Path) -> io::Result<()> {
        self.step()?;
        RealDisk.put_in_place(temporary, target)
    }
}

#[test]
fn whichever_step_fails_nothing_is_torn_and_the_error_says_how_far_it_came() {
    let old = output(&[
        ("a/x.yaml", "old: 1\n"),
        ("b.yaml", "old: 2\n"),
        ("c.yaml", "same: 3\n"),
    ]);
    let new = output(&[
        ("a/x.yaml", "new: 1\n"),
        ("b.yaml", "new: 2\n"),
        ("c.yaml", "same: 3\n"),
        ("d/e/y.yaml", "new: 4\n"),
    ]);
    for step in 0..8 {
        let dir = TempDir::new().unwrap();
        let folder = Folder::new(dir.path());
        folder.write(&old).unwrap();
        let before = tree(dir.path());
        let disk = FailingDisk::at(step, io::ErrorKind::StorageFull);
        let error = folder.write_to(&disk, &new).unwrap_err();
        let SinkError::Interrupted(how_far) = &error else {
            panic!("{error:?}")
        };
        let said = error.to_string();
        assert!(said.contains("the disk is full"), "{said}");
        assert_eq!(how_far.written.len() + how_far.unwritten.len(), 3);
        // Two folders and three contents come before the first file is put in its place.
        assert_eq!(how_far.written.len(), step.saturating_sub(5), "step {step}");
        let after = tree(dir.path());
        assert!(!after.iter().any(|line| line.contains(".tmp")), "{after:?}");
        if how_far.written.is_empty() {
            assert_eq!(after, before);
        }
        let left: Vec<_> = folder
            .check(&new)
            .unwrap()
            .iter()
            .map(|d| d.path().to_owned())
            .collect();
        assert_eq!(left, how_far.unwritten);
        folder.write(&new).unwrap();
        assert_eq!(folder.check(&new).unwrap(), []);
    }
}

#[test]
fn an_interrupted_first_run_leaves_no_folder() {
    let dir = TempDir::new().unwrap();
    let root = dir.path().join("x/out");
    let disk = FailingDisk::at(2, io::ErrorKind::FileTooLarge);
    let error = Folder::new(&root).write_to(&disk, &output(&[("a/b.yaml", ""), ("c.yaml", "")]));
    assert_eq!(
        error.unwrap_err().to_string(),
        "cannot write `c.yaml`: the file would be larger than the system allows; nothing was \
         written (2 files to write); put this right and run it again"
    );
    assert_eq!(tree(dir.path()), Vec::<String>::new());
}

#[test]
fn leftovers_of_an_interrupted_run_are_removed() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    let set = output(&[("a/x.yaml", "")]);
    folder.write(&set).unwrap();
    fs::write(dir.path().join("a/.gatewright-Ab12.tmp"), "half").unwrap();
    fs::write(dir.path().join("a/.gatewright-note.txt"), "mine").unwrap();
    assert_eq!(folder.check(&set).unwrap(), []);
    folder.write(&set).unwrap();
    assert_eq!(
        tree(dir.path()),
        ["a", "a/.gatewright-note.txt: ", "a/x.yaml: "]
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_named_below_the_output_folder() {
    let dir = TempDir::new().unwrap();
    let disk = FailingDisk::at(1, io::ErrorKind::PermissionDenied);
    let error = Folder::new(dir.path()).write_to(&disk, &output(&[("a/b/c.yaml", "")]));
    assert_eq!(
        error.unwrap_err().to_string(),
        "cannot write `a/b`: permission denied; nothing was written (1 file to write); put this \
         right and run it again"
    );
    assert_eq!(tree(dir.path()), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_second_writer_waits_a_while_and_then_says_so() {
    let dir = TempDir::new().unwrap();
    let held = fs::File::open(dir.path()).unwrap();
    held.lock().unwrap();
    let set = output(&[("a.yaml", "")]);
    let impatient = Folder::new(dir.path()).patience(Duration::from_millis(30));
    let error = impatient.write(&set).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("another gatewright is writing into"),
        "{error}"
    );
    assert_eq!(tree(dir.path()), Vec::<String>::new());
    let waiting = std::thread::spawn({
        let path = dir.path().to_owned();
        move || {
            Folder::new(path)
                .patience(Duration::from_secs(20))
                .write(&output(&[("a.yaml", "")]))
        }
    });
    std::thread::sleep(Duration::from_millis(60));
    held.unlock().unwrap();
    assert_eq!(waiting.join().unwrap().unwrap().added, ["a.yaml"]);
}
