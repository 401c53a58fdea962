//! The user's templates.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::WalkDir;

use super::git::{GitError, InRevision, Repository, Revision};
use super::input_error::InputError;
use super::place::{look, read_file};
use crate::diag::{Diagnostic, Place, Report};

/// What the name of a template ends with.
const ENDING: &str = ".j2";

/// The same of a git revision, whose folder has the path of this one. Where the revision has no such
/// folder, there were no templates yet.
pub fn read_templates_of(
    revision: &Revision,
    folder: &str,
    working: &Path,
    report: &mut Report,
) -> Result<BTreeMap<String, String>, InputError> {
    let path = Repository::open(working)?.path_on_disk(folder)?;
    let found = match revision.read_path(&path, &|name| name.ends_with(ENDING)) {
        Ok(InRevision::Folder(found)) => found,
        Ok(InRevision::File(_)) => return Err(InputError::NotAFolder(revision.shown(&path))),
        Err(InputError::Git(GitError::NotInRevision { .. })) => Vec::new(),
        Err(error) => return Err(error),
    };
    let mut templates = BTreeMap::new();
    for (name, content) in found {
        let shown = format!("{}/{name}", revision.shown(&path));
        take_up(&mut templates, name, shown, content, report);
    }
    Ok(templates)
}

fn take_up(
    templates: &mut BTreeMap<String, String>,
    name: String,
    shown: String,
    content: Vec<u8>,
    report: &mut Report,
) {
    match String::from_utf8(content) {
        Ok(text) => {
            templates.insert(name, text);
        }
        Err(_) => report.push(
            Diagnostic::error("not-utf-8", "the template is not UTF-8", Place::File(shown))
                .help("Save it as UTF-8."),
        ),
    }
}

/// Reads the templates below a folder, by their paths in it with `/` between folders.
///
/// Files that are no templates by their name are left alone; a text that is not UTF-8 goes to the
/// report.
pub fn read_templates(
    folder: &str,
    working: &Path,
    report: &mut Report,
) -> Result<BTreeMap<String, String>, InputError> {
    let root = working.join(folder);
    if !look(&root, folder)?.is_dir() {
        return Err(InputError::NotAFolder(folder.to_owned()));
    }
    let mut templates = BTreeMap::new();
    for entry in WalkDir::new(&root).sort_by_file_name().follow_links(true) {
        let entry = entry.map_err(|error| InputError::Unreadable {
            name: folder.to_owned(),
            cause: error.into(),
        })?;
        let name = entry.path().strip_prefix(&root).unwrap_or(entry.path());
        let name = name.to_string_lossy().replace('\\', "/");
        if !entry.file_type().is_file() || !name.ends_with(ENDING) {
            continue;
        }
        let shown = format!("{}/{name}", folder.trim_end_matches('/'));
        let kind = look(entry.path(), &shown)?;
        let content = read_file(entry.path(), &shown, &kind)?;
        take_up(&mut templates, name, shown, content, report);
    }
    Ok(templates)
}
