//! One writer at a time.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a held lock is asked for again.
const PAUSE: Duration = Duration::from_millis(20);

/// An advisory lock on the output folder itself, so that no lock file is left behind or committed.
///
/// The system drops it when the process ends, however that happens.
#[derive(Debug)]
pub(super) struct FolderLock {
    file: Option<File>,
}

/// Another process holds the lock.
#[derive(Debug)]
pub(super) struct Held;

impl FolderLock {
    /// Takes the lock of a writer, waiting for so long while another process writes or reads.
    ///
    /// Where a folder cannot be locked (some network file systems, Windows) there is no lock, and
    /// writing goes on: each file is still replaced in one step.
    pub(super) fn to_write(folder: &Path, patience: Duration) -> Result<Self, Held> {
        Self::take(folder, patience, File::try_lock)
    }

    /// Takes the lock of a reader, of whom there may be several, but none beside a writer.
    pub(super) fn to_read(folder: &Path, patience: Duration) -> Result<Self, Held> {
        Self::take(folder, patience, File::try_lock_shared)
    }

    fn take(
        folder: &Path,
        patience: Duration,
        lock: fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, Held> {
        let Ok(file) = File::open(folder) else {
            return Ok(FolderLock { file: None });
        };
        let start = Instant::now();
        loop {
            match lock(&file) {
                Ok(()) => return Ok(FolderLock { file: Some(file) }),
                Err(TryLockError::WouldBlock) if start.elapsed() >= patience => return Err(Held),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => return Ok(FolderLock { file: None }),
            }
        }
    }

    /// Whether the folder is locked, or could not be.
    pub(super) fn is_held(&self) -> bool {
        self.file.is_some()
    }

    /// Whether the folder that was locked is still the one at this path: another process may have
    /// removed it while this one waited.
    #[cfg(unix)]
    pub(super) fn is_of(&self, folder: &Path) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let Some(file) = &self.file else {
            return folder.is_dir();
        };
        let identity = |found: &std::fs::Metadata| (found.dev(), found.ino());
        let (locked, there) = (file.metadata(), std::fs::metadata(folder));
        matches!((&locked, &there), (Ok(a), Ok(b)) if identity(a) == identity(b))
    }

    /// Whether the folder that was locked is still the one at this path.
    #[cfg(not(unix))]
    pub(super) fn is_of(&self, folder: &Path) -> bool {
        folder.is_dir()
    }
}
