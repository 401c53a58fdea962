//! Why a text is no list that a function could take.

use std::fmt;

/// Why a text is no list that a function could take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListFault {
    /// The text is not good YAML.
    Yaml {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// The text holds this many documents, not one.
    Documents(usize),
    /// The document is not a list for functions; what it is.
    NotAList(String),
    /// A field is not what it has to be.
    Field {
        /// The field.
        field: String,
        /// What it has to be.
        expected: &'static str,
    },
}

impl fmt::Display for ListFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ListFault::Yaml { line, column, what } => {
                write!(
                    f,
                    "standard input is not good YAML, at {line}:{column}: {what}"
                )
            }
            ListFault::Documents(0) => f.write_str("standard input is empty"),
            ListFault::Documents(count) => write!(
                f,
                "standard input holds {count} documents where one ResourceList should be"
            ),
            ListFault::NotAList(found) => {
                write!(
                    f,
                    "standard input holds {found} where a ResourceList should be"
                )
            }
            ListFault::Field { field, expected } => {
                write!(f, "`{field}` of the ResourceList is not {expected}")
            }
        }
    }
}

impl std::error::Error for ListFault {}
