//! Whether two paths are one file.

use std::path::{Path, PathBuf};

/// What a file is, by whatever path it is reached.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileIdentity {
    device: u64,
    number: u64,
    path: PathBuf,
}

impl FileIdentity {
    /// The identity of the file at this path, and how many names it has.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<(Self, u64)> {
        use std::os::unix::fs::MetadataExt as _;
        let found = std::fs::symlink_metadata(path).ok()?;
        let identity = FileIdentity {
            device: found.dev(),
            number: found.ino(),
            path: PathBuf::new(),
        };
        Some((identity, found.nlink()))
    }

    /// The identity of the file at this path, and how many names it has as far as can be told.
    #[cfg(not(unix))]
    pub(super) fn of(path: &Path) -> Option<(Self, u64)> {
        let identity = FileIdentity {
            device: 0,
            number: 0,
            path: std::fs::canonicalize(path).ok()?,
        };
        Some((identity, 1))
    }
}
