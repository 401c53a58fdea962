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
    /// Takes the lock, waiting for so long while another process holds it.
    ///
    /// Where a folder cannot be locked (some network file systems, Windows) there is no lock, and
    /// writing goes on: each file is still replaced in one step.
    pub(super) fn take(folder: &Path, patience: Duration) -> Result<Self, Held> {
        let Ok(file) = File::open(folder) else {
            return Ok(FolderLock { file: None });
        };
        let start = Instant::now();
        loop {
            match file.try_lock() {
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
}
