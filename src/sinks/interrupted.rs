//! How far writing a set came before it failed.

use std::fmt;
use std::io;

use crate::input::reason;

/// How many paths a message lists before it only counts them.
pub(super) const LISTED: usize = 20;

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// A folder was to be made, or a file to be written or put in its place.
    Writing,
    /// A file was to be removed.
    Removing,
    /// A folder that is empty now was to be removed, after all else was done.
    Tidying,
    /// What is written was to be made to outlast a power failure.
    Syncing,
}

/// How far writing a set came before it failed.
#[derive(Debug)]
pub struct Interrupted {
    /// What failed.
    pub doing: Doing,
    /// The path below the output folder at which it failed; empty where it is not one path.
    pub path: String,
    /// What the system said.
    pub cause: io::Error,
    /// The files that were written, each of them whole.
    pub written: Vec<String>,
    /// The files that should have been written and are as they were before.
    pub unwritten: Vec<String>,
    /// The stale files that were removed.
    pub removed: Vec<String>,
    /// The stale files that should have been removed and are still there.
    pub unremoved: Vec<String>,
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = reason(&self.cause);
        let begun = !(self.written.is_empty() && self.removed.is_empty());
        match self.doing {
            Doing::Writing => write!(f, "cannot write `{}`: {reason}", self.path)?,
            Doing::Removing => write!(f, "cannot remove `{}`: {reason}", self.path)?,
            Doing::Tidying => {
                return write!(
                    f,
                    "cannot remove the empty folder `{}`: {reason}; {}; remove the folder yourself",
                    self.path,
                    self.how_far()
                );
            }
            Doing::Syncing if begun => {
                return write!(
                    f,
                    "the disk did not confirm what was done: {reason}; {}; look after the disk, \
                     then run it again",
                    self.how_far()
                );
            }
            Doing::Syncing => write!(f, "the disk did not take what was written: {reason}")?,
        }
        if !begun {
            return write!(
                f,
                "; nothing was changed ({}); put this right and run it again",
                self.to_do()
            );
        }
        write!(
            f,
            "; {}; put this right and run it again to complete the set",
            self.how_far()
        )?;
        if !self.unwritten.is_empty() {
            list(f, "written", &self.written)?;
            list(f, "not written", &self.unwritten)?;
        }
        if !self.unremoved.is_empty() {
            list(f, "removed", &self.removed)?;
            list(f, "not removed", &self.unremoved)?;
        }
        Ok(())
    }
}

impl Interrupted {
    /// What there was to do, such as `3 files to write and 1 to remove`.
    fn to_do(&self) -> String {
        let write = self.written.len() + self.unwritten.len();
        let remove = self.removed.len() + self.unremoved.len();
        match (write, remove) {
            (0, remove) => format!("{} to remove", files(remove)),
            (write, 0) => format!("{} to write", files(write)),
            (write, remove) => format!("{} to write and {remove} to remove", files(write)),
        }
    }

    /// What was done, such as `1 of 3 files was written and 0 of 1 removed`.
    fn how_far(&self) -> String {
        let part = |done: &[String], open: &[String]| match (done.len(), done.len() + open.len()) {
            (_, 0) => None,
            (done, all) => Some((done, all)),
        };
        let write = part(&self.written, &self.unwritten);
        let remove = part(&self.removed, &self.unremoved);
        match (write, remove) {
            (Some((done, all)), None) => format!("{done} of {} written", files_were(all)),
            (None, Some((done, all))) => format!("{done} of {} removed", files_were(all)),
            (Some((done, all)), Some((gone, stale))) => {
                format!(
                    "{done} of {} written and {gone} of {stale} removed",
                    files_were(all)
                )
            }
            (None, None) => "no file was to be changed".to_owned(),
        }
    }
}

fn files(count: usize) -> String {
    let files = if count == 1 { "file" } else { "files" };
    format!("{count} {files}")
}

fn files_were(count: usize) -> String {
    let were = if count == 1 { "was" } else { "were" };
    format!("{} {were}", files(count))
}

fn list(f: &mut fmt::Formatter<'_>, title: &str, paths: &[String]) -> fmt::Result {
    if paths.is_empty() {
        return Ok(());
    }
    write!(f, "\n  {title}:")?;
    for path in paths.iter().take(LISTED) {
        write!(f, "\n    {path}")?;
    }
    and_more(f, paths.len())
}

/// Says how many of so many things are not listed.
pub(super) fn and_more(f: &mut fmt::Formatter<'_>, count: usize) -> fmt::Result {
    match count.saturating_sub(LISTED) {
        0 => Ok(()),
        more => write!(f, "\n    and {more} more"),
    }
}
