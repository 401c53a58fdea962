//! From two states to what differs.

use super::difference::{ChangeKind, Diff, Name, ObjectDiff, State};
use super::document::{Document, documents};
use super::mask::mask;
use super::options::Options;
use super::partners::{Partners, partners};
use super::parts::rest;
use super::prepare::prepare;
use super::redact::redacted;
use super::server_owned::server_owned;
use super::side::Side;
use super::trouble::Trouble;
use super::walk::changes;
use crate::diag::Report;
use crate::source::{Sources, Tree};

/// Compares two states object by object.
///
/// Texts that both sides have are dropped before they are read, so what two states share costs
/// next to nothing, and is not looked at for mistakes.
pub fn compare(before: Side, after: Side, options: &Options) -> Result<Diff, Trouble> {
    let mut sources = Sources::new();
    let mut report = Report::new();
    let names = (before.name, after.name);
    let sides = rest(before.files, after.files);
    let sides = sides.map(|side| documents(side, &mut sources, &mut report));
    if report.has_errors() {
        return Err(Trouble {
            report,
            sources: redacted(sources),
        });
    }
    let [before, after] = sides.map(|documents| {
        let documents = documents.into_iter().map(|document| Document {
            tree: prepared(&document, options),
            ..document
        });
        documents.collect()
    });
    let mut objects: Vec<ObjectDiff> = partners(before, after)
        .into_iter()
        .filter_map(object_diff)
        .collect();
    // Stable, so that objects of one name stay in the order of their files.
    objects.sort_by(|a, b| a.newest().name.cmp(&b.newest().name));
    Ok(Diff {
        before: names.0,
        after: names.1,
        sources,
        objects,
    })
}

/// What a document says, as far as it counts.
fn prepared(document: &Document, options: &Options) -> Tree {
    let root = document.tree.root();
    let text = |key| root.get(key).and_then(crate::source::Node::as_str);
    let (group, kind) = match &document.name {
        Name::Object(id) => (&*id.group, &*id.kind),
        Name::File { .. } => ("", text("kind").unwrap_or_default()),
    };
    // A `status` in the values of a chart is no server's.
    let is_object = text("apiVersion").is_some() && !kind.is_empty();
    let server = server_owned().iter().filter(|_| is_object);
    let asked = options
        .ignore
        .iter()
        .filter(|ignore| ignore.is_about(group, kind));
    prepare(root, server.chain(asked))
}

/// What differs in an object, if anything does.
fn object_diff((before, after): Partners) -> Option<ObjectDiff> {
    let split = |document: Option<Document>| match document {
        Some(document) => (Some(document.name), Some(document.tree)),
        None => (None, None),
    };
    let ((old, before), (new, after)) = (split(before), split(after));
    let [before, after] = mask([before, after]);
    let (kind, changes) = match (&before, &after, &old, &new) {
        (Some(before), Some(after), Some(old), Some(new)) => {
            let changes = changes(before, after, [old, new]);
            if old != new {
                (ChangeKind::Renamed, changes)
            } else if changes.is_empty() {
                return None;
            } else {
                (ChangeKind::Changed, changes)
            }
        }
        (None, ..) => (ChangeKind::Added, Vec::new()),
        _ => (ChangeKind::Removed, Vec::new()),
    };
    let state = |name: Option<Name>, tree: Option<Tree>| {
        name.zip(tree).map(|(name, tree)| State { name, tree })
    };
    Some(ObjectDiff {
        kind,
        before: state(old, before),
        after: state(new, after),
        changes,
    })
}
