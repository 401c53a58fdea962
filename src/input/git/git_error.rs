//! Why a revision could not be read.

use std::io;

use crate::input::reason;

/// Why a revision could not be read.
#[derive(Debug)]
pub enum GitError {
    /// The program did not start.
    NotRun(io::Error),
    /// The working folder is in no repository.
    NoRepository,
    /// Git failed, and said so in these words.
    Failed(String),
    /// There is no revision of this name.
    UnknownRevision {
        /// The name as it was given.
        name: String,
        /// A branch or tag that may have been meant.
        near: Option<String>,
        /// Whether older commits are missing here.
        shallow: bool,
    },
    /// `a..b`, which names two revisions.
    Range {
        /// What stands before the dots.
        from: String,
        /// What stands after them.
        to: String,
        /// Whether there were three dots.
        since_fork: bool,
    },
    /// A revision does not hold this path.
    NotInRevision {
        /// The revision.
        revision: String,
        /// The path, from the root of the repository.
        path: String,
        /// A path that may have been meant.
        near: Option<String>,
    },
    /// A path of a revision is a repository of its own.
    Submodule(String),
    /// A symbolic link of a revision leads out of the repository, or to nothing.
    Link(String),
    /// The content of a file is not in this clone.
    MissingObject(String),
    /// A path of the work tree is not in the repository.
    Outside(String),
    /// A repository without a work tree was to give its work tree.
    NoWorkTree,
}

impl GitError {
    /// The failure that git told in these words.
    pub(super) fn said(stderr: &[u8]) -> Self {
        let text = String::from_utf8_lossy(stderr);
        if text.contains("not a git repository") {
            return GitError::NoRepository;
        }
        let lines = text.lines().filter(|line| !line.starts_with("hint:"));
        let told: Vec<_> = lines
            .map(|line| line.trim_start_matches("fatal: "))
            .collect();
        GitError::Failed(told.join("\n").trim().to_owned())
    }

    /// What is wrong, in one line.
    pub fn headline(&self) -> String {
        match self {
            GitError::NotRun(cause) if cause.kind() == io::ErrorKind::NotFound => {
                "cannot read a git revision: there is no program `git`".to_owned()
            }
            GitError::NotRun(cause) => format!("cannot run `git`: {}", reason(cause)),
            GitError::NoRepository => {
                "cannot read a git revision: this folder is in no git repository".to_owned()
            }
            GitError::Failed(said) => format!("git failed: {said}"),
            GitError::UnknownRevision { name, .. } if name.is_empty() => {
                "no revision stands before the `:`".to_owned()
            }
            GitError::UnknownRevision { name, .. } => {
                format!("cannot read `{name}`: there is no such file, folder or git revision")
            }
            GitError::Range {
                from,
                to,
                since_fork,
            } => {
                let dots = if *since_fork { "..." } else { ".." };
                format!("`{from}{dots}{to}` names two revisions where one is wanted")
            }
            GitError::NotInRevision { revision, path, .. } => {
                format!(
                    "cannot read `{revision}:{path}`: the revision holds no such file or folder"
                )
            }
            GitError::Submodule(name) => {
                format!("cannot read `{name}`: it is a submodule")
            }
            GitError::Link(name) => {
                format!("cannot read `{name}`: it is a symbolic link to nothing in the repository")
            }
            GitError::MissingObject(name) => {
                format!("cannot read `{name}`: its content is not in this clone")
            }
            GitError::Outside(path) => {
                format!("`{path}` is not in the repository, so a revision has no such path")
            }
            GitError::NoWorkTree => "the repository is bare: there is no work tree".to_owned(),
        }
    }

    /// What to do, as a sentence.
    pub fn help(&self) -> String {
        let fixed = match self {
            GitError::UnknownRevision {
                near: Some(near), ..
            } => return format!("Did you mean the revision `{near}`?"),
            GitError::NotInRevision {
                revision,
                near: Some(near),
                ..
            } => return format!("Did you mean `{revision}:{near}`?"),
            GitError::Range {
                from,
                to,
                since_fork,
            } => {
                let or_head = |name: &str| {
                    if name.is_empty() {
                        "HEAD".to_owned()
                    } else {
                        name.to_owned()
                    }
                };
                let (from, to) = (or_head(from), or_head(to));
                return if *since_fork {
                    format!("Write `gatewright diff $(git merge-base {from} {to}) {to}`.")
                } else {
                    format!("Write `gatewright diff {from} {to}`.")
                };
            }
            GitError::NotRun(_) => "Install git, or name files and folders.",
            GitError::NoRepository => "Go into the repository, or name files and folders.",
            GitError::Failed(_) => "See what `git status` says here.",
            GitError::UnknownRevision { name, .. } if name.is_empty() => {
                "Write `HEAD:PATH` for what is committed; the index is not read."
            }
            GitError::UnknownRevision { shallow: true, .. } => {
                "The clone is shallow and lacks older commits: fetch them by `git fetch \
                 --unshallow`, or the branch by `git fetch origin BRANCH:BRANCH`."
            }
            GitError::UnknownRevision { .. } => {
                "Check the name; `git branch --all` lists the branches."
            }
            GitError::NotInRevision { .. } => {
                "Check the path, which begins at the root of the repository; `REV:./PATH` begins \
                 at the working folder."
            }
            GitError::Submodule(_) => {
                "Run in the folder of the submodule, where its revisions are."
            }
            GitError::Link(_) => "Remove the link, or name the file.",
            GitError::MissingObject(_) => {
                "The clone is shallow or partial, and nothing is fetched unasked: run `git fetch \
                 --refetch`, or clone it whole."
            }
            GitError::Outside(_) => "Write the path of the revision too, as in `main:rendered`.",
            GitError::NoWorkTree => "Name both operands.",
        };
        fixed.to_owned()
    }
}
