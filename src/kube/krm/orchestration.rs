//! What orchestrators of functions write into objects, for themselves.

use crate::source::{Node, Pos, Shape, Style, Tree, TreeBuilder};

/// What the annotations of kustomize and kpt begin with.
const PREFIXES: &[&str] = &[
    "internal.config.kubernetes.io/",
    "internal.kpt.dev/",
    "kustomize.config.k8s.io/",
];

/// Further annotations of theirs.
const KEYS: &[&str] = &[
    "config.k8s.io/id",
    "config.kubernetes.io/id",
    "config.kubernetes.io/index",
    "config.kubernetes.io/package",
    "config.kubernetes.io/path",
];

/// Whether an annotation is an orchestrator's own: where an item came from, and which one it is.
pub fn is_orchestration(annotation: &str) -> bool {
    KEYS.contains(&annotation) || PREFIXES.iter().any(|start| annotation.starts_with(start))
}

/// An object without the annotations of orchestrators.
pub fn bare(object: Node<'_>) -> Tree {
    rewritten(object, &|key| !is_orchestration(key), &[])
}

/// An object with further annotations, which replace those of the same name.
pub fn with_annotations(object: Node<'_>, more: &[(String, String)]) -> Tree {
    rewritten(
        object,
        &|key| more.iter().all(|(name, _)| name != key),
        more,
    )
}

/// A copy of an object with some of its annotations and some more. A map of annotations which
/// thereby loses its last one is left out.
fn rewritten(object: Node<'_>, keep: &dyn Fn(&str) -> bool, more: &[(String, String)]) -> Tree {
    let capacity = (object.end() - object.id()) as usize + 2 * more.len() + 4;
    let mut builder = TreeBuilder::with_capacity(object.tree().text().clone(), capacity);
    if !object.is_map() {
        builder.copy(object);
        return builder.finish();
    }
    builder.open(Shape::Map, object.style(), object.pos());
    for (key, value) in object.entries() {
        builder.copy(key);
        if key.text() == "metadata" && value.is_map() {
            metadata(&mut builder, value, keep, more);
        } else {
            builder.copy(value);
        }
    }
    builder.close();
    builder.finish()
}

fn metadata(
    builder: &mut TreeBuilder,
    metadata: Node<'_>,
    keep: &dyn Fn(&str) -> bool,
    more: &[(String, String)],
) {
    builder.open(Shape::Map, metadata.style(), metadata.pos());
    let mut written = false;
    for (key, value) in metadata.entries() {
        if key.text() != "annotations" || !(value.is_map() || value.is_null()) {
            builder.copy(key);
            builder.copy(value);
            continue;
        }
        let stays = |(name, _): &(Node<'_>, Node<'_>)| keep(name.text());
        let (before, after) = (
            value.entries().count(),
            value.entries().filter(stays).count(),
        );
        if after == 0 && more.is_empty() && before > 0 {
            continue;
        }
        builder.copy(key);
        builder.open(Shape::Map, Style::Plain, value.pos());
        for (name, text) in value.entries().filter(stays) {
            builder.copy(name);
            builder.copy(text);
        }
        add(builder, more);
        builder.close();
        written = true;
    }
    if !written && !more.is_empty() {
        builder.string("annotations", Pos::NONE);
        builder.open(Shape::Map, Style::Plain, Pos::NONE);
        add(builder, more);
        builder.close();
    }
    builder.close();
}

fn add(builder: &mut TreeBuilder, more: &[(String, String)]) {
    for (name, text) in more {
        builder.string(name, Pos::NONE);
        builder.string(text, Pos::NONE);
    }
}

/// Whether two values are the same, in whatever order their maps are written.
pub fn same_value(a: Node<'_>, b: Node<'_>) -> bool {
    if a.shape() != b.shape() || a.children().count() != b.children().count() {
        return false;
    }
    match a.shape() {
        Shape::Map => a
            .entries()
            .all(|(key, value)| b.get(key.text()).is_some_and(|b| same_value(value, b))),
        Shape::Seq => a.items().zip(b.items()).all(|(a, b)| same_value(a, b)),
        _ => a.text() == b.text(),
    }
}
