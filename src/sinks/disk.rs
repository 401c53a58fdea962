//! The steps of writing, one by one.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempPath;

use super::durability;

/// How the names of temporary files begin.
pub(super) const TEMPORARY_PREFIX: &str = ".gatewright-";

/// How the names of temporary files end.
const TEMPORARY_SUFFIX: &str = ".tmp";

/// How many letters and digits stand between.
const TEMPORARY_LETTERS: usize = 6;

/// Whether a file of this name is one that [`RealDisk`] wrote and that never got its place.
pub(super) fn is_temporary(name: &str) -> bool {
    let between = name
        .strip_prefix(TEMPORARY_PREFIX)
        .and_then(|rest| rest.strip_suffix(TEMPORARY_SUFFIX));
    between.is_some_and(|between| {
        between.len() == TEMPORARY_LETTERS && between.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// The steps that change a disk. A test puts a disk in place that fails at a chosen step, or on
/// which nothing happens any more from there on.
pub trait Disk {
    /// Makes a folder whose parent exists.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Writes a temporary file into the folder; it is removed when the returned path is dropped.
    ///
    /// Without `permissions` it gets those of any new file.
    fn write_temporary(
        &self,
        folder: &Path,
        content: &[&[u8]],
        permissions: Option<&Permissions>,
    ) -> io::Result<TempPath>;

    /// Returns when the contents of these files outlast a power failure.
    fn sync_files(&self, files: &[&Path]) -> io::Result<()>;

    /// Puts a temporary file in the place of the target, in one step.
    fn put_in_place(&self, temporary: TempPath, target: &Path) -> io::Result<()>;

    /// Returns when what these folders list outlasts a power failure.
    fn sync_folders(&self, folders: &[&Path]) -> io::Result<()>;

    /// Removes a file; one that is gone already is no error.
    fn remove_file(&self, file: &Path) -> io::Result<()>;

    /// Removes a folder if it is empty; one that is not, or is in use, stays and is no error.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        match fs::create_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
            other => other,
        }
    }

    fn write_temporary(
        &self,
        folder: &Path,
        content: &[&[u8]],
        permissions: Option<&Permissions>,
    ) -> io::Result<TempPath> {
        let mut builder = tempfile::Builder::new();
        builder
            .prefix(TEMPORARY_PREFIX)
            .suffix(TEMPORARY_SUFFIX)
            .rand_bytes(TEMPORARY_LETTERS);
        #[cfg(unix)]
        {
            // The umask takes from this what the user does not want to give.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(Permissions::from_mode(0o644));
        }
        let mut file = builder.tempfile_in(folder)?;
        for part in content {
            file.write_all(part)?;
        }
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions.clone())?;
        }
        Ok(file.into_temp_path())
    }

    fn sync_files(&self, files: &[&Path]) -> io::Result<()> {
        durability::sync_files(files)
    }

    fn put_in_place(&self, temporary: TempPath, target: &Path) -> io::Result<()> {
        temporary.persist(target).map_err(|error| error.error)
    }

    fn sync_folders(&self, folders: &[&Path]) -> io::Result<()> {
        durability::sync_folders(folders)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        match fs::remove_file(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        use io::ErrorKind::{AlreadyExists, DirectoryNotEmpty, NotFound, ResourceBusy};
        match fs::remove_dir(folder) {
            // Some systems say of a folder that holds something that it exists.
            Err(error)
                if [AlreadyExists, DirectoryNotEmpty, NotFound, ResourceBusy]
                    .contains(&error.kind()) =>
            {
                Ok(())
            }
            other => other,
        }
    }
}
