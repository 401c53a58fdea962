//! Values of Secrets, which are never shown.

use std::collections::BTreeMap;

use crate::source::{Node, Shape, Style, Tree, TreeBuilder, emit};

/// What stands for a value that is not shown.
const MASK: &str = "***";

/// Masks the values of Secrets in both states, so that what changed can be told from what did not:
/// as `kubectl diff` does, `*** (before)` and `*** (after)`. All else stays as it is. A Secret may
/// be the document itself or stand in it, as in the values of a chart.
///
/// Nothing after this sees the values, so no form can show them.
pub(super) fn mask(states: [Option<Tree>; 2]) -> [Option<Tree>; 2] {
    let mut roots = states.iter().flatten().map(Tree::root);
    if !roots.any(|root| is_named_secret(root) || holds_secret(root)) {
        return states;
    }
    let [before, after] = states.each_ref().map(Option::as_ref);
    let masked = |tree: Option<&Tree>, other: Option<&Tree>, state| {
        tree.map(|tree| masked(tree, other.map(Tree::root), state))
    };
    [
        masked(before, after, "before"),
        masked(after, before, "after"),
    ]
}

/// Whether a value says that it is a Secret; that may be a reference to one, too.
fn is_named_secret(node: Node<'_>) -> bool {
    let kind = node.get("kind").and_then(Node::as_str);
    kind.is_some_and(|kind| matches!(kind, "Secret" | "SecretList"))
}

/// Whether a value in a document is a Secret, and no reference to one.
fn is_secret(node: Node<'_>) -> bool {
    let has_values = ["data", "stringData", "items"].map(|key| node.get(key).is_some());
    has_values.contains(&true) && is_named_secret(node)
}

fn holds_secret(node: Node<'_>) -> bool {
    let mut values = node.entries().map(|(_, value)| value).chain(node.items());
    is_secret(node) || values.any(holds_secret)
}

fn masked(tree: &Tree, other: Option<Node<'_>>, state: &str) -> Tree {
    let mut builder = TreeBuilder::with_capacity(tree.text().clone(), tree.len());
    let root = tree.root();
    // The document itself is a Secret by its kind, whatever else it lacks.
    if root.is_map() && is_named_secret(root) {
        secret(&mut builder, root, other, state);
    } else {
        node(&mut builder, root, other, state);
    }
    builder.finish()
}

/// A value that may hold Secrets.
fn node(builder: &mut TreeBuilder, value: Node<'_>, theirs: Option<Node<'_>>, state: &str) {
    if value.is_map() && is_secret(value) {
        secret(builder, value, theirs, state);
    } else if value.is_map() && holds_secret(value) {
        builder.open(Shape::Map, value.style(), value.pos());
        let theirs = entries(theirs);
        for (key, value) in value.entries() {
            builder.copy(key);
            node(builder, value, theirs.get(key.text()).copied(), state);
        }
        builder.close();
    } else if value.is_seq() && holds_secret(value) {
        builder.open(Shape::Seq, value.style(), value.pos());
        let theirs: Vec<_> = theirs.into_iter().flat_map(Node::items).collect();
        for (index, item) in value.items().enumerate() {
            let same = secret_name(item).and_then(|name| {
                let mut theirs = theirs.iter();
                theirs.find(|other| secret_name(**other) == Some(name))
            });
            node(builder, item, same.or(theirs.get(index)).copied(), state);
        }
        builder.close();
    } else {
        builder.copy(value);
    }
}

/// The name of an item that is a Secret.
fn secret_name(node: Node<'_>) -> Option<&str> {
    let name = node.get("metadata")?.get("name")?;
    is_named_secret(node).then_some(name.text())
}

fn secret(builder: &mut TreeBuilder, value: Node<'_>, theirs: Option<Node<'_>>, state: &str) {
    builder.open(Shape::Map, value.style(), value.pos());
    let theirs = entries(theirs);
    for (key, value) in value.entries() {
        builder.copy(key);
        let theirs = theirs.get(key.text()).copied();
        match key.text() {
            "apiVersion" | "kind" | "type" | "immutable" => builder.copy(value),
            "metadata" => metadata(builder, value, theirs, state),
            // Fields that a Secret does not have may be misspelt ones with values.
            _ => values(builder, value, theirs, state, |_| true),
        }
    }
    builder.close();
}

/// The entries of a map, to look them up.
fn entries(map: Option<Node<'_>>) -> BTreeMap<&str, Node<'_>> {
    let entries = map.into_iter().flat_map(Node::entries);
    entries.map(|(key, value)| (key.text(), value)).collect()
}

/// An annotation may be a copy of the whole object, as several tools keep it.
fn metadata(builder: &mut TreeBuilder, value: Node<'_>, theirs: Option<Node<'_>>, state: &str) {
    if !value.is_map() {
        builder.copy(value);
        return;
    }
    builder.open(Shape::Map, value.style(), value.pos());
    for (key, value) in value.entries() {
        builder.copy(key);
        if key.text() == "annotations" {
            let theirs = theirs.and_then(|theirs| theirs.get("annotations"));
            values(builder, value, theirs, state, |text| text.contains('{'));
        } else {
            builder.copy(value);
        }
    }
    builder.close();
}

/// The values of a map, masked if they are secret; anything else masked as a whole.
fn values(
    builder: &mut TreeBuilder,
    node: Node<'_>,
    theirs: Option<Node<'_>>,
    state: &str,
    secret: impl Fn(&str) -> bool,
) {
    if !node.is_map() {
        hide(builder, node, theirs, state);
        return;
    }
    builder.open(Shape::Map, node.style(), node.pos());
    let theirs = entries(theirs);
    for (key, value) in node.entries() {
        builder.copy(key);
        if secret(value.text()) {
            hide(builder, value, theirs.get(key.text()).copied(), state);
        } else {
            builder.copy(value);
        }
    }
    builder.close();
}

fn hide(builder: &mut TreeBuilder, node: Node<'_>, theirs: Option<Node<'_>>, state: &str) {
    let changed = theirs.is_some_and(|theirs| emit(theirs) != emit(node));
    let text = if changed {
        format!("{MASK} ({state})")
    } else {
        MASK.to_owned()
    };
    builder.owned(Shape::Str, Style::Plain, &text, node.pos());
}
