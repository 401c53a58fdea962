//! Where the files are that a config names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::decode::decode;
use super::disk_reader::{DiskReader, not_utf_8};
use super::file_names::{is_hidden, may_hold_yaml};
use super::file_set::{Given, InputFile, STDIN, join};
use super::git::{GitError, InRevision, Revision};
use super::input_error::InputError;
use crate::diag::{Report, closest};

/// Where files are looked up.
#[derive(Clone, Debug)]
pub(super) enum Store {
    /// On disk, from this working folder.
    Disk(PathBuf),
    /// On disk, in this working folder and nowhere else.
    Within(PathBuf),
    /// In memory, by name.
    Memory(BTreeMap<String, String>),
    /// In a git revision, and nowhere else.
    Revision(Arc<Revision>),
}

impl Store {
    /// Reads what a config names: a path from the folder of the config that names it.
    pub(super) fn read_beside(
        &self,
        config: &str,
        path: &str,
        report: &mut Report,
    ) -> Result<Vec<InputFile>, InputError> {
        if let Store::Revision(revision) = self {
            return in_revision(revision, config, path, report);
        }
        let folder = match config.rsplit_once('/') {
            Some(("", _)) => "/",
            Some((folder, _)) if config != STDIN => folder,
            _ => ".",
        };
        let name = join(folder, path.strip_prefix("./").unwrap_or(path));
        match self {
            Store::Disk(working) => {
                let mut reader = DiskReader::new(working, report);
                reader
                    .named(&name)
                    .map_err(|error| error.seen_from(folder))?;
                Ok(reader.into_files())
            }
            Store::Within(working) => within(working, &name, folder, report),
            Store::Memory(texts) => in_memory(texts, name, folder),
            Store::Revision(_) => Ok(Vec::new()),
        }
    }
}

fn within(
    working: &Path,
    name: &str,
    folder: &str,
    report: &mut Report,
) -> Result<Vec<InputFile>, InputError> {
    // Not even names from elsewhere are told, so nothing is looked at whose path leads out.
    if leads_out(name) || is_outside(working, name) {
        return Err(InputError::Outside(name.to_owned()));
    }
    let mut reader = DiskReader::new(working, report);
    reader
        .named(name)
        .map_err(|error| error.seen_from(folder))?;
    let files = reader.into_files();
    // Links below a folder are followed.
    match files.iter().find(|file| is_outside(working, &file.name)) {
        Some(file) => Err(InputError::Outside(file.name.clone())),
        None => Ok(files),
    }
}

/// Whether a path leads out of the folder that it begins in, links aside.
fn leads_out(path: &str) -> bool {
    let mut depth = 0_usize;
    for component in Path::new(path).components() {
        match component {
            Component::CurDir => {}
            Component::Normal(_) => depth += 1,
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    false
}

/// Whether what is at a path is really outside the folder.
fn is_outside(working: &Path, path: &str) -> bool {
    match (
        fs::canonicalize(working),
        fs::canonicalize(working.join(path)),
    ) {
        (Ok(working), Ok(real)) => !real.starts_with(working),
        _ => false,
    }
}

fn in_memory(
    texts: &BTreeMap<String, String>,
    name: String,
    folder: &str,
) -> Result<Vec<InputFile>, InputError> {
    if let Some(text) = texts.get(&name).cloned() {
        return Ok(vec![InputFile {
            name,
            text: text.into(),
            given: Given::Outright,
        }]);
    }
    let near = closest(&name, texts.keys().map(String::as_str)).map(str::to_owned);
    Err(InputError::NotFound {
        name,
        folder: None,
        near,
    }
    .seen_from(folder))
}

fn in_revision(
    revision: &Revision,
    config: &str,
    path: &str,
    report: &mut Report,
) -> Result<Vec<InputFile>, InputError> {
    let config = revision.path_of(config).unwrap_or(config);
    let folder = config.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = Revision::path_from(folder, path)
        .ok_or_else(|| InputError::from(GitError::Outside(path.to_owned())))?;
    let mut files = Vec::new();
    let mut take_up = |path: &str, given, content| match decode(content) {
        Ok(text) => files.push(InputFile {
            name: revision.shown(path),
            text: text.into(),
            given,
        }),
        Err(wrong) => report.push(not_utf_8(revision.shown(path), wrong)),
    };
    match revision.read_path(&path, &|name| may_hold_yaml(name) && !is_hidden(name))? {
        InRevision::File(content) => take_up(&path, Given::Outright, content),
        InRevision::Folder(found) if found.is_empty() => {
            return Err(InputError::NothingInFolder(revision.shown(&path)));
        }
        InRevision::Folder(found) => {
            for (name, content) in found {
                take_up(&join(&path, &name), Given::InFolder, content);
            }
        }
    }
    Ok(files)
}
