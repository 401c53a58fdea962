//! The repository that the working folder is in.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::git_error::GitError;
use super::program::Program;
use super::rev_path::normal;
use super::revision::Revision;
use crate::diag::closest;
use crate::input::InputError;

/// The repository that the working folder is in.
#[derive(Clone, Debug)]
pub struct Repository {
    git: Program,
    /// The working folder, from the root of the work tree; empty without a work tree.
    prefix: String,
    /// The root of the work tree, where there is one.
    root: Option<PathBuf>,
}

impl Repository {
    /// The repository that git finds from this folder.
    pub fn open(working: &Path) -> Result<Self, InputError> {
        let git = Program::new(working);
        let said = git.read(&[
            "rev-parse",
            "--is-inside-work-tree",
            "--show-prefix",
            "--show-cdup",
        ])?;
        let said = String::from_utf8_lossy(&said);
        let mut lines = said.lines();
        let has_work_tree = lines.next() == Some("true");
        let prefix = lines.next().unwrap_or_default().trim_end_matches('/');
        let up = lines.next().unwrap_or_default();
        Ok(Repository {
            root: has_work_tree.then(|| working.join(up)),
            prefix: prefix.to_owned(),
            git,
        })
    }

    /// A revision by any name that git knows for one.
    pub fn revision(&self, name: &str) -> Result<Arc<Revision>, InputError> {
        match self.tree(name)? {
            Some(tree) => Ok(Arc::new(Revision::read(&self.git, name, &tree)?)),
            None => Err(self.unknown(name).into()),
        }
    }

    /// Whether there is a revision of this name.
    pub fn knows(&self, name: &str) -> bool {
        self.tree(name).is_ok_and(|tree| tree.is_some())
    }

    /// A path as it was written behind a revision, from the root of the repository.
    pub fn path_in_revision(&self, path: &str) -> Result<String, InputError> {
        let relative = ["./", "../"].iter().any(|start| path.starts_with(start));
        let folder = if relative || path == "." || path == ".." {
            &self.prefix
        } else {
            ""
        };
        normal(folder, path).ok_or_else(|| GitError::Outside(path.to_owned()).into())
    }

    /// A path on disk, from the root of the repository.
    pub fn path_on_disk(&self, path: &str) -> Result<String, InputError> {
        let outside = || InputError::from(GitError::Outside(path.to_owned()));
        if !Path::new(path).is_absolute() && self.root.is_some() {
            return normal(&self.prefix, path).ok_or_else(outside);
        }
        let root = self.root.as_deref().ok_or_else(outside)?;
        let (root, real) = (root.canonicalize(), Path::new(path).canonicalize());
        let (Ok(root), Ok(real)) = (root, real) else {
            return Err(outside());
        };
        let below = real.strip_prefix(root).map_err(|_| outside())?;
        Ok(below.to_string_lossy().replace('\\', "/"))
    }

    /// How a path from the root of the repository is written from the working folder.
    pub fn seen_from_here(&self, path: &str) -> Result<String, InputError> {
        if self.root.is_none() {
            return Err(GitError::NoWorkTree.into());
        }
        let prefix: Vec<_> = self
            .prefix
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
        let same = prefix
            .iter()
            .zip(&parts)
            .take_while(|(a, b)| a == b)
            .count();
        let up = prefix[same..].iter().map(|_| "..");
        let way: Vec<_> = up.chain(parts[same..].iter().copied()).collect();
        Ok(if way.is_empty() {
            ".".to_owned()
        } else {
            way.join("/")
        })
    }

    /// The files of the work tree below a path from the root of the repository, as git sees them:
    /// what it tracks and what is new, without what it ignores. Each by its path from that root
    /// and where it is.
    pub fn work_tree(&self, path: &str) -> Result<Vec<(String, PathBuf)>, InputError> {
        let root = self.root.as_deref().ok_or(GitError::NoWorkTree)?;
        let here = self.seen_from_here(path)?;
        let words = [
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
            "--full-name",
            "--",
            &here,
        ];
        let said = self.git.read(&words)?;
        let names = said
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty());
        Ok(names
            .map(|name| {
                let shown = String::from_utf8_lossy(name).into_owned();
                (shown, root.join(os_path(name)))
            })
            .collect())
    }

    /// The tree of a revision; nothing where there is no such revision.
    fn tree(&self, name: &str) -> Result<Option<String>, InputError> {
        // No name of a revision begins so, and git would take it for a flag.
        if name.is_empty() || name.starts_with('-') {
            return Ok(None);
        }
        let wanted = format!("{name}^{{tree}}");
        let output = self
            .git
            .output(&["rev-parse", "--verify", "--quiet", &wanted])?;
        if output.status.success() {
            let tree = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            return Ok(Some(tree));
        }
        match GitError::said(&output.stderr) {
            error @ GitError::NoRepository => Err(error.into()),
            _ => Ok(None),
        }
    }

    fn unknown(&self, name: &str) -> GitError {
        let lines = |words: &[&str]| {
            let said = self.git.read(words).unwrap_or_default();
            let said = String::from_utf8_lossy(&said);
            said.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let refs = lines(&["for-each-ref", "--format=%(refname:short)"]);
        let names = refs.iter().map(String::as_str).chain(["HEAD"]);
        let bare = name.split(['~', '^', '@']).next().unwrap_or_default();
        let near = closest(bare, names).filter(|near| *near != bare);
        let near = near.map(|near| format!("{near}{}", &name[bare.len()..]));
        let shallow = lines(&["rev-parse", "--is-shallow-repository"]);
        GitError::UnknownRevision {
            name: name.to_owned(),
            near,
            shallow: shallow.first().is_some_and(|said| said == "true"),
        }
    }
}

/// A path as git writes it, whose bytes need not be UTF-8.
#[cfg(unix)]
fn os_path(bytes: &[u8]) -> Cow<'_, Path> {
    use std::os::unix::ffi::OsStrExt as _;
    Path::new(std::ffi::OsStr::from_bytes(bytes)).into()
}

/// A path as git writes it, which is UTF-8 here.
#[cfg(not(unix))]
fn os_path(bytes: &[u8]) -> Cow<'_, Path> {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned()).into()
}
