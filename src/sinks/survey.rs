//! Finds files of earlier runs.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::disk::is_temporary;
use super::file_identity::FileIdentity;
use super::folder_plan::{Action, FolderPlan, Stale, Step};
use super::header::{CommentStyle, Header};
use super::output::Output;
use super::refusal::Refusal;

/// A header is one line of two names and a digest, so this holds any.
const HEADER_AT_MOST: u64 = 1024;

/// The page that every output folder has, and no folder in one.
const RUNBOOK: &str = "RUNBOOK.md";

/// Finds below the folder which files say that they come from the same config and targets and are
/// not in the set, which temporary files were left behind, and which folders hold nothing else.
///
/// Links are not followed, hidden folders, work trees of other repositories and other output
/// folders are not entered, and what cannot be read is not ours.
pub(super) fn survey(output: &Output, plan: &mut FolderPlan<'_>) {
    let planned: BTreeSet<&OsStr> = plan.steps.iter().map(|s| s.target.as_os_str()).collect();
    let targets: BTreeSet<&str> = output.targets().iter().map(|t| t.target.as_str()).collect();
    let (mut stale, mut leftovers) = (Vec::new(), Vec::new());
    let walk = WalkDir::new(&plan.real_root)
        .min_depth(1)
        .into_iter()
        .filter_entry(|entry| is_entered(entry, &planned));
    for entry in walk.flatten().filter(|entry| entry.file_type().is_file()) {
        // A path that is no text is none that was rendered.
        let Some(name) = entry.file_name().to_str() else {
            continue;
        };
        let path = below(&plan.real_root, entry.path());
        if plan.real_root.join(&path) != entry.path() {
            continue;
        }
        if is_temporary(name) {
            leftovers.push(path);
            continue;
        }
        if CommentStyle::of(name).is_none()
            || planned.contains(entry.path().as_os_str())
            || output.is_made_from(entry.path())
        {
            continue;
        }
        let ours = |header: &Header| {
            header.owner == output.owner() && targets.contains(header.target.as_str())
        };
        let Some(header) = header_of(entry.path()).filter(ours) else {
            continue;
        };
        let Ok(content) = fs::read(entry.path()) else {
            continue;
        };
        stale.push(Stale {
            path,
            intact: header.is_intact(&content),
            header,
        });
    }
    stale.sort_by(|a, b| a.path.cmp(&b.path));
    leftovers.sort();
    plan.stale = stale;
    plan.leftovers = leftovers;
    set_apart_other_names(plan);
    plan.emptied = emptied(plan);
}

fn is_entered(entry: &DirEntry, planned: &BTreeSet<&OsStr>) -> bool {
    if !entry.file_type().is_dir() || entry.depth() == 0 {
        return true;
    }
    let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
    // A submodule, or another work tree: its files are not those of this run.
    !hidden
        && fs::symlink_metadata(entry.path().join(".git")).is_err()
        && !is_other_output(entry.path(), planned)
}

/// Whether a folder is where another run writes, which may be of a config of the same name: it has
/// a runbook of its own that is not one of this set.
fn is_other_output(folder: &Path, planned: &BTreeSet<&OsStr>) -> bool {
    let page = folder.join(RUNBOOK);
    !planned.contains(page.as_os_str()) && header_of(&page).is_some()
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

/// Takes out of the stale files those that are files of the set under a name in another case, on
/// a file system that takes both for one: to remove such a file is to remove the new one.
fn set_apart_other_names(plan: &mut FolderPlan<'_>) {
    if plan.stale.is_empty() {
        return;
    }
    let there = plan.steps.iter().filter(|step| step.action != Action::Add);
    let known: BTreeMap<FileIdentity, &Step<'_>> = there
        .filter_map(|step| Some((FileIdentity::of(&step.target)?.0, step)))
        .collect();
    let mut obstacles = Vec::new();
    plan.stale.retain(|stale| {
        let Some((identity, names)) = FileIdentity::of(&plan.real_root.join(&stale.path)) else {
            return true;
        };
        let same = known
            .get(&identity)
            .filter(|step| names == 1 || step.path.to_lowercase() == stale.path.to_lowercase());
        let Some(step) = same else {
            return true;
        };
        obstacles.push(Refusal::new(
            plan.root.join(&stale.path),
            format!(
                "the config renders it as `{}`, which this file system takes for the same name; \
                 rename it to that",
                step.path
            ),
        ));
        false
    });
    plan.obstacles.extend(obstacles);
    plan.obstacles.sort();
}

/// The folders that hold nothing but what is to be removed, the innermost first.
fn emptied(plan: &FolderPlan<'_>) -> Vec<String> {
    let stale = plan.stale.iter().map(|stale| &stale.path);
    let mut going: BTreeSet<PathBuf> = stale
        .chain(&plan.leftovers)
        .map(|path| plan.real_root.join(path))
        .collect();
    let mut used = BTreeSet::new();
    for step in &plan.steps {
        let above = step.folder.ancestors();
        used.extend(above.take_while(|folder| *folder != plan.real_root));
    }
    let above = going.iter().flat_map(|path| path.ancestors().skip(1));
    let folders: BTreeSet<PathBuf> = above
        .filter(|folder| *folder != plan.real_root && folder.starts_with(&plan.real_root))
        .filter(|folder| !used.contains(folder))
        .map(Path::to_owned)
        .collect();
    let mut emptied = Vec::new();
    // In reverse order a folder comes after those that stand in it.
    for folder in folders.into_iter().rev() {
        let goes = |entry: std::io::Result<fs::DirEntry>| {
            entry.is_ok_and(|entry| going.contains(&entry.path()))
        };
        if fs::read_dir(&folder).is_ok_and(|mut entries| entries.all(goes)) {
            emptied.push(below(&plan.real_root, &folder));
            going.insert(folder);
        }
    }
    emptied
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
