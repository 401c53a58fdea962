//! Finds files of earlier runs.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path};

use walkdir::{DirEntry, WalkDir};

use super::disk::{TEMPORARY_PREFIX, TEMPORARY_SUFFIX};
use super::folder_plan::{FolderPlan, Stale};
use super::header::{CommentStyle, Header};
use super::output::Output;

/// A header is one line of two names and a digest, so this holds any.
const HEADER_AT_MOST: u64 = 1024;

/// Finds below the folder which files say that they come from the same config and targets and are
/// not in the set, and which temporary files were left behind.
///
/// Links are not followed, hidden folders are not entered, and what cannot be read is not ours.
pub(super) fn survey(real_root: &Path, output: &Output, plan: &mut FolderPlan<'_>) {
    let planned: BTreeSet<&OsStr> = plan.steps.iter().map(|s| s.target.as_os_str()).collect();
    let targets: BTreeSet<&str> = output.targets().iter().map(|t| t.target.as_str()).collect();
    let mut stale = Vec::new();
    let mut leftovers = Vec::new();
    let walk = WalkDir::new(real_root)
        .min_depth(1)
        .into_iter()
        .filter_entry(is_entered);
    for entry in walk.flatten().filter(|entry| entry.file_type().is_file()) {
        let name = entry.file_name().to_string_lossy();
        if name.starts_with(TEMPORARY_PREFIX) {
            if name.ends_with(TEMPORARY_SUFFIX) {
                leftovers.push(entry.into_path());
            }
            continue;
        }
        if CommentStyle::of(&name).is_none() || planned.contains(entry.path().as_os_str()) {
            continue;
        }
        let ours = |header: &Header| {
            header.owner == output.owner() && targets.contains(header.target.as_str())
        };
        if let Some(header) = header_of(entry.path()).filter(ours) {
            stale.push(Stale {
                path: below(real_root, entry.path()),
                header,
            });
        }
    }
    stale.sort_by(|a, b| a.path.cmp(&b.path));
    leftovers.sort();
    plan.stale = stale;
    plan.leftovers = leftovers;
}

fn is_entered(entry: &DirEntry) -> bool {
    !(entry.file_type().is_dir() && entry.file_name().as_encoded_bytes().starts_with(b"."))
}

fn header_of(path: &Path) -> Option<Header> {
    let mut start = Vec::new();
    File::open(path)
        .ok()?
        .take(HEADER_AT_MOST)
        .read_to_end(&mut start)
        .ok()?;
    Header::read(&start)
}

/// The path below the root, with `/` between its components.
pub(super) fn below(root: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(root).unwrap_or(path);
    let names = rest.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    names.collect::<Vec<_>>().join("/")
}
