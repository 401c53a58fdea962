//! What every sink takes: the whole set of files.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::header::{CommentStyle, Header};
use super::output_fault::OutputFault;
use super::relative_path::RelativePath;

/// One file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Where, below the folder of its target.
    pub path: RelativePath,
    /// The whole text after the header, which the sink adds.
    pub text: Arc<str>,
    /// What it is, for messages: `HTTPRoute httpbin/httpbin`.
    pub about: String,
    /// What else is in it, where objects share a file.
    pub also: Vec<String>,
    /// Whether it holds objects, which may go to standard output; patches, installer files and
    /// pages may not.
    pub objects: bool,
}

/// The files of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetFiles {
    /// The name of the target, such as `prod/eu`; empty where the config has only one.
    pub target: String,
    /// The folder of the target below the output folder; `None` is the output folder itself.
    pub folder: Option<RelativePath>,
    /// Its files, in the order in which they go to standard output.
    pub files: Vec<OutputFile>,
}

/// The whole set of files of a run, which is known to be writable as far as names go.
///
/// It is the whole set on purpose: what a sink finds of the same config and targets beyond it is
/// stale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    owner: String,
    targets: Vec<TargetFiles>,
    inputs: BTreeSet<PathBuf>,
}

/// A file of the set with its path below the output folder.
#[derive(Clone, Debug)]
pub struct PlacedFile<'a> {
    /// The path below the output folder.
    pub path: String,
    /// The target that it belongs to.
    pub target: &'a str,
    /// How a comment is written in it.
    pub style: CommentStyle,
    /// The file.
    pub file: &'a OutputFile,
}

impl PlacedFile<'_> {
    /// What a message calls it.
    fn title(&self) -> String {
        let about = &self.file.about;
        match self.file.also.len() {
            _ if about.is_empty() => format!("`{}`", self.path),
            0 => about.clone(),
            1 => format!("{about} and another object"),
            more => format!("{about} and {more} other objects"),
        }
    }
}

impl Output {
    /// The files that the config of this name gives, if they can stand beside each other.
    pub fn new(owner: impl Into<String>, targets: Vec<TargetFiles>) -> Result<Self, OutputFault> {
        let output = Output {
            owner: owner.into(),
            targets,
            inputs: BTreeSet::new(),
        };
        output.verify()?;
        Ok(output)
    }

    /// The same set, which was made from these files, by their real paths. A sink neither replaces
    /// nor removes them, whatever they say of themselves.
    #[must_use]
    pub fn made_from(mut self, inputs: impl IntoIterator<Item = PathBuf>) -> Self {
        self.inputs.extend(inputs);
        self
    }

    /// Whether the set was made from the file of this real path.
    pub(super) fn is_made_from(&self, path: &Path) -> bool {
        self.inputs.contains(path)
    }

    /// The name of the config.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The targets, in the given order.
    pub fn targets(&self) -> &[TargetFiles] {
        &self.targets
    }

    /// All files, sorted by path.
    pub fn files(&self) -> Vec<PlacedFile<'_>> {
        let mut files: Vec<_> = self.targets.iter().flat_map(placed).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    fn verify(&self) -> Result<(), OutputFault> {
        let owner = Some(&self.owner).filter(|name| name.is_empty() || !Header::can_name(name));
        let target = || {
            self.targets
                .iter()
                .map(|t| &t.target)
                .find(|t| !Header::can_name(t))
        };
        if let Some(name) = owner.or_else(target) {
            return Err(OutputFault::Name(name.clone()));
        }
        let all = self.targets.iter().flat_map(|t| t.files.iter());
        if let Some(file) = all
            .into_iter()
            .find(|f| CommentStyle::of(f.path.as_str()).is_none())
        {
            return Err(OutputFault::NoComment(file.path.to_string()));
        }
        let files = self.files();
        let mut taken: BTreeMap<Cow<'_, str>, &PlacedFile<'_>> = BTreeMap::new();
        // The folders, by their path without case; each with its real path and a file below it.
        let mut folders: BTreeMap<Cow<'_, str>, (&str, &str)> = BTreeMap::new();
        for placed in &files {
            let lower = lower_case(&placed.path);
            if let Some(other) = taken.get(&lower) {
                return Err(clash(other, placed));
            }
            taken.insert(lower, placed);
            for (end, _) in placed.path.match_indices('/') {
                let folder = &placed.path[..end];
                let entry = folders
                    .entry(lower_case(folder))
                    .or_insert((folder, &placed.path));
                if entry.0 != folder {
                    let (first, second) = (entry.1.to_owned(), placed.path.clone());
                    return Err(OutputFault::OnlyCase { first, second });
                }
            }
        }
        for (lower, placed) in &taken {
            if let Some((_, below)) = folders.get(lower) {
                let (file, below) = (placed.path.clone(), (*below).to_owned());
                return Err(OutputFault::FileAndFolder { file, below });
            }
        }
        Ok(())
    }
}

/// A path in lower case, which most paths are in.
fn lower_case(path: &str) -> Cow<'_, str> {
    if path
        .bytes()
        .any(|b| b.is_ascii_uppercase() || !b.is_ascii())
    {
        Cow::Owned(path.to_lowercase())
    } else {
        Cow::Borrowed(path)
    }
}

fn placed(target: &TargetFiles) -> impl Iterator<Item = PlacedFile<'_>> {
    target.files.iter().map(move |file| {
        let path = match &target.folder {
            Some(folder) => format!("{folder}/{}", file.path),
            None => file.path.to_string(),
        };
        let style = CommentStyle::of(&path).unwrap_or(CommentStyle::Hash);
        PlacedFile {
            path,
            target: &target.target,
            style,
            file,
        }
    })
}

fn clash(first: &PlacedFile<'_>, second: &PlacedFile<'_>) -> OutputFault {
    if first.path == second.path {
        let path = first.path.clone();
        return OutputFault::SamePath {
            path,
            first: first.title(),
            second: second.title(),
        };
    }
    OutputFault::OnlyCase {
        first: first.path.clone(),
        second: second.path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(paths: &[&str]) -> String {
        let files = paths.iter().enumerate().map(|(index, path)| OutputFile {
            path: RelativePath::parse(*path).unwrap(),
            text: "".into(),
            about: format!("Kind {index}"),
            also: Vec::new(),
            objects: true,
        });
        let target = TargetFiles {
            target: String::new(),
            folder: None,
            files: files.collect(),
        };
        Output::new("edge", vec![target]).unwrap_err().to_string()
    }

    #[test]
    fn files_that_cannot_stand_beside_each_other_are_refused() {
        for (paths, said) in [
            (
                ["a/x.yaml", "a/x.yaml"],
                "two files have the path `a/x.yaml`: Kind 0 and Kind 1; rename one of them, or \
                 choose a layout that keeps them apart",
            ),
            (
                ["a/x.yaml", "a/X.yaml"],
                "`a/X.yaml` and `a/x.yaml` differ only in upper and lower \
                 case, so they are one path on some systems; rename one of them",
            ),
            (
                ["a/x.yaml", "A/y.yaml"],
                "`A/y.yaml` and `a/x.yaml` differ only in upper and lower \
                 case, so they are one path on some systems; rename one of them",
            ),
            (
                ["a.yaml/x.yaml", "A.yaml"],
                "`A.yaml` would be a file, but `a.yaml/x.yaml` needs a \
                 folder there; rename one of them",
            ),
        ] {
            assert_eq!(refused(&paths), said);
        }
        assert!(refused(&["a.json"]).starts_with("cannot write `a.json`: it needs a first line"));
    }

    #[test]
    fn names_must_fit_into_the_header() {
        assert!(Output::new("", Vec::new()).is_err());
        assert!(Output::new("a b", Vec::new()).is_err());
        let bad = TargetFiles {
            target: "a\nb".into(),
            folder: None,
            files: Vec::new(),
        };
        assert_eq!(
            Output::new("a", vec![bad]),
            Err(OutputFault::Name("a\nb".into()))
        );
    }
}
