//! Disks on which one step goes wrong.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::sinks::{Disk, RealDisk};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing happens on this disk any more: the process was killed, and cleans nothing up.
    Kill,
    /// The same, and what was not synced is lost: such files are empty.
    PowerFailure,
    /// This one step fails, and later ones do not.
    Error(io::ErrorKind),
}

/// A disk on which one step goes wrong.
pub(super) struct FaultyDisk {
    at: usize,
    fault: Fault,
    steps: Cell<usize>,
    /// The names of the steps that were done.
    done: RefCell<Vec<&'static str>>,
    failed: Cell<&'static str>,
    unsynced: RefCell<BTreeSet<PathBuf>>,
}

impl FaultyDisk {
    /// Goes wrong at the step of this number, the first of which is 0.
    pub(super) fn new(at: usize, fault: Fault) -> Self {
        FaultyDisk {
            at,
            fault,
            steps: Cell::new(0),
            done: RefCell::default(),
            failed: Cell::default(),
            unsynced: RefCell::default(),
        }
    }

    /// The names of the steps that were done.
    pub(super) fn done(&self) -> Vec<&'static str> {
        self.done.borrow().clone()
    }

    /// The name of the step that went wrong.
    pub(super) fn failed(&self) -> &'static str {
        self.failed.get()
    }

    fn step(&self, name: &'static str) -> io::Result<()> {
        let number = self.steps.replace(self.steps.get() + 1);
        if number == self.at {
            self.failed.set(name);
        }
        match self.fault {
            Fault::Error(kind) if number == self.at => return Err(kind.into()),
            Fault::Kill | Fault::PowerFailure if number >= self.at => {
                if self.fault == Fault::PowerFailure {
                    for file in self.unsynced.take() {
                        fs::write(file, "").unwrap();
                    }
                }
                return Err(io::Error::other("nothing happens any more"));
            }
            _ => {}
        }
        self.done.borrow_mut().push(name);
        Ok(())
    }
}

impl Disk for FaultyDisk {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("make folder")?;
        RealDisk.make_folder(folder)
    }

    fn write_temporary(
        &self,
        folder: &Path,
        content: &[&[u8]],
        permissions: Option<&Permissions>,
    ) -> io::Result<TempPath> {
        let cleans_up = matches!(self.fault, Fault::Error(_));
        // A write is no one step: half of it may be done.
        let alive = self.steps.get() <= self.at || cleans_up;
        if let Err(error) = self.step("write temporary") {
            if alive {
                let half = &content[0][..content[0].len() / 2];
                let mut torn = RealDisk.write_temporary(folder, &[half], permissions)?;
                torn.disable_cleanup(!cleans_up);
            }
            return Err(error);
        }
        let mut temporary = RealDisk.write_temporary(folder, content, permissions)?;
        temporary.disable_cleanup(!cleans_up);
        self.unsynced.borrow_mut().insert(temporary.to_path_buf());
        Ok(temporary)
    }

    fn sync_files(&self, files: &[&Path]) -> io::Result<()> {
        self.step("sync files")?;
        let mut unsynced = self.unsynced.borrow_mut();
        unsynced.retain(|file| !files.contains(&file.as_path()));
        Ok(())
    }

    fn put_in_place(&self, temporary: TempPath, target: &Path) -> io::Result<()> {
        self.step("put in place")?;
        if self.unsynced.borrow_mut().remove(&*temporary) {
            self.unsynced.borrow_mut().insert(target.to_owned());
        }
        RealDisk.put_in_place(temporary, target)
    }

    fn sync_folders(&self, folders: &[&Path]) -> io::Result<()> {
        self.step("sync folders")?;
        RealDisk.sync_folders(folders)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        self.step("remove file")?;
        RealDisk.remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("remove folder")?;
        RealDisk.remove_folder(folder)
    }
}
