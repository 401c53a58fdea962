//! What writing a set into a folder would do.

use std::fmt;
use std::fs::Permissions;
use std::path::PathBuf;

use super::before::Before;
use super::hand_changes::HandChanges;
use super::header::Header;
use super::refusal::Refusal;
use super::sink_error::SinkError;

/// What is to be done with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is not there yet.
    Add,
    /// It is there with another content.
    Change(Before),
    /// It is there as it should be.
    Keep,
}

/// One file of the set and what is to be done with it.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The path below the output folder.
    pub path: String,
    /// What is to be done.
    pub action: Action,
    /// The folder it really stands in.
    pub(super) folder: PathBuf,
    /// The file, in that folder.
    pub(super) target: PathBuf,
    pub(super) header: String,
    pub(super) text: &'a str,
    /// The permissions of the file that is there.
    pub(super) permissions: Option<Permissions>,
}

/// A file that says it comes from the same config and target, and is not in the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The path below the output folder.
    pub path: String,
    /// Its header.
    pub header: Header,
    /// Whether it is as it was written.
    pub intact: bool,
}

/// How a folder differs from a set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A file of the set is not there.
    Missing(String),
    /// A file of the set is there with another content.
    Different(String),
    /// A file of the same config and target is there and not in the set.
    Stale(String),
    /// A temporary file of a run that was interrupted is there.
    LeftOver(String),
}

impl Difference {
    /// The path below the output folder.
    pub fn path(&self) -> &str {
        match self {
            Difference::Missing(path)
            | Difference::Different(path)
            | Difference::Stale(path)
            | Difference::LeftOver(path) => path,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Difference::Missing(_) => "missing",
            Difference::Different(_) => "different",
            Difference::Stale(_) => "stale",
            Difference::LeftOver(_) => "left over",
        };
        write!(f, "{word}: {}", self.path())
    }
}

/// What writing a set into a folder would do; making it touches nothing.
#[derive(Clone, Debug)]
pub struct FolderPlan<'a> {
    /// The files of the set, sorted by path, without those that cannot be written.
    pub steps: Vec<Step<'a>>,
    /// Files of the same config and targets that are not in the set, sorted by path.
    pub stale: Vec<Stale>,
    /// Temporary files which an interrupted run left behind, by their paths below the output
    /// folder, sorted.
    pub leftovers: Vec<String>,
    /// Folders that hold nothing but what is to be removed, by their paths below the output
    /// folder, each before the folder that it stands in.
    pub emptied: Vec<String>,
    /// What stands in the way and cannot be replaced, sorted by path.
    pub obstacles: Vec<Refusal>,
    /// The name of the config.
    pub(super) owner: &'a str,
    /// The output folder, as the user wrote it.
    pub(super) root: PathBuf,
    /// Where the output folder really is.
    pub(super) real_root: PathBuf,
    /// Folders to be made, each after the folder that it stands in.
    pub(super) new_folders: Vec<PathBuf>,
}

impl<'a> FolderPlan<'a> {
    /// The steps that write a file.
    pub fn writes(&self) -> impl Iterator<Item = &Step<'a>> {
        self.steps.iter().filter(|step| step.action != Action::Keep)
    }

    /// How the folder differs from the set, sorted by path.
    pub fn differences(&self) -> Vec<Difference> {
        let stale = self.stale.iter().map(|s| Difference::Stale(s.path.clone()));
        let left = self.leftovers.iter().cloned().map(Difference::LeftOver);
        let mut all: Vec<_> = stale.chain(left).collect();
        all.extend(self.steps.iter().filter_map(|step| match step.action {
            Action::Add => Some(Difference::Missing(step.path.clone())),
            Action::Change(_) => Some(Difference::Different(step.path.clone())),
            Action::Keep => None,
        }));
        all.sort_by(|a, b| a.path().cmp(b.path()));
        all
    }

    /// Everything for which writing is refused, sorted by path: obstacles and, unless forced, what
    /// this config did not write, or what was edited since.
    pub fn refusals(&self, force: bool) -> Vec<Refusal> {
        let mut refusals = self.obstacles.clone();
        if !force {
            refusals.extend(self.steps.iter().filter_map(|step| self.of_step(step)));
            let edited = self.stale.iter().filter(|stale| !stale.intact);
            refusals.extend(edited.map(|stale| {
                Refusal::new(
                    self.root.join(&stale.path),
                    "it was edited by hand, and the config no longer renders it; move elsewhere \
                     what you need of it, or remove it with `--force`",
                )
            }));
        }
        refusals.sort();
        refusals
    }

    /// The plan, if nothing is refused.
    pub(super) fn allowed(self, force: bool) -> Result<Self, SinkError> {
        let refusals = self.refusals(force);
        if refusals.is_empty() {
            Ok(self)
        } else {
            Err(SinkError::Refused(refusals))
        }
    }

    fn of_step(&self, step: &Step<'_>) -> Option<Refusal> {
        let Action::Change(before) = &step.action else {
            return None;
        };
        let mut refusal = Refusal::new(self.root.join(&step.path), before.objection(self.owner)?);
        if let Before::Edited(header) = before
            && header.owner == self.owner
        {
            refusal.changes = HandChanges::read(header, step);
        }
        Some(refusal)
    }
}
