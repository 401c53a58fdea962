//! Runs `git`.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::git_error::GitError;

/// The `git` program, run from a working folder.
#[derive(Clone, Debug)]
pub(super) struct Program {
    working: PathBuf,
}

impl Program {
    /// Git as seen from this folder. `GIT_DIR` and its kin mean what they always mean.
    pub(super) fn new(working: &Path) -> Self {
        Program {
            working: working.to_owned(),
        }
    }

    /// A run to be, with nothing in its way that the machine's or the repository's config asks for.
    pub(super) fn command<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, words: I) -> Command {
        let mut command = Command::new("git");
        command
            .current_dir(&self.working)
            // A file system monitor is a program that the repository's config may name.
            .args(["--no-pager", "-c", "core.fsmonitor=false"])
            .args(words)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_LITERAL_PATHSPECS", "1")
            // A partial clone would fetch what it lacks; older gits know only the second.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .env_remove("LANGUAGE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    pub(super) fn output(&self, words: &[&str]) -> Result<Output, GitError> {
        self.command(words).output().map_err(not_run)
    }

    /// What it writes; an error where it fails.
    pub(super) fn read(&self, words: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = self.output(words)?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(GitError::said(&output.stderr))
        }
    }
}

/// Why the program did not start.
pub(super) fn not_run(cause: io::Error) -> GitError {
    GitError::NotRun(cause)
}
