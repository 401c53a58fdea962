//! From what is left of a side to its documents.

use std::sync::Arc;

use super::difference::Name;
use super::parts::Rest;
use crate::diag::{Diagnostic, Place, Report, word_issue};
use crate::kube::ObjectId;
use crate::source::{
    Documents, IssueKind, Node, Pos, Shape, Source, Sources, Style, Tree, TreeBuilder, read_text,
};

/// One document of a side.
#[derive(Debug)]
pub(super) struct Document {
    /// What it is called.
    pub(super) name: Name,
    /// The file that holds it, below the root of its side.
    pub(super) file: String,
    /// What it says.
    pub(super) tree: Tree,
}

/// Reads what is left of a side; by file, and in a file in the order in which they stand.
pub(super) fn documents(
    side: Vec<Rest>,
    sources: &mut Sources,
    report: &mut Report,
) -> Vec<Document> {
    let mut all = Vec::new();
    for rest in side {
        let file = rest.file;
        let Ok(id) = sources.add(file.shown.clone(), file.text) else {
            let headline = "the files that differ are larger than 2 GiB together";
            let place = Place::File(file.shown);
            let help = "Compare fewer files at a time.";
            report.push(Diagnostic::error("too-much-text", headline, place).help(help));
            return all;
        };
        let mut index = 0;
        for range in rest.documents {
            for tree in read(sources.get(id), range, report) {
                open(tree, &mut |tree| {
                    let name = name(&tree, &file.name, &mut index);
                    all.push(Document {
                        name,
                        file: file.name.clone(),
                        tree,
                    });
                });
            }
        }
    }
    all
}

/// Reads a range of a source. Scalars that YAML 1.1 and 1.2 read differently are no mistake here:
/// they mean what they mean to `kubectl`.
fn read(source: &Source, range: std::ops::Range<usize>, report: &mut Report) -> Vec<Tree> {
    let text = source.text();
    let Documents { documents, issues } = if range.len() == text.len() {
        read_text(text, source.start())
    } else {
        let start = Pos::new(source.start().offset() + range.start as u32);
        read_text(&Arc::from(&text[range]), start)
    };
    for issue in &issues {
        if !matches!(issue.kind, IssueKind::Ambiguous { .. }) {
            report.push(word_issue(issue));
        }
    }
    let trees = documents.into_iter().map(|document| document.tree);
    trees.filter(|tree| !tree.root().is_null()).collect()
}

/// The objects of a document: its items where it is a list of objects, or else itself.
fn open(tree: Tree, take: &mut impl FnMut(Tree)) {
    let root = tree.root();
    let text = |key| root.get(key).and_then(Node::as_str);
    // Go programs write a list of nothing as null.
    let items = root
        .get("items")
        .filter(|items| items.is_seq() || items.is_null());
    let (Some(version), Some(kind), Some(items)) = (text("apiVersion"), text("kind"), items) else {
        return take(tree);
    };
    let Some(kind) = kind.strip_suffix("List") else {
        return take(tree);
    };
    if !items.items().all(Node::is_map) {
        return take(tree);
    }
    for item in items.items() {
        let mut builder = TreeBuilder::new(tree.text().clone());
        builder.open(Shape::Map, Style::Plain, item.pos());
        // The items of a `ServiceList` need not say what they are.
        for (key, value) in [("apiVersion", version), ("kind", kind)] {
            if item.get(key).is_none() && !kind.is_empty() {
                builder.string(key, item.pos());
                builder.string(value, item.pos());
            }
        }
        for part in item.entries().flat_map(|(key, value)| [key, value]) {
            builder.copy(part);
        }
        builder.close();
        open(builder.finish(), take);
    }
}

/// What a document is called; `index` counts those of its file that have no identity.
fn name(tree: &Tree, file: &str, index: &mut usize) -> Name {
    if let Ok(id) = ObjectId::read(tree.root()) {
        return Name::Object(id);
    }
    *index += 1;
    Name::File {
        file: file.to_owned(),
        index: *index - 1,
    }
}
