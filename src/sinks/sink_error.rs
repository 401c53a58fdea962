//! Why a set could not be written.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::output_fault::OutputFault;
use super::refusal::Refusal;
use crate::input::reason;

/// How many paths a message lists before it only counts them.
const LISTED: usize = 20;

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

/// How far writing a set came before it failed.
#[derive(Debug)]
pub struct Interrupted {
    /// The path below the output folder at which it failed.
    pub path: String,
    /// What the system said.
    pub cause: io::Error,
    /// The files that were written, each of them whole.
    pub written: Vec<String>,
    /// The files that should have been written and are as they were before.
    pub unwritten: Vec<String>,
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
                "another gatewright is writing into `{}`; nothing was written; try again when it \
                 is done",
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

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write `{}`: {}", self.path, reason(&self.cause))?;
        let all = self.written.len() + self.unwritten.len();
        if self.written.is_empty() {
            let files = if all == 1 { "file" } else { "files" };
            return write!(
                f,
                "; nothing was written ({all} {files} to write); put this right and run it again"
            );
        }
        write!(
            f,
            "; {} of {all} files were written and the rest are as before; put this right and run \
             it again to complete the set",
            self.written.len()
        )?;
        list(f, "written", &self.written)?;
        list(f, "not written", &self.unwritten)
    }
}

fn list(f: &mut fmt::Formatter<'_>, title: &str, paths: &[String]) -> fmt::Result {
    write!(f, "\n  {title}:")?;
    for path in paths.iter().take(LISTED) {
        write!(f, "\n    {path}")?;
    }
    and_more(f, paths.len())
}

fn and_more(f: &mut fmt::Formatter<'_>, count: usize) -> fmt::Result {
    match count.saturating_sub(LISTED) {
        0 => Ok(()),
        more => write!(f, "\n    and {more} more"),
    }
}

impl std::error::Error for SinkError {}
