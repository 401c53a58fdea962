//! Values of Secrets, which are never shown.

use crate::source::{Node, Shape, Style, Tree, TreeBuilder, emit};

/// What stands for a value that is not shown.
const MASK: &str = "***";

/// Masks the values of a Secret in both states, so that what changed can be told from what did not:
/// as `kubectl diff` does, `*** (before)` and `*** (after)`. Other objects stay as they are.
///
/// Nothing after this sees the values, so no form can show them.
pub(super) fn mask(states: [Option<Tree>; 2]) -> [Option<Tree>; 2] {
    if !states.iter().flatten().any(is_secret) {
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

/// Whether a document is a Secret, whatever else it lacks.
fn is_secret(document: &Tree) -> bool {
    let kind = document.root().get("kind").and_then(Node::as_str);
    kind.is_some_and(|kind| matches!(kind, "Secret" | "SecretList"))
}

fn masked(tree: &Tree, other: Option<Node<'_>>, state: &str) -> Tree {
    let mut builder = TreeBuilder::with_capacity(tree.text().clone(), tree.len());
    let root = tree.root();
    if !root.is_map() {
        return tree.clone();
    }
    builder.open(Shape::Map, root.style(), root.pos());
    for (key, value) in root.entries() {
        builder.copy(key);
        let theirs = other.and_then(|other| other.get(key.text()));
        match key.text() {
            "apiVersion" | "kind" | "type" | "immutable" => builder.copy(value),
            "metadata" => metadata(&mut builder, value, theirs, state),
            // Fields that a Secret does not have may be misspelt ones with values.
            _ => values(&mut builder, value, theirs, state, |_| true),
        }
    }
    builder.close();
    builder.finish()
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
    for (key, value) in node.entries() {
        builder.copy(key);
        if secret(value.text()) {
            let theirs = theirs.and_then(|theirs| theirs.get(key.text()));
            hide(builder, value, theirs, state);
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
