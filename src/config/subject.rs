//! What a diagnostic is about, by the name that the user knows it by.

use std::fmt;

use crate::source::{Node, NodeId, Pos, Tree};

use super::schema::published_schema;
use super::schema_view::View;
use super::sugar::short_name;

/// A field, an item of a list, or the whole document.
pub(super) struct Subject<'t> {
    name: Option<&'t str>,
    key: Option<Node<'t>>,
    is_item: bool,
}

impl<'t> Subject<'t> {
    /// What the node is to its document. What a short form stands for is called by the short form.
    pub(super) fn of(tree: &'t Tree, id: NodeId) -> Self {
        let node = tree.node(id);
        let Some(up) = tree.parent(id).map(|up| tree.node(up)) else {
            return Subject {
                name: None,
                key: None,
                is_item: false,
            };
        };
        // Nothing that was written begins where what it stands in begins, or where its key does.
        if up.is_seq() {
            let list = Subject::of(tree, up.id());
            return if up.pos() == node.pos() && up.pos().is_some() {
                Subject {
                    name: list.name.map(short_name),
                    ..list
                }
            } else {
                Subject {
                    is_item: true,
                    ..list
                }
            };
        }
        let key = up.entries().find(|(_, v)| v.id() == id).map(|(key, _)| key);
        let made = key.is_some_and(|key| key.pos() == node.pos() && key.pos().is_some());
        match up.get("name") {
            Some(name) if made => Subject {
                name: Some(name.text()),
                key: Some(name),
                is_item: false,
            },
            None if made => Subject::of(tree, up.id()),
            _ => Subject {
                name: key.map(Node::text),
                key,
                is_item: false,
            },
        }
    }

    /// The place of a mistake that concerns a value as a whole: its key.
    pub(super) fn place(&self, node: Node<'_>) -> Pos {
        match self.key {
            Some(key) if !self.is_item => key.pos(),
            _ => node.pos(),
        }
    }

    /// The name of the field, if it is one.
    pub(super) fn name(&self) -> Option<&'t str> {
        self.name.filter(|_| !self.is_item)
    }

    /// Whether the value may be something that must not be shown.
    pub(super) fn is_secret(&self) -> bool {
        let name = self.name.unwrap_or_default().to_lowercase();
        ["secret", "password", "token", "key"]
            .iter()
            .any(|word| name.contains(word))
    }
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name, self.is_item) {
            (Some(name), false) => write!(f, "`{name}`"),
            (Some(name), true) => write!(f, "an item of `{name}`"),
            (None, true) => f.write_str("an item"),
            (None, false) => f.write_str("the document"),
        }
    }
}

/// What the published schema says of a node of a document in long form.
pub(super) fn published_at(node: Node<'_>) -> Option<View<'static>> {
    let tree = node.tree();
    let Some(up) = tree.parent(node.id()).map(|up| tree.node(up)) else {
        return Some(View::of(published_schema()));
    };
    let outer = published_at(up)?;
    if up.is_seq() {
        return outer.items();
    }
    let mut entries = up.entries();
    let (key, _) = entries.find(|(_, value)| value.id() == node.id())?;
    outer.field(key.text()).or_else(|| outer.values())
}

/// What a map is called: the name of its type, as two words where it is two.
pub(super) fn noun(expected: View<'_>) -> String {
    let mut words = String::new();
    for c in expected.type_name().unwrap_or("document").chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// The map by its name, or as what it is: "route `httpbin`", "the backend".
pub(super) fn named(map: Node<'_>, expected: View<'_>) -> String {
    let noun = noun(expected);
    match map.get("name").and_then(Node::as_str) {
        Some(name) if !name.is_empty() => format!("{noun} `{name}`"),
        _ => format!("the {noun}"),
    }
}
