//! Why a set could not be written.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::interrupted::{Interrupted, LISTED, and_more};
use super::output_fault::OutputFault;
use super::refusal::Refusal;
use crate::input::reason;

/// Why a set could not be written. Each is a matter of the machine, so the exit code is 2.
#[derive(Debug)]
pub enum SinkError {
    /// The files cannot stand beside each other.
    Output(OutputFault),
    /// Things stand in the way; nothing was touched.
    Refused(Vec<Refusal>),
    /// Another process is writing into the folder.
    Locked(PathBuf),
    /// The output folder could not be made.
    NoFolder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Writing failed on the way.
    Interrupted(Box<Interrupted>),
    /// A file beside the folder could not be written.
    File {
        /// Its path.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Standard output could not be written.
    Stdout(io::Error),
}

impl From<OutputFault> for SinkError {
    fn from(fault: OutputFault) -> Self {
        SinkError::Output(fault)
    }
}

impl fmt::Display for SinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SinkError::Output(fault) => fault.fmt(f),
            SinkError::Refused(refusals) => {
                f.write_str("nothing was written, because of what stands in the way")?;
                for refusal in refusals.iter().take(LISTED) {
                    write!(f, "\n  {refusal}")?;
                }
                and_more(f, refusals.len())
            }
            SinkError::File { path, cause } => {
                write!(f, "cannot write `{}`: {}", path.display(), reason(cause))
            }
            SinkError::Locked(folder) => write!(
                f,
                "another gatewright is at work on `{}`; nothing was done; try again when it is \
                 done",
                folder.display()
            ),
            SinkError::NoFolder { folder, cause } => write!(
                f,
                "cannot make the output folder `{}`: {}; nothing was written; make it yourself, \
                 or name another one",
                folder.display(),
                reason(cause)
            ),
            SinkError::Interrupted(interrupted) => interrupted.fmt(f),
            SinkError::Stdout(cause) => {
                write!(f, "cannot write to standard output: {}", reason(cause))
            }
        }
    }
}

impl std::error::Error for SinkError {}
