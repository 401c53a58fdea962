//! What holds for every comparison.

mod apply;
mod examples;
mod laws;
mod samples;

use super::{Diff, Differences, Options, Side, SideFile, compare};

/// A side of one file for each text.
pub(super) fn side(name: &str, texts: &[impl AsRef<str>]) -> Side {
    let file = |(index, text): (usize, &_)| {
        let text: &str = AsRef::as_ref(text);
        let file = format!("{index}.yaml");
        SideFile {
            shown: format!("{name}/{file}"),
            name: file,
            text: text.into(),
        }
    };
    Side {
        name: name.to_owned(),
        files: texts.iter().enumerate().map(file).collect(),
    }
}

pub(super) fn diff(before: &[impl AsRef<str>], after: &[impl AsRef<str>]) -> Diff {
    let sides = (side("old", before), side("new", after));
    compare(sides.0, sides.1, &Options::default()).unwrap()
}

/// The changes of one text to another: sign, pointer, values.
pub(super) fn changes(before: &str, after: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for object in Differences::of(&diff(&[before], &[after])).objects {
        for change in object.changes {
            let value = |state: Option<super::ValueState>| {
                state.map_or_else(
                    || "-".to_owned(),
                    |s| s.value.map_or(s.path, |v| v.to_string()),
                )
            };
            let kind = format!("{:?}", change.change).to_lowercase();
            let (before, after) = (value(change.before), value(change.after));
            lines.push(format!("{kind} {}: {before} > {after}", change.pointer));
        }
    }
    lines
}
