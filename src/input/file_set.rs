//! The files that the user gave.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::decode::{NotUtf8, decode};
use super::folder_walk::files_below;
use super::input_error::InputError;
use super::place::{is_stdin, look, names_in, read_all, read_file};
use crate::diag::{Diagnostic, Place, Report, closest};

/// The config that is searched for where none is named.
pub(super) const CONFIG_NAME: &str = "gatewright.yaml";

/// What a person calls standard input.
const STDIN: &str = "<stdin>";

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

/// Where files are looked up.
#[derive(Clone, Debug)]
enum Store {
    /// On disk, from this working folder.
    Disk(PathBuf),
    /// In memory, by name.
    Memory(BTreeMap<String, String>),
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
        let mut reader = Reader {
            working,
            seen: BTreeMap::new(),
            files: Vec::new(),
            report,
        };
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
        let files = reader.files.into_iter().flatten().collect();
        Ok(FileSet {
            files,
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
        let store = Store::Disk(working.to_owned());
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
        let folder = match config.rsplit_once('/') {
            Some(("", _)) => "/",
            Some((folder, _)) if config != STDIN => folder,
            _ => ".",
        };
        let name = join(folder, path.strip_prefix("./").unwrap_or(path));
        match &self.store {
            Store::Disk(working) => {
                let mut reader = Reader {
                    working,
                    seen: BTreeMap::new(),
                    files: Vec::new(),
                    report,
                };
                reader
                    .named(&name)
                    .map_err(|error| error.seen_from(folder))?;
                Ok(reader.files.into_iter().flatten().collect())
            }
            Store::Memory(texts) => {
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
        }
    }
}

/// Reads from disk, each file once.
struct Reader<'a> {
    working: &'a Path,
    /// The files read so far, by their real path.
    seen: BTreeMap<PathBuf, usize>,
    /// What was read; nothing where it was not UTF-8.
    files: Vec<Option<InputFile>>,
    report: &'a mut Report,
}

impl Reader<'_> {
    fn named(&mut self, given: &str) -> Result<(), InputError> {
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

    fn take_up(&mut self, name: String, given: Given, bytes: Vec<u8>) {
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

fn not_utf_8(name: String, wrong: NotUtf8) -> Diagnostic {
    let place = Place::Line {
        name,
        text: wrong.readable.into(),
        range: wrong.range,
    };
    Diagnostic::error("not-utf-8", "the file is not UTF-8", place)
        .label("the first byte that is not")
        .help(wrong.help)
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
