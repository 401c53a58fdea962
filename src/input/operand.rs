//! One of the two things that are compared.

use std::path::Path;
use std::sync::Arc;

use super::file_set::STDIN;
use super::git::{RevPath, Revision};
use super::input_error::InputError;

/// How the files of an operand are to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As what is in them tells.
    AsFound,
    /// As a config, which is rendered.
    Config,
    /// As manifests, which are compared as they are.
    Manifests,
}

/// Where the files of an operand are.
#[derive(Clone, Debug)]
pub enum Whence {
    /// On standard input.
    Stdin,
    /// A file or folder on disk, from the working folder.
    Disk(String),
    /// A path of a git revision, from the root of the repository.
    Revision(Arc<Revision>, String),
    /// A path of the work tree, from the root of the repository, as git sees it: without what is
    /// ignored.
    WorkTree(String),
}

/// One of the two things that are compared.
#[derive(Clone, Debug)]
pub struct Operand {
    /// How its files are to be taken.
    pub way: Way,
    /// Where they are.
    pub whence: Whence,
    /// Whether it may be absent: its path was not written, but taken from the other operand.
    pub may_lack: bool,
}

/// An operand as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Stdin,
    Disk(String),
    Revision(RevPath),
}

/// Takes an operand apart: `-`, then a prefix that says the way, then a path that exists or can be
/// nothing else, and what remains is a git revision.
pub(super) fn written(text: &str, working: &Path) -> Result<(Way, Written), InputError> {
    let (way, rest) = [("config:", Way::Config), ("manifests:", Way::Manifests)]
        .into_iter()
        .find_map(|(prefix, way)| Some((way, text.strip_prefix(prefix)?)))
        .unwrap_or((Way::AsFound, text));
    let what = match rest.strip_prefix("git:") {
        Some(revision) => Written::Revision(RevPath::parse(revision)?),
        None if rest == "-" => Written::Stdin,
        // In a bare repository they are files as well.
        None if HEADS.contains(&rest) => Written::Revision(RevPath::parse(rest)?),
        None if can_only_be_a_path(rest) || working.join(rest).symlink_metadata().is_ok() => {
            Written::Disk(rest.to_owned())
        }
        None => Written::Revision(RevPath::parse(rest)?),
    };
    Ok((way, what))
}

/// What git calls revisions wherever it runs.
const HEADS: [&str; 4] = ["HEAD", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD"];

fn can_only_be_a_path(text: &str) -> bool {
    let starts = ["/", "./", "../", "~"];
    matches!(text, "" | "." | "..") || starts.iter().any(|start| text.starts_with(start))
}

impl Operand {
    /// What a person calls it.
    pub fn name(&self) -> String {
        match &self.whence {
            Whence::Stdin => STDIN.to_owned(),
            Whence::Revision(revision, path) if path.is_empty() => revision.name().to_owned(),
            Whence::Revision(revision, path) => revision.shown(path),
            Whence::WorkTree(path) if path.is_empty() => "the work tree".to_owned(),
            Whence::Disk(path) | Whence::WorkTree(path) => path.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["rendered", "main", "odd:name"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let disk = |path: &str| Written::Disk(path.to_owned());
        let revision = |text: &str| Written::Revision(RevPath::parse(text).unwrap());
        for (text, way, what) in [
            ("-", Way::AsFound, Written::Stdin),
            ("config:-", Way::Config, Written::Stdin),
            ("rendered", Way::AsFound, disk("rendered")),
            ("odd:name", Way::AsFound, disk("odd:name")),
            ("main", Way::AsFound, disk("main")),
            ("git:main", Way::AsFound, revision("main")),
            ("manifests:git:main:a", Way::Manifests, revision("main:a")),
            ("HEAD:a", Way::AsFound, revision("HEAD:a")),
            ("./gone", Way::AsFound, disk("./gone")),
            ("config:rendered", Way::Config, disk("rendered")),
            ("", Way::AsFound, disk("")),
        ] {
            assert_eq!(written(text, folder.path()).unwrap(), (way, what), "{text}");
        }
        assert!(written("main..HEAD", folder.path()).is_err());
    }
}
