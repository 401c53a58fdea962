//! Why a command could not be done.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::config::UnknownField;
use crate::input::{InputError, ParameterFault, reason};
use crate::kube::krm::ListFault;
use crate::pipeline::OriginError;
use crate::sinks::SinkError;
use crate::source::TooMuchText;

/// Why a command could not be done: exit code 2.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something could not be read.
    Input(InputError),
    /// The texts are too large.
    Text(TooMuchText),
    /// Something could not be written.
    Sink(SinkError),
    /// Standard output cannot be written.
    Stdout(io::Error),
    /// It cannot be told where something comes from.
    Origin(OriginError),
    /// Standard output is taken by something else.
    MapOnStdout,
    /// The map would take the place of a file that was read, which has this path.
    MapOverInput(PathBuf),
    /// Standard input is no list for a function.
    List(ListFault),
    /// A parameter of another tool is wrong.
    Parameter(ParameterFault),
    /// A comparison has no answer, for reasons that were told.
    Incomparable(String),
    /// This many operands were named where two are compared.
    Operands(usize),
    /// There is no such field to explain.
    Field(UnknownField),
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Failure::Input(error)
    }
}

impl From<TooMuchText> for Failure {
    fn from(error: TooMuchText) -> Self {
        Failure::Text(error)
    }
}

impl From<SinkError> for Failure {
    fn from(error: SinkError) -> Self {
        Failure::Sink(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Input(error) => write!(f, "{}\n  help: {}", error.headline(), error.help()),
            Failure::Text(error) => {
                write!(
                    f,
                    "{error}\n  help: Render them in several runs, a config each."
                )
            }
            Failure::Sink(error) => error.fmt(f),
            Failure::Origin(error) => error.fmt(f),
            Failure::MapOnStdout => f.write_str(
                "the map cannot go to standard output, where the objects or differences go\n  \
                 help: Name a file, or write the objects into a folder with `-o`.",
            ),
            Failure::MapOverInput(path) => write!(
                f,
                "`{}` is an input, and the map would replace it\n  help: Name another file.",
                path.display()
            ),
            Failure::Stdout(error) => {
                write!(f, "cannot write to standard output: {}", reason(error))
            }
            Failure::List(fault) => write!(
                f,
                "{fault}\n  help: Run it by kustomize or kpt, or give a list of kind `ResourceList`."
            ),
            Failure::Parameter(fault) => write!(f, "{fault}\n  help: {}", fault.help()),
            Failure::Incomparable(counts) => write!(
                f,
                "cannot compare: {counts}\n  help: Correct what is shown above, and compare again."
            ),
            Failure::Operands(count) => write!(
                f,
                "{count} operands were named where two are compared\n  help: Name the state before \
                 and the state after; `gatewright diff --help` says what they may be."
            ),
            Failure::Field(error) => {
                error.fmt(f)?;
                match &error.help {
                    Some(help) => write!(f, "\n  help: {help}"),
                    None => Ok(()),
                }
            }
        }
    }
}
