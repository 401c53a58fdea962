//! Looks at one path: what it is, and what is in it.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::input_error::InputError;
use crate::diag::closest;

/// All texts share 31 bits of positions.
pub(super) const SIZE_AT_MOST: u64 = 1 << 31;

/// Whether a path is another name of standard input.
pub(super) fn is_stdin(name: &str) -> bool {
    matches!(name, "-" | "/dev/stdin" | "/dev/fd/0" | "/proc/self/fd/0")
}

/// Looks at a path, following links; what is not there is searched for slips.
pub(super) fn look(path: &Path, name: &str) -> Result<Metadata, InputError> {
    fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => not_found(path, name),
        _ => unreadable(name, error),
    })
}

/// Says why a path cannot be read.
pub(super) fn unreadable(name: &str, cause: io::Error) -> InputError {
    let linked = cause.kind() != io::ErrorKind::PermissionDenied;
    // The kind for this error has no stable name.
    if linked && cause.to_string().contains("symbolic link") {
        return InputError::Loop(name.to_owned());
    }
    InputError::Unreadable {
        name: name.to_owned(),
        cause,
    }
}

/// Reads a file to its end.
pub(super) fn read_file(path: &Path, name: &str, kind: &Metadata) -> Result<Vec<u8>, InputError> {
    if !kind.is_file() && !is_handed_over(name, kind.file_type()) {
        return Err(InputError::NotAFile(name.to_owned()));
    }
    if kind.len() >= SIZE_AT_MOST {
        return Err(InputError::TooLarge(name.to_owned()));
    }
    let mut file = File::open(path).map_err(|error| unreadable(name, error))?;
    read_all(&mut file, name, kind.len() as usize)
}

/// Reads to the end, as far as the end is in reach.
pub(super) fn read_all(
    reader: &mut dyn Read,
    name: &str,
    expected: usize,
) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::with_capacity(expected + 1);
    let read = reader.take(SIZE_AT_MOST).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(name, error))?;
    if bytes.len() as u64 >= SIZE_AT_MOST {
        return Err(InputError::TooLarge(name.to_owned()));
    }
    Ok(bytes)
}

/// A pipe which the shell hands over, as in `-f <(command)`, ends like a file.
fn is_handed_over(name: &str, kind: FileType) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        let handed = name.starts_with("/dev/fd/") || name.starts_with("/proc/self/fd/");
        handed && kind.is_fifo()
    }
    #[cfg(not(unix))]
    {
        let _ = (name, kind);
        false
    }
}

/// Finds which part of a path is missing, and a name nearby that may have been meant.
fn not_found(path: &Path, name: &str) -> InputError {
    let mut missing = (path, name.trim_end_matches('/'));
    let mut folder = None;
    while let (Some(above), Some((shown, _))) = (missing.0.parent(), missing.1.rsplit_once('/')) {
        if shown.is_empty() || above.exists() {
            break;
        }
        missing = (above, shown);
        folder = Some(shown.to_owned());
    }
    let wanted = missing.1.rsplit('/').next().unwrap_or_default();
    let siblings = missing.0.parent().map(names_in).unwrap_or_default();
    let near = closest(wanted, siblings.iter().map(String::as_str)).map(|near| {
        format!(
            "{}{near}{}",
            &missing.1[..missing.1.len() - wanted.len()],
            &name[missing.1.len()..]
        )
    });
    InputError::NotFound {
        name: name.to_owned(),
        folder,
        near,
    }
}

/// The names in a folder, sorted.
pub(super) fn names_in(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
