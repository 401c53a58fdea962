//! What was written outlasts a power failure.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::Path;

/// From how many files or folders on one call for the whole file system is quicker than one for
/// each.
///
/// That call also waits for what other programs wrote, so it is not for a few. On ext4 it took
/// 0.1 s for 10,000 files, where a call for each took 1.5 s.
const MANY: usize = 64;

/// Returns when the contents of these files are on the disk.
pub(super) fn sync_files(files: &[&Path]) -> io::Result<()> {
    if files.len() >= MANY {
        let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
        if sync_file_systems(&folders)? {
            return Ok(());
        }
    }
    files.iter().try_for_each(|file| open(file)?.sync_all())
}

/// Opens a file to sync it, which Windows allows to writers alone.
fn open(file: &Path) -> io::Result<File> {
    if cfg!(windows) {
        File::options().append(true).open(file)
    } else {
        File::open(file)
    }
}

/// Returns when the lists of these folders are on the disk.
///
/// Windows has no such call, and some file systems refuse it for folders; there the system keeps
/// them as it sees fit.
pub(super) fn sync_folders(folders: &[&Path]) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, Unsupported};
    if cfg!(windows) {
        return Ok(());
    }
    if folders.len() >= MANY && sync_file_systems(&folders.iter().copied().collect())? {
        return Ok(());
    }
    for folder in folders {
        match File::open(folder)?.sync_all() {
            Err(error) if [InvalidInput, Unsupported].contains(&error.kind()) => {}
            other => other?,
        }
    }
    Ok(())
}

/// Syncs the file systems on which these folders are; whether the system can do that.
#[cfg(target_os = "linux")]
fn sync_file_systems(folders: &BTreeSet<&Path>) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;

    let mut done = BTreeSet::new();
    for folder in folders {
        let folder = File::open(folder)?;
        if !done.insert(folder.metadata()?.dev()) {
            continue;
        }
        match rustix::fs::syncfs(&folder) {
            Err(rustix::io::Errno::NOSYS) => return Ok(false),
            other => other?,
        }
    }
    Ok(true)
}

#[cfg(not(target_os = "linux"))]
fn sync_file_systems(_: &BTreeSet<&Path>) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn few_and_many_files_and_those_that_are_not_there() {
        let dir = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..MANY).map(|n| dir.path().join(n.to_string())).collect();
        for path in &paths {
            fs::write(path, "text").unwrap();
        }
        let all: Vec<&Path> = paths.iter().map(std::path::PathBuf::as_path).collect();
        sync_files(&all).unwrap();
        sync_files(&all[..2]).unwrap();
        sync_folders(&[dir.path()]).unwrap();
        sync_folders(&[dir.path(); MANY]).unwrap();
        let gone = dir.path().join("gone/file");
        assert!(sync_files(&[&gone]).is_err());
        assert_eq!(
            sync_folders(&[gone.parent().unwrap()]).is_err(),
            cfg!(not(windows))
        );
    }
}
