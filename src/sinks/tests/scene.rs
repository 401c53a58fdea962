//! Sets to write, and what is there afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::sinks::{Folder, Output, OutputFile, RelativePath, SinkError, TargetFiles};

/// A set of one target without a name.
pub(in crate::sinks) fn output(files: &[(&str, &str)]) -> Output {
    targets(&[("", files)])
}

pub(super) fn targets(targets: &[(&str, &[(&str, &str)])]) -> Output {
    let targets = targets.iter().map(|(target, files)| {
        let files = files.iter().map(|(path, text)| OutputFile {
            path: RelativePath::parse(*path).unwrap(),
            text: (*text).into(),
            about: String::new(),
            also: Vec::new(),
            objects: true,
        });
        TargetFiles {
            target: (*target).to_owned(),
            folder: RelativePath::parse(*target).ok(),
            files: files.collect(),
        }
    });
    Output::new("edge", targets.collect()).unwrap()
}

/// The files below a folder, with all that they hold.
pub(super) type Contents = BTreeMap<String, String>;

pub(super) fn contents(root: &Path) -> Contents {
    let entries = walkdir::WalkDir::new(root).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    let read = files.map(|entry| {
        let path = entry.path().strip_prefix(root).unwrap();
        let content = fs::read_to_string(entry.path()).unwrap();
        (path.display().to_string(), content)
    });
    read.collect()
}

/// Every file and folder below a folder, with its content.
pub(super) fn tree(root: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name();
    let shown = entries.into_iter().map(|entry| {
        let entry = entry.unwrap();
        let path = entry
            .path()
            .strip_prefix(root)
            .unwrap()
            .display()
            .to_string();
        if !entry.file_type().is_file() {
            return path;
        }
        let content = fs::read_to_string(entry.path()).unwrap();
        format!(
            "{path}: {}",
            content.split_once('\n').map_or("", |(_, rest)| rest)
        )
    });
    shown.collect()
}

pub(super) fn refusals(folder: &Folder, output: &Output) -> String {
    match folder.write(output).unwrap_err() {
        error @ SinkError::Refused(_) => error.to_string(),
        other => panic!("{other:?}"),
    }
}
