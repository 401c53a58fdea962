//! Runs the built program.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A run of the program to be.
pub(crate) struct Program {
    command: Command,
    input: Option<String>,
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The built binary.
pub(crate) fn binary() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_gatewright"))
}

/// A run with these words after the program's name, in the repository, with an environment that
/// says nothing of colours, of the program or of git.
pub(crate) fn gatewright(words: &[&str]) -> Program {
    let mut command = Command::new(binary());
    command.args(words).current_dir(repository());
    let ours = |name: &str| {
        let starts = ["GATEWRIGHT_", "CLICOLOR", "GIT_", "KUBECTL_"];
        starts.iter().any(|start| name.starts_with(start))
    };
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| ours(name) || name == "NO_COLOR")
        {
            command.env_remove(name);
        }
    }
    Program {
        command,
        input: None,
    }
}

impl Program {
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    pub(crate) fn stdout(mut self, to: impl Into<Stdio>) -> Self {
        self.command.stdout(to);
        self
    }

    /// Runs it to its end.
    pub(crate) fn run(mut self) -> Said {
        let has_stdout = self.command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = has_stdout.spawn().unwrap();
        // Who reads nothing closes the pipe, which is no matter here.
        let _ = child
            .stdin
            .take()
            .unwrap()
            .write_all(self.input.unwrap_or_default().as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Runs it to its end and takes up what it writes to standard output.
    pub(crate) fn said(self) -> Said {
        self.stdout(Stdio::piped()).run()
    }
}
