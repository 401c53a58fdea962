//! The files of a folder of a revision, through its links.

use std::collections::BTreeSet;

use super::git_error::GitError;
use super::revision::Revision;
use super::tree::{Entry, EntryKind, Found};
use crate::input::InputError;

/// A walk through a folder of a revision, as a walk on disk would go.
pub(super) struct Walk<'a> {
    revision: &'a Revision,
    wanted: &'a dyn Fn(&str) -> bool,
    /// The folders that the walk is in, by their real paths.
    within: Vec<String>,
    /// The files that were met, by their real paths.
    seen: BTreeSet<&'a str>,
    /// The files that are wanted, each under the first of its names: their paths from the folder where the walk began, and the names
    /// of their contents.
    pub(super) files: Vec<(String, &'a str)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(revision: &'a Revision, wanted: &'a dyn Fn(&str) -> bool) -> Self {
        Walk {
            revision,
            wanted,
            within: Vec::new(),
            seen: BTreeSet::new(),
            files: Vec::new(),
        }
    }

    /// Takes up what is in a folder, by its real path; `name` is its path from where the walk
    /// began.
    pub(super) fn folder(&mut self, real: &str, name: &str) -> Result<(), InputError> {
        let Found::Folder(entries) = self.revision.tree().find(real) else {
            return Ok(());
        };
        let skipped = if real.is_empty() { 0 } else { real.len() + 1 };
        self.within.push(real.to_owned());
        for entry in entries {
            let below = &entry.path[skipped..];
            let name = if name.is_empty() {
                below.to_owned()
            } else {
                format!("{name}/{below}")
            };
            match entry.kind {
                EntryKind::File if (self.wanted)(&name) => self.file(entry, name),
                EntryKind::Link => self.link(&entry.path, name)?,
                EntryKind::File | EntryKind::Submodule => {}
            }
        }
        self.within.pop();
        Ok(())
    }

    fn file(&mut self, entry: &'a Entry, name: String) {
        if self.seen.insert(&entry.path) {
            self.files.push((name, &entry.object));
        }
    }

    fn link(&mut self, path: &str, name: String) -> Result<(), InputError> {
        let wanted = (self.wanted)(&name);
        // What is hidden is not wanted, whatever it leads to.
        if !wanted && name.split('/').any(|part| part.starts_with('.')) {
            return Ok(());
        }
        let real = match self.revision.follow(path) {
            Ok(real) => real,
            // A link to nothing matters only where it should have been a file for us.
            Err(InputError::Git(GitError::Link(_) | GitError::Submodule(_))) if !wanted => {
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        match self.revision.tree().find(&real) {
            Found::Entry(entry) if wanted => self.file(entry, name),
            Found::Folder(_) => {
                let inside = |folder: &String| {
                    real.is_empty() || *folder == real || folder.starts_with(&format!("{real}/"))
                };
                let link_within = path.starts_with(&format!("{real}/"));
                if link_within || real.is_empty() || self.within.iter().any(inside) {
                    return Err(InputError::Loop(self.revision.shown(path)));
                }
                self.folder(&real, &name)?;
            }
            _ => {}
        }
        Ok(())
    }
}
