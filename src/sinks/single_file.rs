//! One file beside the rendered ones.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::sink_error::SinkError;

/// Writes a file that is wholly old or wholly new at any moment. What is no file, such as a pipe or
/// `/dev/null`, is written to as it is.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), SinkError> {
    let written = || {
        // A link stays a link: what it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&target).is_ok_and(|found| !found.is_file()) {
            let mut writer = BufWriter::new(File::options().write(true).open(&target)?);
            write(&mut writer)?;
            return writer.flush();
        }
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let file = new_file(folder.unwrap_or(Path::new(".")))?;
        let mut writer = BufWriter::new(file);
        write(&mut writer)?;
        let file = writer
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(target)?;
        Ok(())
    };
    written().map_err(|cause| SinkError::File {
        path: path.to_owned(),
        cause,
    })
}

/// A temporary file for whoever may read its neighbours; the umask takes what the user does not
/// want to give.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.json");
        write_file(&path, |out| out.write_all(b"one")).unwrap();
        write_file(&path, |out| out.write_all(b"two")).unwrap();
        let failed = write_file(&path, |out| {
            out.write_all(b"thr")?;
            Err(io::Error::other("no"))
        });
        assert!(failed.unwrap_err().to_string().contains("map.json"));
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write_file(&folder.path().join("no/map.json"), |_| Ok(())).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_and_a_link_stay_what_they_are() {
        use std::os::unix::fs::FileTypeExt as _;

        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink("file", &link).unwrap();
        write_file(&link, |out| out.write_all(b"new")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");

        write_file(Path::new("/dev/null"), |out| out.write_all(b"x")).unwrap();
        let null = fs::metadata("/dev/null").unwrap();
        assert!(null.file_type().is_char_device());
        let full = write_file(Path::new("/dev/full"), |out| out.write_all(b"x")).unwrap_err();
        assert!(full.to_string().contains("the disk is full"), "{full}");
    }
}
