//! Annotations that documents get after they are rendered.

use std::sync::Arc;

use crate::model::Resource;
use crate::plan::Decoration;
use crate::source::{
    MergeMode, MergeTable, Node, Pos, Shape, Style, Tree, TreeBuilder, emit, merge, read_text,
    write_json,
};

use super::annotate::annotate;

/// A document of ours with the annotations that it does not carry; canonical again.
pub(super) fn decorate(tree: &Tree, decorations: &[Decoration]) -> Option<(Arc<str>, Tree)> {
    let merged = decorated(tree.root(), decorations)?;
    let text: Arc<str> = emit(merged.root()).into();
    let read = read_text(&text, Pos::NONE).documents.pop();
    let tree = read.map_or(merged, |document| document.tree);
    Some((text, tree))
}

/// An object of the user's with the annotations. Its text is edited where that can be done, so
/// that its comments and notation stay; else it is written anew, with the meaning that it has to
/// kubectl.
pub(super) fn decorate_resource(
    resource: &Resource,
    decorations: &[Decoration],
) -> (Arc<str>, Tree) {
    let Some(merged) = decorated(resource.tree.root(), decorations) else {
        return (Arc::from(&*resource.text), resource.tree.clone());
    };
    let edited = annotate(&resource.text, decorations).filter(|text| {
        let read = read_text(&text.as_str().into(), Pos::NONE);
        matches!(&*read.documents, [only] if meaning(only.tree.root()) == meaning(merged.root()))
    });
    let text = edited.unwrap_or_else(|| {
        let json: Arc<str> = as_json(merged.root()).into();
        let read = read_text(&json, Pos::NONE).documents.pop();
        emit(read.map_or(merged.clone(), |document| document.tree).root())
    });
    (text.into(), merged)
}

/// What an object says to kubectl, whatever the order of its fields.
fn meaning(node: Node<'_>) -> Option<serde_json::Value> {
    serde_json::from_str(&as_json(node)).ok()
}

fn as_json(node: Node<'_>) -> String {
    let mut json = String::new();
    write_json(&mut json, node, 0);
    json
}

/// The tree with the annotations that it does not carry; none, where it carries all of them.
pub(super) fn decorated(root: Node<'_>, decorations: &[Decoration]) -> Option<Tree> {
    let carried = root.at(&["metadata", "annotations"]);
    let new = decorations.iter().filter(|decoration| {
        carried.is_none_or(|annotations| annotations.get(decoration.key).is_none())
    });
    let mut builder = TreeBuilder::detached();
    let mut count = 0;
    for key in ["metadata", "annotations"] {
        builder.open(Shape::Map, Style::Plain, Pos::NONE);
        builder.string(key, Pos::NONE);
    }
    builder.open(Shape::Map, Style::Plain, Pos::NONE);
    for decoration in new {
        builder.string(decoration.key, Pos::NONE);
        // In quotes: a wave looks like a number, and annotations are strings.
        builder.owned(Shape::Str, Style::Double, decoration.value, Pos::NONE);
        count += 1;
    }
    (0..3).for_each(|_| builder.close());
    let rules = MergeTable {
        mode: MergeMode::Overlay,
        lists: &[],
    };
    (count > 0).then(|| merge(root, builder.finish().root(), &rules).0)
}
