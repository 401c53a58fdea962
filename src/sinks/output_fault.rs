//! Why files cannot stand beside each other.

use std::fmt;

use super::relative_path::PathFault;

/// Why files are no set that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputFault {
    /// A name of a config or target that a header cannot carry.
    Name(String),
    /// A file whose kind has no known comment, so that it could not say whose it is.
    NoComment(String),
    /// A name that no file can have.
    Path(PathFault),
    /// Two files on one path.
    SamePath {
        /// The path.
        path: String,
        /// What the one file is.
        first: String,
        /// What the other is.
        second: String,
    },
    /// Two paths which are one on systems that fold case.
    OnlyCase {
        /// The one path.
        first: String,
        /// The other.
        second: String,
    },
    /// A file where another needs a folder.
    FileAndFolder {
        /// The file.
        file: String,
        /// The file that needs a folder there.
        below: String,
    },
}

impl fmt::Display for OutputFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OutputFault::Path(fault) => fault.fmt(f),
            OutputFault::Name(name) => write!(
                f,
                "the name {name:?} cannot stand in the first line of a file; use letters, digits, \
                 `-`, `.` and `_`"
            ),
            OutputFault::NoComment(path) => write!(
                f,
                "cannot write `{path}`: it needs a first line that says it is generated, which \
                 only `.yaml`, `.yml` and `.md` files can hold; choose a name with one of these \
                 endings"
            ),
            OutputFault::SamePath {
                path,
                first,
                second,
            } => write!(
                f,
                "two files have the path `{path}`: {first} and {second}; rename one of them, or \
                 choose a layout that keeps them apart"
            ),
            OutputFault::OnlyCase { first, second } => write!(
                f,
                "`{first}` and `{second}` differ only in upper and lower case, so they are one \
                 path on some systems; rename one of them"
            ),
            OutputFault::FileAndFolder { file, below } => write!(
                f,
                "`{file}` would be a file, but `{below}` needs a folder there; rename one of them"
            ),
        }
    }
}

impl std::error::Error for OutputFault {}
