//! Git repositories of a test's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::program::{Program, Said, binary, gatewright};

/// What git needs to know, and no config of the machine.
const ENVIRONMENT: [(&str, &str); 7] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("GIT_AUTHOR_NAME", "author"),
    ("GIT_AUTHOR_EMAIL", "author@example.com"),
    ("GIT_COMMITTER_NAME", "author"),
    ("GIT_COMMITTER_EMAIL", "author@example.com"),
    // Tests clone from folders and take submodules from them.
    ("GIT_ALLOW_PROTOCOL", "file"),
];

/// A repository with its work tree.
pub(crate) struct Repository {
    folder: TempDir,
}

impl Repository {
    /// An empty repository, whose branch is `main`.
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// The same, with more flags for `git init`.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let repository = Repository {
            folder: tempfile::tempdir().unwrap(),
        };
        repository.git(&[&["init", "--quiet", "--initial-branch", "main"], flags].concat());
        repository
    }

    /// The root of the work tree.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A path in it.
    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Runs git, which must succeed.
    pub(crate) fn git(&self, words: &[&str]) -> String {
        let output = self.try_git(words);
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {words:?}: {err}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs git.
    pub(crate) fn try_git(&self, words: &[&str]) -> Output {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("GIT_")) {
                command.env_remove(name);
            }
        }
        command
            .args(words)
            .current_dir(self.path())
            .envs(ENVIRONMENT);
        command.output().unwrap()
    }

    /// Commits all that is there.
    pub(crate) fn commit(&self) -> &Self {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
        self
    }

    /// The program at the root of the work tree.
    pub(crate) fn gatewright(&self, words: &[&str]) -> Program {
        let run = gatewright(words).within(self.path());
        ENVIRONMENT[..2]
            .iter()
            .fold(run, |run, (name, value)| run.env(name, value))
    }

    /// What `gatewright diff` says at the root of the work tree.
    pub(crate) fn diff(&self, words: &[&str]) -> Said {
        self.gatewright(&[&["diff"], words].concat()).said()
    }

    /// The exit code of `gatewright diff`, where it must not be in trouble.
    pub(crate) fn differs(&self, words: &[&str]) -> bool {
        let said = self.diff(words);
        assert!(said.code < 2, "diff {words:?}: {}", said.err);
        said.code == 1
    }

    /// `git diff` with `gatewright diff` in the place of git's own.
    pub(crate) fn git_diff(&self, flags: &str, words: &[&str]) -> Output {
        let external = format!("diff.external={} diff {flags}", binary().display());
        self.try_git(&[&["-c", &external, "diff"], words].concat())
    }
}

/// An object with one value.
pub(crate) fn config_map(name: &str, value: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n  namespace: default\ndata:\n  \
         key: {value}\n"
    )
}
