//! Why something could not be read.

use std::fmt;
use std::io;

use super::git::GitError;
use super::reason::reason;
use crate::diag::{Diagnostic, Place};

/// Why something could not be read.
///
/// Named on the command line it is a matter of the machine (exit code 2); named in a config it is
/// a mistake at that line.
#[derive(Debug)]
pub enum InputError {
    /// There is no such file or folder.
    NotFound {
        /// The name as it was given.
        name: String,
        /// The folder on the way that is missing, where it is not the last part.
        folder: Option<String>,
        /// A name nearby that may have been meant.
        near: Option<String>,
    },
    /// No input was named, and there is no config from here upwards.
    NoConfig {
        /// The folder where the search began.
        folder: String,
        /// A file there that may have been meant.
        near: Option<String>,
    },
    /// The system does not let us read it.
    Unreadable {
        /// The name as it was given, or as it was found.
        name: String,
        /// What the system said.
        cause: io::Error,
    },
    /// A folder with no YAML below it.
    NothingInFolder(String),
    /// A symbolic link that leads to a folder it stands in.
    Loop(String),
    /// A file outside the only folder that may be read.
    Outside(String),
    /// A device, pipe or socket.
    NotAFile(String),
    /// A file where a folder is wanted.
    NotAFolder(String),
    /// Standard input was named twice.
    StdinTwice,
    /// A file of more than 2 GiB.
    TooLarge(String),
    /// One operand where two are wanted.
    OneOperand(String),
    /// A git revision cannot be read.
    Git(GitError),
}

impl From<GitError> for InputError {
    fn from(error: GitError) -> Self {
        InputError::Git(error)
    }
}

impl InputError {
    /// What is wrong, in one line.
    pub fn headline(&self) -> String {
        match self {
            InputError::NotFound {
                name, folder: None, ..
            } => {
                format!("cannot read `{name}`: there is no such file or folder")
            }
            InputError::NotFound {
                name,
                folder: Some(folder),
                ..
            } => {
                format!("cannot read `{name}`: there is no folder `{folder}`")
            }
            InputError::NoConfig { folder, .. } => format!(
                "no input: there is no `{}` in `{folder}` or a folder above it",
                super::file_set::CONFIG_NAME
            ),
            InputError::Unreadable { name, cause } => {
                format!("cannot read `{name}`: {}", reason(cause))
            }
            InputError::NothingInFolder(name) => {
                format!("there is no `.yaml`, `.yml` or `.json` file in the folder `{name}`")
            }
            InputError::Loop(name) => {
                format!("cannot read `{name}`: it is a symbolic link in a loop")
            }
            InputError::Outside(name) => {
                format!("cannot read `{name}`: it is outside the folder of the app")
            }
            InputError::NotAFolder(name) => {
                format!("cannot read `{name}`: it is not a folder")
            }
            InputError::NotAFile(name) => {
                format!("cannot read `{name}`: it is a device, pipe or socket, not a file")
            }
            InputError::StdinTwice => "standard input is named twice".to_owned(),
            InputError::TooLarge(name) => {
                format!("cannot read `{name}`: it is larger than 2 GiB")
            }
            InputError::OneOperand(name) => {
                format!("`{name}` has nothing to be compared with")
            }
            InputError::Git(error) => error.headline(),
        }
    }

    /// What to do, as a sentence.
    pub fn help(&self) -> String {
        let fixed = match self {
            InputError::NotFound {
                near: Some(near), ..
            } => {
                return format!("Did you mean `{near}`?");
            }
            InputError::NoConfig {
                near: Some(near), ..
            } => {
                return format!("Did you mean `-f {near}`?");
            }
            InputError::NotFound { .. } => "Check the name.",
            InputError::Unreadable { cause, .. }
                if cause.kind() == io::ErrorKind::NotADirectory =>
            {
                "Check the name."
            }
            InputError::NoConfig { .. } => {
                "Name one with `-f`; `gatewright explain` shows how a config begins."
            }
            InputError::Unreadable { .. } => "Make it readable, or leave it out.",
            InputError::NothingInFolder(_) => {
                "Name another folder, or a file outright if it has another ending; hidden files \
                 are skipped."
            }
            InputError::Loop(_) => "Remove the link.",
            InputError::Outside(_) => "Move it into that folder, and name it from there.",
            InputError::NotAFile(_) => "Name a file, a folder, or `-` for standard input.",
            InputError::NotAFolder(_) => "Name the folder that holds them.",
            InputError::StdinTwice => "It can be read only once; leave one out.",
            InputError::TooLarge(_) => "Split it into several files.",
            InputError::OneOperand(name) => {
                return format!(
                    "Name two operands, or a git revision alone: `gatewright diff HEAD {name}` \
                     compares with what is committed."
                );
            }
            InputError::Git(error) => return error.help(),
        };
        fixed.to_owned()
    }

    /// The same, where names are written as seen from a folder: a name that may have been meant is
    /// offered as it has to be written there.
    #[must_use]
    pub(super) fn seen_from(mut self, folder: &str) -> Self {
        if let InputError::NotFound {
            near: Some(near), ..
        } = &mut self
            && let Some(rest) = near.strip_prefix(folder)
            && let Some(rest) = rest.strip_prefix('/')
        {
            *near = rest.to_owned();
        }
        self
    }

    /// The error as a mistake at the place where a config names the file.
    pub fn diagnostic(&self, place: impl Into<Place>) -> Diagnostic {
        Diagnostic::error("unreadable-file", self.headline(), place).help(self.help())
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.headline(), self.help())
    }
}

impl std::error::Error for InputError {}
