//! `-o DIR`: files in a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempPath;

use super::disk::{Disk, RealDisk};
use super::folder_lock::FolderLock;
use super::folder_plan::{Action, Difference, FolderPlan, Step};
use super::output::Output;
use super::planner;
use super::refusal::Refusal;
use super::sink_error::{Interrupted, SinkError};
use super::survey::below;

/// How long a second writer waits for the first.
const PATIENCE: Duration = Duration::from_secs(3);

/// What was written into a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The paths of new files.
    pub added: Vec<String>,
    /// The paths of files that got another content.
    pub changed: Vec<String>,
    /// How many files were as they should be, and were not touched.
    pub unchanged: usize,
    /// The paths of files of the same config and targets that are not in the set; they are left.
    pub stale: Vec<String>,
}

/// An output folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    patience: Duration,
    force: bool,
}

impl Folder {
    /// The output folder at this path, which need not exist.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let root = if root.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            root
        };
        Folder {
            root,
            patience: PATIENCE,
            force: false,
        }
    }

    /// The same folder, with another time to wait for another writer.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The same folder, whose files may be replaced whoever made or edited them.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// What writing the set would do. Touches nothing.
    pub fn plan<'a>(&self, output: &'a Output) -> Result<FolderPlan<'a>, SinkError> {
        planner::plan(&self.root, output).map_err(SinkError::Refused)
    }

    /// How the folder differs from the set. Touches nothing.
    pub fn check(&self, output: &Output) -> Result<Vec<Difference>, SinkError> {
        Ok(self.plan(output)?.differences())
    }

    /// Writes the set: only files that differ are touched, each in one step.
    pub fn write(&self, output: &Output) -> Result<Written, SinkError> {
        self.write_to(&RealDisk, output)
    }

    /// Writes the set with the steps of another disk.
    pub fn write_to(&self, disk: &dyn Disk, output: &Output) -> Result<Written, SinkError> {
        let mut made = Vec::new();
        if !self.root.is_dir() {
            // Whatever stands in the way is found before the output folder itself is made.
            let plan = self.plan(output)?;
            if plan.steps.is_empty() {
                return Ok(Written::default());
            }
            made = self.make_root()?;
        }
        let lock = FolderLock::take(&self.root, self.patience)
            .map_err(|_| SinkError::Locked(self.root.clone()))?;
        let plan = self.plan(output)?;
        if !self.force {
            refuse_strangers(&plan, output.owner(), &self.root)?;
        }
        if let Err(error) = apply(&plan, disk) {
            remove_empty(&made);
            return Err(error);
        }
        if lock.is_held() {
            for leftover in &plan.leftovers {
                // Another run may have removed it; a file that stays is found again next time.
                let _ = fs::remove_file(leftover);
            }
        }
        Ok(written(&plan))
    }

    /// Makes the output folder and says which folders that took, parents first.
    fn make_root(&self) -> Result<Vec<PathBuf>, SinkError> {
        let missing = self
            .root
            .ancestors()
            .take_while(|p| !p.as_os_str().is_empty() && !p.exists());
        let mut missing: Vec<_> = missing.map(Path::to_owned).collect();
        missing.reverse();
        fs::create_dir_all(&self.root).map_err(|cause| {
            remove_empty(&missing);
            SinkError::NoFolder {
                folder: self.root.clone(),
                cause,
            }
        })?;
        Ok(missing)
    }
}

/// Refuses to replace what this config did not write, or what was edited since.
fn refuse_strangers(plan: &FolderPlan<'_>, owner: &str, root: &Path) -> Result<(), SinkError> {
    let refusals: Vec<Refusal> = plan
        .writes()
        .filter_map(|step| {
            let Action::Change(before) = &step.action else {
                return None;
            };
            Some(Refusal {
                path: root.join(&step.path),
                why: before.objection(owner)?,
            })
        })
        .collect();
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(SinkError::Refused(refusals))
    }
}

/// Does what the plan says: first every folder and every content, where a full disk shows before
/// any file has changed, then each file is put in its place.
fn apply(plan: &FolderPlan<'_>, disk: &dyn Disk) -> Result<(), SinkError> {
    let steps: Vec<&Step<'_>> = plan.writes().collect();
    let failed = |done: usize, path: &str, cause| {
        let paths = |steps: &[&Step<'_>]| steps.iter().map(|s| s.path.clone()).collect();
        SinkError::Interrupted(Box::new(Interrupted {
            path: path.to_owned(),
            cause,
            written: paths(&steps[..done]),
            unwritten: paths(&steps[done..]),
        }))
    };
    for folder in &plan.new_folders {
        if let Err(cause) = disk.make_folder(folder) {
            remove_empty(&plan.new_folders);
            return Err(failed(0, &below(&plan.real_root, folder), cause));
        }
    }
    let mut temporaries: Vec<TempPath> = Vec::with_capacity(steps.len());
    for step in &steps {
        let content = [step.header.as_bytes(), step.text.as_bytes()];
        match disk.write_temporary(&step.folder, &content, step.permissions.as_ref()) {
            Ok(temporary) => temporaries.push(temporary),
            Err(cause) => {
                drop(temporaries);
                remove_empty(&plan.new_folders);
                return Err(failed(0, &step.path, cause));
            }
        }
    }
    let mut temporaries = temporaries.into_iter();
    for (done, step) in steps.iter().enumerate() {
        let Some(temporary) = temporaries.next() else {
            break;
        };
        if let Err(cause) = disk.put_in_place(temporary, &step.target) {
            drop(temporaries);
            remove_empty(&plan.new_folders);
            return Err(failed(done, &step.path, cause));
        }
    }
    Ok(())
}

/// Removes the folders that are empty, the innermost first.
fn remove_empty(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        // A folder that is not empty, or never came to be, is left as it is.
        let _ = fs::remove_dir(folder);
    }
}

fn written(plan: &FolderPlan<'_>) -> Written {
    let mut written = Written::default();
    for step in &plan.steps {
        match step.action {
            Action::Add => written.added.push(step.path.clone()),
            Action::Change(_) => written.changed.push(step.path.clone()),
            Action::Keep => written.unchanged += 1,
        }
    }
    written.stale = plan.stale.iter().map(|stale| stale.path.clone()).collect();
    written
}
