//! The files of an operand.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::decode::decode;
use super::disk_reader::not_utf_8;
use super::file_names::{file_name, is_hidden, may_hold_objects};
use super::file_set::{FileSet, Given, InputFile, STDIN, join};
use super::folder_walk::wanted_below;
use super::git::{GitError, InRevision, Repository, Revision};
use super::input_error::InputError;
use super::operand::{Operand, Whence};
use super::place::{look, read_all, read_file};
use super::store::Store;
use crate::diag::Report;

/// A file that was found in a folder and left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name below the folder.
    pub name: String,
    /// What a person calls it.
    pub shown: String,
    /// Its text, as far as it can be read.
    pub text: Arc<str>,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a file was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutReason {
    /// It says nothing of an object.
    NoObject,
    /// It is a template, and no YAML before it is rendered.
    Template,
    /// It is not UTF-8.
    NotUtf8,
    /// It is a config, and its output stands beside it.
    Config,
}

/// One file of an operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialFile {
    /// Its name below the operand, with `/` between folders; of a single file, its own.
    pub name: String,
    /// The file.
    pub file: InputFile,
}

/// The files of an operand, whatever they hold.
#[derive(Debug)]
pub struct Material {
    /// The files: those of a folder that may hold objects by their names.
    pub files: Vec<MaterialFile>,
    /// Those that cannot be read.
    pub left_out: Vec<LeftOut>,
    /// Whether there is nothing at the path.
    pub is_absent: bool,
    store: Store,
}

impl Material {
    /// Reads the files of an operand from this working folder. A file named outright that is not
    /// UTF-8 goes to the report.
    pub fn read(
        operand: &Operand,
        working: &Path,
        stdin: &mut dyn Read,
        report: &mut Report,
    ) -> Result<Self, InputError> {
        let store = match &operand.whence {
            Whence::Revision(revision, _) => Store::Revision(Arc::clone(revision)),
            _ => Store::Disk(working.to_owned()),
        };
        let mut material = Material {
            files: Vec::new(),
            left_out: Vec::new(),
            is_absent: false,
            store,
        };
        let outright = Given::Outright;
        match &operand.whence {
            Whence::Stdin => {
                let bytes = read_all(stdin, STDIN, 0)?;
                material.take_up(STDIN.into(), STDIN.into(), bytes, outright, report);
            }
            // The absent side, as tools for differences have it.
            Whence::Disk(path) if path == "/dev/null" => {}
            Whence::Disk(path) => material.disk(path, working, report)?,
            Whence::Revision(revision, path) => {
                material.revision(revision, path, operand.may_lack, report)?;
            }
            Whence::WorkTree(path) => material.work_tree(path, working, report)?,
        }
        Ok(material)
    }

    /// The files as those of a config.
    pub fn into_file_set(self) -> FileSet {
        let files = self.files.into_iter().map(|file| file.file).collect();
        FileSet::found(files, self.store)
    }

    fn disk(&mut self, path: &str, working: &Path, report: &mut Report) -> Result<(), InputError> {
        let real = working.join(path);
        if path.is_empty() || !look(&real, path)?.is_dir() {
            return self.disk_file(path, working, report);
        }
        for (file, shown) in wanted_below(&real, path, may_hold_objects)? {
            let name = below(path, &shown);
            self.folder_file(&file, name, shown, report)?;
        }
        Ok(())
    }

    fn disk_file(
        &mut self,
        path: &str,
        working: &Path,
        report: &mut Report,
    ) -> Result<(), InputError> {
        let real = working.join(path);
        let kind = look(&real, path)?;
        let bytes = read_file(&real, path, &kind)?;
        let name = file_name(path).to_owned();
        self.take_up(name, path.to_owned(), bytes, Given::Outright, report);
        Ok(())
    }

    fn folder_file(
        &mut self,
        real: &Path,
        name: String,
        shown: String,
        report: &mut Report,
    ) -> Result<(), InputError> {
        let kind = look(real, &shown)?;
        let bytes = read_file(real, &shown, &kind)?;
        self.take_up(name, shown, bytes, Given::InFolder, report);
        Ok(())
    }

    fn revision(
        &mut self,
        revision: &Revision,
        path: &str,
        may_lack: bool,
        report: &mut Report,
    ) -> Result<(), InputError> {
        match revision.read_path(path, &is_wanted) {
            Ok(InRevision::File(content)) => {
                let (name, shown) = (file_name(path).to_owned(), revision.shown(path));
                self.take_up(name, shown, content, Given::Outright, report);
            }
            Ok(InRevision::Folder(files)) => {
                for (name, content) in files {
                    let shown = revision.shown(&join(path, &name));
                    self.take_up(name, shown, content, Given::InFolder, report);
                }
            }
            Err(InputError::Git(GitError::NotInRevision { .. })) if may_lack => {
                self.is_absent = true;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn work_tree(
        &mut self,
        path: &str,
        working: &Path,
        report: &mut Report,
    ) -> Result<(), InputError> {
        let repository = Repository::open(working)?;
        let here = repository.seen_from_here(path)?;
        let Ok(kind) = working.join(&here).metadata() else {
            self.is_absent = true;
            return Ok(());
        };
        if !kind.is_dir() {
            return self.disk_file(&here, working, report);
        }
        // A file which several links lead to counts once, as it does in a folder.
        let mut seen = BTreeSet::new();
        for (file, real) in repository.work_tree(path)? {
            let (name, shown) = (below(path, &file), repository.seen_from_here(&file)?);
            let Ok(kind) = real.symlink_metadata() else {
                // Removed, and not yet from the index.
                continue;
            };
            if kind.is_symlink() && real.is_dir() {
                for (file, found) in wanted_below(&real, &shown, may_hold_objects)? {
                    if seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                        let name = join(&name, &below(&shown, &found));
                        self.folder_file(&file, name, found, report)?;
                    }
                }
            } else if !kind.is_dir()
                && is_wanted(&name)
                && seen.insert(real.canonicalize().unwrap_or_else(|_| real.clone()))
            {
                self.folder_file(&real, name, shown, report)?;
            }
        }
        Ok(())
    }

    fn take_up(
        &mut self,
        name: String,
        shown: String,
        bytes: Vec<u8>,
        given: Given,
        report: &mut Report,
    ) {
        match decode(bytes) {
            Ok(text) => {
                let file = InputFile {
                    name: shown,
                    text: text.into(),
                    given,
                };
                self.files.push(MaterialFile { name, file });
            }
            Err(wrong) if given == Given::Outright => report.push(not_utf_8(shown, wrong)),
            Err(wrong) => self.left_out.push(LeftOut {
                name,
                shown,
                text: wrong.readable.into(),
                reason: LeftOutReason::NotUtf8,
            }),
        }
    }
}

fn is_wanted(name: &str) -> bool {
    may_hold_objects(file_name(name)) && !is_hidden(name)
}

/// The name of a file below a folder, from what a person calls both.
fn below(folder: &str, shown: &str) -> String {
    let rest = match folder {
        "." | "./" => Some(shown),
        folder => shown.strip_prefix(folder),
    };
    rest.unwrap_or(shown).trim_start_matches('/').to_owned()
}
