//! Something in the output folder that stands in the way.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::hand_changes::HandChanges;
use crate::input::reason;

/// A path that cannot be written, found before anything was touched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The path, as the user would write it.
    pub path: PathBuf,
    /// Why it cannot be written, and what to do.
    pub why: String,
    /// What was changed by hand, where that is why.
    pub changes: Option<HandChanges>,
}

impl Refusal {
    /// A path that cannot be written, why, and what to do.
    pub(super) fn new(path: impl Into<PathBuf>, why: impl Into<String>) -> Self {
        Refusal {
            path: path.into(),
            why: why.into(),
            changes: None,
        }
    }

    /// A path that the system does not let us look at.
    pub(super) fn system(path: &Path, error: &io::Error) -> Self {
        Self::new(path, format!("cannot look at it: {}", reason(error)))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path.display(), self.why)?;
        match &self.changes {
            Some(changes) => changes.fmt(f),
            None => Ok(()),
        }
    }
}
