//! The files that the user gave.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::disk_reader::DiskReader;
use super::input_error::InputError;
use super::place::{is_stdin, names_in, read_all};
use super::store::Store;
use crate::diag::{Report, closest};

/// The config that is searched for where none is named.
pub(super) const CONFIG_NAME: &str = "gatewright.yaml";

/// What a person calls standard input.
pub(super) const STDIN: &str = "<stdin>";

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// It was named, so every document in it must be ours.
    Outright,
    /// It was found in a folder, so documents of others in it are left alone.
    InFolder,
}

/// One text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// What a person calls it: the path as it was given, with `/` between folders, or `<stdin>`.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
    /// How it came to be read.
    pub given: Given,
}

/// The files that the user gave, in the order in which they were given; a folder's by name.
#[derive(Clone, Debug)]
pub struct FileSet {
    files: Vec<InputFile>,
    store: Store,
}

impl FileSet {
    /// Reads the files, folders and `-` that were named, from this working folder; with none named,
    /// the `gatewright.yaml` nearest upwards. A text that is not UTF-8 goes to the report.
    pub fn read(
        named: &[String],
        working: &Path,
        stdin: &mut dyn Read,
        report: &mut Report,
    ) -> Result<Self, InputError> {
        let mut reader = DiskReader::new(working, report);
        if named.is_empty() {
            reader.named(&find_config(working)?)?;
        }
        let mut stdin = Some(stdin);
        for name in named {
            if is_stdin(name) {
                let stdin = stdin.take().ok_or(InputError::StdinTwice)?;
                reader.take_up(STDIN.into(), Given::Outright, read_all(stdin, STDIN, 0)?);
            } else {
                reader.named(name)?;
            }
        }
        Ok(FileSet {
            files: reader.into_files(),
            store: Store::Disk(working.to_owned()),
        })
    }

    /// A set of texts in memory: those that are given, and those that [`FileSet::read_beside`]
    /// finds besides.
    pub fn in_memory(given: &[(&str, &str)], beside: &[(&str, &str)]) -> Self {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        let files = given.iter().map(owned);
        let files = files
            .map(|(name, text)| InputFile {
                name,
                text: text.into(),
                given: Given::Outright,
            })
            .collect();
        FileSet {
            files,
            store: Store::Memory(beside.iter().map(owned).collect()),
        }
    }

    /// Texts that came by another way; what they name is looked up from this working folder.
    pub fn with_texts(files: Vec<InputFile>, working: &Path) -> Self {
        Self::found(files, Store::Disk(working.to_owned()))
    }

    /// The same, where what a config names has to be in the working folder: the config is of
    /// somebody who may not read everything that this process may.
    #[must_use]
    pub fn confined(mut self) -> Self {
        if let Store::Disk(working) = self.store {
            self.store = Store::Within(working);
        }
        self
    }

    /// Files that were read already, and where what they name is looked up.
    pub(super) fn found(files: Vec<InputFile>, store: Store) -> Self {
        FileSet { files, store }
    }

    /// The files.
    pub fn files(&self) -> &[InputFile] {
        &self.files
    }

    /// Reads what a config names: a path from the folder of the config that names it, or an
    /// absolute one. A folder gives all its YAML files. A text that is not UTF-8 goes to the
    /// report.
    pub fn read_beside(
        &self,
        config: &str,
        path: &str,
        report: &mut Report,
    ) -> Result<Vec<InputFile>, InputError> {
        self.store.read_beside(config, path, report)
    }
}

/// The name of the config nearest upwards, from the working folder.
fn find_config(working: &Path) -> Result<String, InputError> {
    let start = fs::canonicalize(working).unwrap_or_else(|_| working.to_owned());
    let mut name = CONFIG_NAME.to_owned();
    for folder in start.ancestors() {
        if folder.join(CONFIG_NAME).is_file() {
            return Ok(name);
        }
        name.insert_str(0, "../");
    }
    let names = names_in(working);
    let near = names
        .iter()
        .map(String::as_str)
        .filter(|name| !name.starts_with('.'));
    let near = closest(CONFIG_NAME, near).map(str::to_owned);
    Err(InputError::NoConfig {
        folder: start.display().to_string(),
        near,
    })
}

/// Joins names with `/`; what is absolute stays as it is, and `.` is no folder to speak of.
pub(super) fn join(folder: &str, name: &str) -> String {
    let folder = if matches!(folder, "." | "./") {
        ""
    } else {
        folder
    };
    if Path::new(name).is_absolute() || folder.is_empty() {
        return name.to_owned();
    }
    if name.is_empty() {
        return folder.to_owned();
    }
    let separator = if folder.ends_with('/') { "" } else { "/" };
    format!("{folder}{separator}{name}")
}
