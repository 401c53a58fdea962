//! The steps by which a folder becomes what a plan says.
//!
//! A run that stops between any two of them, however hard, leaves every file wholly old or wholly
//! new, and the next run completes the set:
//!
//! 1. temporary files of an interrupted run are removed, which may free the room that it lacked;
//! 2. folders are made, and every content is written to a temporary file: a full disk shows before
//!    any file has changed;
//! 3. the contents are brought onto the disk, so that no power failure leaves an empty file under
//!    a name that counts;
//! 4. each file is put in its place, those that list others last;
//! 5. the folders are brought onto the disk, so that no file is removed before what takes over
//!    from it is safe;
//! 6. stale files are removed, then the folders that they leave empty, and that is brought onto
//!    the disk.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::disk::Disk;
use super::folder_plan::{FolderPlan, Step};
use super::interrupted::{Doing, Interrupted};
use super::sink_error::SinkError;
use super::survey::below;

/// The file that lists others, for `kubectl apply -k`.
const LIST: &str = "kustomization.yaml";

/// A run of the protocol.
struct Run<'a> {
    plan: &'a FolderPlan<'a>,
    disk: &'a dyn Disk,
    /// The files to write, in order.
    steps: Vec<&'a Step<'a>>,
    /// How many of them are in place.
    written: usize,
    /// How many stale files are gone.
    removed: usize,
}

/// Does what the plan says. `above` are the folders that were made to hold the output folder;
/// `sweep` says whether temporary files are known to be of no run that is still going.
pub(super) fn carry_out<'a>(
    plan: &'a FolderPlan<'a>,
    disk: &'a dyn Disk,
    above: &[PathBuf],
    sweep: bool,
) -> Result<(), SinkError> {
    let mut steps: Vec<_> = plan.writes().collect();
    steps.sort_by_key(|step| step.target.file_name().is_some_and(|name| name == LIST));
    let mut run = Run {
        plan,
        disk,
        steps,
        written: 0,
        removed: 0,
    };
    if sweep {
        run.sweep()?;
    }
    if let Err(error) = run.write(above) {
        remove_empty(disk, &plan.new_folders);
        return Err(error);
    }
    run.remove()
}

/// Removes the folders that are empty, the innermost first.
pub(super) fn remove_empty(disk: &dyn Disk, folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        // This cleans up after an error, which is the one to tell.
        let _ = disk.remove_folder(folder);
    }
}

impl Run<'_> {
    fn sweep(&self) -> Result<(), SinkError> {
        for path in &self.plan.leftovers {
            self.disk
                .remove_file(&self.plan.real_root.join(path))
                .map_err(|cause| self.failed(Doing::Removing, path, cause))?;
        }
        Ok(())
    }

    fn write(&mut self, above: &[PathBuf]) -> Result<(), SinkError> {
        for folder in &self.plan.new_folders {
            self.disk.make_folder(folder).map_err(|cause| {
                self.failed(Doing::Writing, &below(&self.plan.real_root, folder), cause)
            })?;
        }
        let mut temporaries: Vec<TempPath> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let content = [step.header.as_bytes(), step.text.as_bytes()];
            let temporary =
                self.disk
                    .write_temporary(&step.folder, &content, step.permissions.as_ref());
            temporaries
                .push(temporary.map_err(|cause| self.failed(Doing::Writing, &step.path, cause))?);
        }
        if temporaries.is_empty() {
            return Ok(());
        }
        let files: Vec<&Path> = temporaries.iter().map(|path| &**path).collect();
        self.disk
            .sync_files(&files)
            .map_err(|cause| self.failed(Doing::Syncing, "", cause))?;
        for (index, temporary) in temporaries.into_iter().enumerate() {
            let step = self.steps[index];
            self.disk
                .put_in_place(temporary, &step.target)
                .map_err(|cause| self.failed(Doing::Writing, &step.path, cause))?;
            self.written += 1;
        }
        let made = self.plan.new_folders.iter().chain(above);
        let mut folders: BTreeSet<&Path> = made.filter_map(|folder| parent(folder)).collect();
        folders.extend(self.steps.iter().map(|step| step.folder.as_path()));
        self.sync_folders(folders)
    }

    fn remove(&mut self) -> Result<(), SinkError> {
        let plan = self.plan;
        let mut folders = BTreeSet::new();
        for stale in &plan.stale {
            let file = plan.real_root.join(&stale.path);
            self.disk
                .remove_file(&file)
                .map_err(|cause| self.failed(Doing::Removing, &stale.path, cause))?;
            self.removed += 1;
            folders.extend(file.parent().map(Path::to_owned));
        }
        for path in &plan.emptied {
            let folder = plan.real_root.join(path);
            self.disk
                .remove_folder(&folder)
                .map_err(|cause| self.failed(Doing::Tidying, path, cause))?;
            folders.extend(folder.parent().map(Path::to_owned));
        }
        // A folder that is gone has nothing to bring onto the disk.
        let there = folders.iter().filter(|folder| folder.exists());
        self.sync_folders(there.map(PathBuf::as_path).collect())
    }

    fn sync_folders(&self, folders: BTreeSet<&Path>) -> Result<(), SinkError> {
        if folders.is_empty() {
            return Ok(());
        }
        let folders: Vec<&Path> = folders.into_iter().collect();
        self.disk
            .sync_folders(&folders)
            .map_err(|cause| self.failed(Doing::Syncing, "", cause))
    }

    fn failed(&self, doing: Doing, path: &str, cause: io::Error) -> SinkError {
        let steps = |steps: &[&Step<'_>]| steps.iter().map(|step| step.path.clone()).collect();
        let (written, unwritten) = self.steps.split_at(self.written);
        let stale: Vec<String> = self.plan.stale.iter().map(|s| s.path.clone()).collect();
        let (removed, unremoved) = stale.split_at(self.removed);
        SinkError::Interrupted(Box::new(Interrupted {
            doing,
            path: path.to_owned(),
            cause,
            written: steps(written),
            unwritten: steps(unwritten),
            removed: removed.to_vec(),
            unremoved: unremoved.to_vec(),
        }))
    }
}

/// The folder that a folder stands in, which is the working folder for a bare name.
fn parent(folder: &Path) -> Option<&Path> {
    let parent = folder.parent()?;
    Some(if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    })
}
