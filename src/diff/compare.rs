//! From two states to what differs.

use std::collections::BTreeMap;

use super::difference::{ChangeKind, Diff, Name, ObjectDiff, State};
use super::options::Options;
use super::side::{Side, SideFile};
use super::trouble::Trouble;
use crate::diag::{Diagnostic, Place, Report, word_issue};
use crate::kube::ObjectId;
use crate::source::{Sources, Tree, read};

/// Compares two states object by object.
///
/// Texts that both sides have are dropped before they are read, so what two states share costs
/// next to nothing, and is not looked at for mistakes.
pub fn compare(before: Side, after: Side, options: &Options) -> Result<Diff, Trouble> {
    let mut sources = Sources::new();
    let mut report = Report::new();
    let _ = options;
    let names = [before.name.clone(), after.name.clone()];
    let [a, b] = [before, after].map(|side| documents(side.files, &mut sources, &mut report));
    if report.has_errors() {
        return Err(Trouble { report, sources });
    }
    let mut all: BTreeMap<Name, [Option<Tree>; 2]> = BTreeMap::new();
    for (side, documents) in [a, b].into_iter().enumerate() {
        for (name, tree) in documents {
            all.entry(name).or_default()[side] = Some(tree);
        }
    }
    let objects = all.into_iter().filter_map(|(name, [a, b])| {
        let kind = match (&a, &b) {
            (Some(a), Some(b)) if a == b => return None,
            (Some(_), Some(_)) => ChangeKind::Changed,
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
        };
        let state = |tree: Option<Tree>| {
            tree.map(|tree| State {
                name: name.clone(),
                tree,
            })
        };
        Some(ObjectDiff {
            kind,
            before: state(a),
            after: state(b),
            changes: Vec::new(),
        })
    });
    let [before, after] = names;
    Ok(Diff {
        before,
        after,
        objects: objects.collect(),
        sources,
    })
}

fn documents(
    files: Vec<SideFile>,
    sources: &mut Sources,
    report: &mut Report,
) -> Vec<(Name, Tree)> {
    let mut all = Vec::new();
    for file in files {
        let Ok(id) = sources.add(file.shown.clone(), file.text) else {
            report.push(Diagnostic::error(
                "too-much-text",
                "the files that differ are larger than 2 GiB together",
                Place::File(file.shown),
            ));
            return all;
        };
        let read = read(sources.get(id));
        for issue in &read.issues {
            report.push(word_issue(issue));
        }
        let mut index = 0;
        for document in read.documents {
            let name = if let Ok(id) = ObjectId::read(document.tree.root()) {
                Name::Object(id)
            } else {
                index += 1;
                Name::File {
                    file: file.name.clone(),
                    index: index - 1,
                }
            };
            all.push((name, document.tree));
        }
    }
    all
}
