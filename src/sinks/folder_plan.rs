//! What writing a set into a folder would do.

use std::fmt;
use std::fs::Permissions;
use std::path::PathBuf;

use super::header::Header;

/// What a file that differs was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// We wrote it, and nobody touched it since.
    Intact(Header),
    /// We wrote it, and it was edited since.
    Edited(Header),
    /// It does not say that we wrote it.
    Foreign,
}

impl Before {
    /// Why the config of this name does not replace such a file unasked.
    pub(super) fn objection(&self, owner: &str) -> Option<String> {
        match self {
            Before::Intact(header) if header.owner == owner => None,
            Before::Intact(header) | Before::Edited(header) if header.owner != owner => {
                Some(format!(
                    "it comes from another config, `{}`; name another folder, or replace it with \
                     `--force`",
                    header.owner
                ))
            }
            Before::Intact(_) | Before::Edited(_) => Some(
                "it was edited by hand since it was rendered; put the change into the config, or \
                 drop it with `--force`"
                    .to_owned(),
            ),
            Before::Foreign => Some(
                "it was not rendered by gatewright; move it away, or replace it with `--force`"
                    .to_owned(),
            ),
        }
    }
}

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
}

impl Difference {
    /// The path below the output folder.
    pub fn path(&self) -> &str {
        match self {
            Difference::Missing(path) | Difference::Different(path) | Difference::Stale(path) => {
                path
            }
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Difference::Missing(_) => "missing",
            Difference::Different(_) => "different",
            Difference::Stale(_) => "stale",
        };
        write!(f, "{word}: {}", self.path())
    }
}

/// What writing a set into a folder would do; making it touches nothing.
#[derive(Clone, Debug)]
pub struct FolderPlan<'a> {
    /// The files of the set, sorted by path.
    pub steps: Vec<Step<'a>>,
    /// Files of the same config and targets that are not in the set, sorted by path.
    pub stale: Vec<Stale>,
    /// Temporary files which an interrupted run left behind.
    pub leftovers: Vec<PathBuf>,
    /// Where the output folder really is.
    pub(super) real_root: PathBuf,
    /// Folders to be made, each after the folder that it stands in.
    pub(super) new_folders: Vec<PathBuf>,
}

impl FolderPlan<'_> {
    /// The steps that write a file.
    pub fn writes(&self) -> impl Iterator<Item = &Step<'_>> {
        self.steps.iter().filter(|step| step.action != Action::Keep)
    }

    /// How the folder differs from the set, sorted by path.
    pub fn differences(&self) -> Vec<Difference> {
        let mut all: Vec<_> = self
            .stale
            .iter()
            .map(|s| Difference::Stale(s.path.clone()))
            .collect();
        all.extend(self.steps.iter().filter_map(|step| match step.action {
            Action::Add => Some(Difference::Missing(step.path.clone())),
            Action::Change(_) => Some(Difference::Different(step.path.clone())),
            Action::Keep => None,
        }));
        all.sort_by(|a, b| a.path().cmp(b.path()));
        all
    }
}
