//! What stands at a path below the output folder, and where it really is.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::refusal::Refusal;

/// A folder on the way to a file.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// Where it really is, symbolic links followed.
    pub(super) real: PathBuf,
    /// Whether it exists.
    pub(super) exists: bool,
}

/// The folders below an output folder; each is looked at once.
#[derive(Debug)]
pub(super) struct Ground {
    root: PathBuf,
    real_root: PathBuf,
    seen: BTreeMap<String, Result<Standing, Refusal>>,
}

impl Ground {
    /// The ground of this output folder, which need not exist.
    pub(super) fn new(root: &Path) -> Result<Self, Refusal> {
        let refuse = |why: &str| Refusal::new(root, why);
        let (real_root, exists) = match fs::metadata(root) {
            Ok(found) if !found.is_dir() => {
                return Err(refuse(
                    "the output folder is a file; name a folder with `-o`",
                ));
            }
            Ok(_) => (
                fs::canonicalize(root).map_err(|e| Refusal::system(root, &e))?,
                true,
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if fs::symlink_metadata(root).is_ok() {
                    return Err(refuse("the output folder is a symbolic link to nothing"));
                }
                (root.to_owned(), false)
            }
            Err(error) => return Err(Refusal::system(root, &error)),
        };
        let standing = Standing {
            real: real_root.clone(),
            exists,
        };
        let seen = BTreeMap::from([(String::new(), Ok(standing))]);
        Ok(Ground {
            root: root.to_owned(),
            real_root,
            seen,
        })
    }

    /// Where the output folder really is.
    pub(super) fn real_root(&self) -> &Path {
        &self.real_root
    }

    /// Whether the output folder exists.
    pub(super) fn exists(&self) -> bool {
        matches!(self.seen.get(""), Some(Ok(standing)) if standing.exists)
    }

    /// What stands at the folder of this path below the output folder.
    pub(super) fn folder(&mut self, path: &str) -> Result<Standing, Refusal> {
        if let Some(known) = self.seen.get(path) {
            return known.clone();
        }
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let found = self
            .folder(parent)
            .and_then(|parent| self.look(path, &parent, name));
        self.seen.insert(path.to_owned(), found.clone());
        found
    }

    fn look(&self, path: &str, parent: &Standing, name: &str) -> Result<Standing, Refusal> {
        let real = parent.real.join(name);
        if !parent.exists {
            return Ok(Standing {
                real,
                exists: false,
            });
        }
        let shown = self.root.join(path);
        let refuse = |why: &str| Err(Refusal::new(&shown, why));
        match fs::symlink_metadata(&real) {
            Ok(found) if found.is_dir() => Ok(Standing { real, exists: true }),
            Ok(found) if found.is_symlink() => match fs::canonicalize(&real) {
                Ok(real) if !real.starts_with(&self.real_root) => {
                    refuse("it is a symbolic link that leads out of the output folder; remove it")
                }
                Ok(real) if real.is_dir() => Ok(Standing { real, exists: true }),
                Ok(_) => refuse("it is a link to a file where a folder must be; remove it"),
                Err(_) => refuse("it is a symbolic link to nothing; remove it"),
            },
            Ok(_) => refuse("it is a file where a folder must be; move it away"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Standing {
                real,
                exists: false,
            }),
            Err(error) => Err(Refusal::system(&shown, &error)),
        }
    }
}
