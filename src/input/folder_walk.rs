//! Finds the YAML files of a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::file_names::may_hold_yaml;
use super::input_error::InputError;
use super::place::unreadable;

/// The files below a folder that may hold YAML, sorted by name, with what a person calls them.
///
/// Links are followed, as mounted config maps need it. Hidden files and folders are skipped.
pub(super) fn files_below(folder: &Path, name: &str) -> Result<Vec<(PathBuf, String)>, InputError> {
    let files = wanted_below(folder, name, may_hold_yaml)?;
    if files.is_empty() {
        return Err(InputError::NothingInFolder(name.to_owned()));
    }
    Ok(files)
}

/// The same for the files whose names are wanted, of which there may be none.
pub(super) fn wanted_below(
    folder: &Path,
    name: &str,
    wanted: fn(&str) -> bool,
) -> Result<Vec<(PathBuf, String)>, InputError> {
    let is_wanted = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        wanted(&name.to_string_lossy())
    };
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let mut files = Vec::new();
    let mut has_links = false;
    for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_wanted(entry.path()) => {
                has_links |= entry.path_is_symlink();
                let shown = shown(folder, name, entry.path());
                files.push((entry.into_path(), shown));
            }
            Ok(entry) => has_links |= entry.path_is_symlink(),
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let shown = shown(folder, name, &path);
                if error.loop_ancestor().is_some() {
                    return Err(InputError::Loop(shown));
                }
                let error = io::Error::from(error);
                // A link to nothing matters only where it should have been a file for us.
                if error.kind() != io::ErrorKind::NotFound || is_wanted(&path) {
                    let plain = error.raw_os_error().map(io::Error::from_raw_os_error);
                    return Err(unreadable(&shown, plain.unwrap_or(error)));
                }
            }
        }
    }
    if has_links {
        // A file under two names is still one file.
        let mut seen = BTreeSet::new();
        files.retain(|(path, _)| fs::canonicalize(path).map_or(true, |real| seen.insert(real)));
    }
    Ok(files)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// What a person calls a path below a folder that has a name.
fn shown(folder: &Path, name: &str, path: &Path) -> String {
    let rest = path.strip_prefix(folder).unwrap_or(path);
    let parts = rest.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        _ => None,
    });
    super::file_set::join(name, &parts.collect::<Vec<_>>().join("/"))
}
