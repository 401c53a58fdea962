//! Reads files and folders from disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::decode::{NotUtf8, decode};
use super::file_set::{Given, InputFile};
use super::folder_walk::files_below;
use super::input_error::InputError;
use super::place::{look, read_file};
use crate::diag::{Diagnostic, Place, Report};

/// Reads from disk, each file once.
pub(super) struct DiskReader<'a> {
    working: &'a Path,
    /// The files read so far, by their real path.
    seen: BTreeMap<PathBuf, usize>,
    /// What was read; nothing where it was not UTF-8.
    files: Vec<Option<InputFile>>,
    report: &'a mut Report,
}

impl<'a> DiskReader<'a> {
    /// Reads from this working folder; a text that is not UTF-8 goes to the report.
    pub(super) fn new(working: &'a Path, report: &'a mut Report) -> Self {
        DiskReader {
            working,
            seen: BTreeMap::new(),
            files: Vec::new(),
            report,
        }
    }

    /// What was read.
    pub(super) fn into_files(self) -> Vec<InputFile> {
        self.files.into_iter().flatten().collect()
    }

    /// Reads a file, or all YAML files of a folder.
    pub(super) fn named(&mut self, given: &str) -> Result<(), InputError> {
        if given.is_empty() {
            // Joined to the working folder it would mean all of it.
            return Err(InputError::NotFound {
                name: String::new(),
                folder: None,
                near: None,
            });
        }
        let name = if cfg!(windows) {
            given.replace('\\', "/")
        } else {
            given.to_owned()
        };
        let path = self.working.join(&name);
        let kind = look(&path, &name)?;
        if !kind.is_dir() {
            return self.file(&path, name, Given::Outright);
        }
        for (path, name) in files_below(&path, &name)? {
            self.file(&path, name, Given::InFolder)?;
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, name: String, given: Given) -> Result<(), InputError> {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Some(known) = self.seen.get(&real) {
            if let (Some(file), Given::Outright) = (&mut self.files[*known], given) {
                file.given = Given::Outright;
            }
            return Ok(());
        }
        let kind = look(path, &name)?;
        let bytes = read_file(path, &name, &kind)?;
        self.seen.insert(real, self.files.len());
        self.take_up(name, given, bytes);
        Ok(())
    }

    /// Takes a text up that was read already.
    pub(super) fn take_up(&mut self, name: String, given: Given, bytes: Vec<u8>) {
        match decode(bytes) {
            Ok(text) => self.files.push(Some(InputFile {
                name,
                text: text.into(),
                given,
            })),
            Err(wrong) => {
                self.report.push(not_utf_8(name, wrong));
                self.files.push(None);
            }
        }
    }
}

/// A text that is not UTF-8, as a mistake at its first byte that is none.
pub(super) fn not_utf_8(name: String, wrong: NotUtf8) -> Diagnostic {
    let place = Place::Line {
        name,
        text: wrong.readable.into(),
        range: wrong.range,
    };
    Diagnostic::error("not-utf-8", "the file is not UTF-8", place)
        .label("the first byte that is not")
        .help(wrong.help)
}
