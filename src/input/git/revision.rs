//! One revision of a repository.

use super::blobs::read_blobs;
use super::git_error::GitError;
use super::links::Walk;
use super::program::Program;
use super::rev_path::normal;
use super::tree::{EntryKind, Found, Tree};
use crate::diag::closest;
use crate::input::InputError;

/// One revision of a repository, all of whose paths are known.
#[derive(Debug)]
pub struct Revision {
    name: String,
    git: Program,
    tree: Tree,
}

/// What a path of a revision holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InRevision {
    /// A file: its content.
    File(Vec<u8>),
    /// A folder: its files, by their paths from the folder, with their contents.
    Folder(Vec<(String, Vec<u8>)>),
}

/// How many links a path may lead through.
const LINKS_AT_MOST: usize = 40;

impl Revision {
    /// Reads the paths of a tree.
    pub(super) fn read(git: &Program, name: &str, tree: &str) -> Result<Self, GitError> {
        let listing = git.read(&["ls-tree", "-r", "-z", "--full-tree", tree])?;
        Ok(Revision {
            name: name.to_owned(),
            git: git.clone(),
            tree: Tree::parse(&listing),
        })
    }

    /// What was written for it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a person calls a path of it: `main:clusters/eu`.
    pub fn shown(&self, path: &str) -> String {
        format!("{}:{path}", self.name)
    }

    /// The path of what a person calls [so](Self::shown).
    pub fn path_of<'n>(&self, shown: &'n str) -> Option<&'n str> {
        shown.strip_prefix(&self.name)?.strip_prefix(':')
    }

    /// A path as it is written in a folder, from the root of the repository; nothing where it
    /// leads out of the repository.
    pub fn path_from(folder: &str, path: &str) -> Option<String> {
        normal(folder, path).filter(|_| !path.starts_with('/'))
    }

    /// What a path from the root of the repository holds. Of a folder, the files are read that
    /// `wanted` says yes to, by their paths from the folder; links are followed within the
    /// revision, and submodules are left out.
    pub fn read_path(
        &self,
        path: &str,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<InRevision, InputError> {
        let real = self.follow(path)?;
        match self.tree.find(&real) {
            Found::Entry(entry) => {
                let shown = self.shown(path);
                let mut contents = read_blobs(&self.git, &[(&entry.object, &shown)])?;
                Ok(InRevision::File(contents.pop().unwrap_or_default()))
            }
            Found::Folder(_) => {
                let mut walk = Walk::new(self, wanted);
                walk.folder(&real, "")?;
                let shown: Vec<_> = walk
                    .files
                    .iter()
                    .map(|(name, _)| self.shown_below(path, name))
                    .collect();
                let objects: Vec<_> = walk
                    .files
                    .iter()
                    .zip(&shown)
                    .map(|((_, o), s)| (*o, s.as_str()))
                    .collect();
                let contents = read_blobs(&self.git, &objects)?;
                let names = walk.files.into_iter().map(|(name, _)| name);
                Ok(InRevision::Folder(names.zip(contents).collect()))
            }
            Found::Nothing => Err(self.nothing_at(path).into()),
        }
    }

    fn shown_below(&self, folder: &str, name: &str) -> String {
        if folder.is_empty() {
            self.shown(name)
        } else {
            self.shown(&format!("{folder}/{name}"))
        }
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Follows the links on the way of a path and at its end.
    pub(super) fn follow(&self, path: &str) -> Result<String, InputError> {
        let mut real = path.to_owned();
        for _ in 0..LINKS_AT_MOST {
            let (entry, rest) = match self.tree.find(&real) {
                Found::Entry(entry) => (entry, ""),
                Found::Folder(_) => return Ok(real),
                Found::Nothing => match self.tree.stop(&real) {
                    Some(stop) => stop,
                    None => return Err(self.nothing_at(path).into()),
                },
            };
            match entry.kind {
                EntryKind::File if rest.is_empty() => return Ok(real),
                EntryKind::File => return Err(self.nothing_at(path).into()),
                EntryKind::Submodule => return Err(GitError::Submodule(self.shown(path)).into()),
                EntryKind::Link => {
                    let shown = self.shown(&entry.path);
                    let target = read_blobs(&self.git, &[(&entry.object, &shown)])?;
                    let target = String::from_utf8_lossy(&target[0]).into_owned();
                    let folder = entry.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                    let to = normal(folder, &format!("{target}/{rest}"));
                    let to = to.filter(|_| !target.starts_with('/'));
                    real = to.ok_or_else(|| GitError::Link(shown.clone()))?;
                    if self.tree.find(&real) == Found::Nothing && self.tree.stop(&real).is_none() {
                        return Err(GitError::Link(shown).into());
                    }
                }
            }
        }
        Err(InputError::Loop(self.shown(path)))
    }

    fn nothing_at(&self, path: &str) -> GitError {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let near = closest(name, self.tree.names_in(folder));
        let near = near.map(|near| {
            if folder.is_empty() {
                near.to_owned()
            } else {
                format!("{folder}/{near}")
            }
        });
        GitError::NotInRevision {
            revision: self.name.clone(),
            path: path.to_owned(),
            near,
        }
    }
}
