//! `-o DIR`: files in a folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::{Disk, RealDisk};
use super::folder_lock::FolderLock;
use super::folder_plan::{Action, Difference, FolderPlan};
use super::output::Output;
use super::planner;
use super::protocol::{carry_out, remove_empty};
use super::sink_error::SinkError;

/// How long a second run waits for the first.
const PATIENCE: Duration = Duration::from_secs(3);

/// What was written into a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The paths of new files.
    pub added: Vec<String>,
    /// The paths of files that got another content.
    pub changed: Vec<String>,
    /// The paths of files of the same config and targets that were not in the set.
    pub removed: Vec<String>,
    /// How many files were as they should be, and were not touched.
    pub unchanged: usize,
    /// How many temporary files of an interrupted run were removed.
    pub swept: usize,
    /// The paths of temporary files that may belong to a run which is still going, and were left:
    /// the folder could not be locked.
    pub left: Vec<String>,
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

    /// The same folder, with another time to wait for another run.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The same folder, whose files may be replaced and removed whoever made or edited them.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// What writing the set would do, and for what it would be refused. Touches nothing; waits
    /// while another run writes.
    pub fn plan<'a>(&self, output: &'a Output) -> Result<FolderPlan<'a>, SinkError> {
        let _lock = FolderLock::to_read(&self.root, self.patience)
            .map_err(|_| SinkError::Locked(self.root.clone()))?;
        self.plan_locked(output)
    }

    /// How the folder differs from the set, line by line if asked; an error where something stands
    /// in the way of files. Touches nothing; waits while another run writes.
    pub fn compare<'a>(&self, output: &'a Output) -> Result<FolderPlan<'a>, SinkError> {
        self.plan(output)?.allowed(true)
    }

    /// The differences of [`Folder::compare`] alone.
    pub fn check(&self, output: &Output) -> Result<Vec<Difference>, SinkError> {
        Ok(self.compare(output)?.differences())
    }

    /// Writes the set: only files that differ are touched, each in one step, and stale files are
    /// removed.
    pub fn write(&self, output: &Output) -> Result<Written, SinkError> {
        self.write_to(&RealDisk, output)
    }

    /// Writes the set with the steps of another disk.
    pub fn write_to(&self, disk: &dyn Disk, output: &Output) -> Result<Written, SinkError> {
        let mut made = Vec::new();
        if !self.root.is_dir() {
            // Whatever stands in the way is found before the output folder itself is made.
            let plan = self.plan_locked(output)?.allowed(self.force)?;
            if plan.steps.is_empty() {
                return Ok(Written::default());
            }
            made = self.make_root(disk)?;
        }
        let lock = loop {
            let lock = FolderLock::to_write(&self.root, self.patience)
                .map_err(|_| SinkError::Locked(self.root.clone()))?;
            if lock.is_of(&self.root) {
                break lock;
            }
            // Another run made the folder, failed, and removed it while this one waited.
            made.extend(self.make_root(disk)?);
        };
        let written = self.write_locked(disk, output, &made, lock.is_held() || self.force);
        if written.is_err() {
            remove_empty(disk, &made);
        }
        written
    }

    fn plan_locked<'a>(&self, output: &'a Output) -> Result<FolderPlan<'a>, SinkError> {
        planner::plan(&self.root, output).map_err(|refusal| SinkError::Refused(vec![refusal]))
    }

    fn write_locked(
        &self,
        disk: &dyn Disk,
        output: &Output,
        made: &[PathBuf],
        sweep: bool,
    ) -> Result<Written, SinkError> {
        let plan = self.plan_locked(output)?.allowed(self.force)?;
        carry_out(&plan, disk, made, sweep)?;
        Ok(written(plan, sweep))
    }

    /// Makes the output folder and says which folders that took, parents first.
    fn make_root(&self, disk: &dyn Disk) -> Result<Vec<PathBuf>, SinkError> {
        let missing = self
            .root
            .ancestors()
            .take_while(|p| !p.as_os_str().is_empty() && !p.exists());
        let mut missing: Vec<_> = missing.map(Path::to_owned).collect();
        missing.reverse();
        for folder in &missing {
            if let Err(cause) = disk.make_folder(folder) {
                remove_empty(disk, &missing);
                let folder = self.root.clone();
                return Err(SinkError::NoFolder { folder, cause });
            }
        }
        Ok(missing)
    }
}

fn written(plan: FolderPlan<'_>, swept: bool) -> Written {
    let mut written = Written::default();
    for step in plan.steps {
        match step.action {
            Action::Add => written.added.push(step.path),
            Action::Change(_) => written.changed.push(step.path),
            Action::Keep => written.unchanged += 1,
        }
    }
    written.removed = plan.stale.into_iter().map(|stale| stale.path).collect();
    if swept {
        written.swept = plan.leftovers.len();
    } else {
        written.left = plan.leftovers;
    }
    written
}
