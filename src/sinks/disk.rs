//! The steps of writing, one by one.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempPath;

/// How the names of temporary files begin.
pub(super) const TEMPORARY_PREFIX: &str = ".gatewright-";

/// How the names of temporary files end.
pub(super) const TEMPORARY_SUFFIX: &str = ".tmp";

/// The steps that change a disk. A test puts a disk in place that fails at a chosen step.
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

    /// Puts a temporary file in the place of the target, in one step.
    fn put_in_place(&self, temporary: TempPath, target: &Path) -> io::Result<()>;
}

/// The disk of this machine.
///
/// Files are not forced to the platters one by one: after a power failure the digest in each file
/// tells whether it is whole, and rendering again completes the set.
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
        builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
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

    fn put_in_place(&self, temporary: TempPath, target: &Path) -> io::Result<()> {
        temporary.persist(target).map_err(|error| error.error)
    }
}
