//! What was written and is not in the decoded config, because it was wrong and reported.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Node, NodeId, Pos, Tree};

use super::schema::long_schema;
use super::schema_view::View;

/// Which parts of the config were dropped, so that nobody complains of what only follows.
#[derive(Clone, Debug, Default)]
pub struct Dropped {
    fields: BTreeSet<(Pos, String)>,
    names: BTreeMap<String, BTreeSet<String>>,
    paths: BTreeSet<String>,
}

impl Dropped {
    /// Whether this field of the map at `parent`, or an item of it, was written but dropped.
    pub fn field(&self, parent: Pos, key: &str) -> bool {
        // Most configs are right, and the question is asked for every rule.
        !self.fields.is_empty() && self.fields.contains(&(parent, key.to_owned()))
    }

    /// Whether an item of this name was dropped from a list such as `spec.gateways[].listeners`.
    pub fn named(&self, list: &str, name: &str) -> bool {
        self.names
            .get(list)
            .is_some_and(|names| names.contains(name))
    }

    /// Whether anything was dropped at a path such as `spec.gateways`, or an item of the list
    /// there. A dropped item may have no name that could be told.
    pub fn any(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether anything was dropped at a path or anywhere below it.
    pub fn below(&self, path: &str) -> bool {
        let mut from = self.paths.range(path.to_owned()..);
        from.next().is_some_and(|dropped| dropped.starts_with(path))
    }

    /// Whether nothing was dropped.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}

/// Lets what is poisoned spread to what cannot be decoded without it, and notes what is dropped.
///
/// A map without a field that it must have goes as a whole; an item of a list goes alone; and
/// an optional field goes alone. Answers whether anything is left.
pub(super) fn drop_poisoned(tree: &mut Tree, dropped: &mut Dropped) -> bool {
    let expected = View::of(long_schema());
    !Spread { tree, dropped }.is_lost(0, expected, "")
}

/// What the schema requires and the types can do without, for the sake of the rest.
const DISPENSABLE: &[&str] = &["metadata", "metadata.name"];

struct Spread<'t> {
    tree: &'t mut Tree,
    dropped: &'t mut Dropped,
}

impl Spread<'_> {
    fn is_lost(&mut self, id: NodeId, expected: View<'_>, path: &str) -> bool {
        let node = self.tree.node(id);
        if node.is_poisoned() || !node.is_tainted() {
            return node.is_poisoned();
        }
        let mut lost = false;
        if node.is_map() {
            let entries: Vec<(NodeId, NodeId)> =
                node.entries().map(|(k, v)| (k.id(), v.id())).collect();
            for (key, value) in entries {
                lost |= self.lose_entry(id, key, value, expected, path);
            }
        } else {
            let items: Vec<NodeId> = node.items().map(Node::id).collect();
            for item in items {
                self.lose_item(item, expected, path);
            }
        }
        if lost {
            self.tree.poison_inner(id);
        }
        lost
    }

    /// Whether the map is lost with this entry.
    fn lose_entry(
        &mut self,
        map: NodeId,
        key: NodeId,
        value: NodeId,
        expected: View<'_>,
        path: &str,
    ) -> bool {
        let (map, key, node) = (
            self.tree.node(map),
            self.tree.node(key),
            self.tree.node(value),
        );
        if !key.is_poisoned() && !node.is_tainted() {
            return false;
        }
        let (parent, name) = (map.pos(), key.text().to_owned());
        let below = expected.field(&name).or_else(|| expected.values());
        let dot = if path.is_empty() { "" } else { "." };
        let path = format!("{path}{dot}{name}");
        let lost = key.is_poisoned() || below.is_none_or(|below| self.is_lost(value, below, &path));
        let needed = expected.requires(&name) && !DISPENSABLE.contains(&path.as_str());
        // The list stays, and what is gone are items of it.
        let items = !lost && self.tree.node(value).items().any(Node::is_poisoned);
        if lost || items {
            self.dropped.fields.insert((parent, name.clone()));
            self.dropped.paths.insert(path);
        }
        lost && needed
    }

    fn lose_item(&mut self, item: NodeId, expected: View<'_>, path: &str) {
        let below = expected.items();
        let inner = format!("{path}[]");
        let gone = below.is_none_or(|below| self.is_lost(item, below, &inner));
        if !gone {
            return;
        }
        self.tree.poison_inner(item);
        self.dropped.paths.insert(path.to_owned());
        let name = self.tree.node(item).get("name");
        if let Some(name) = name.filter(|name| !name.text().is_empty()) {
            let names = self.dropped.names.entry(path.to_owned()).or_default();
            names.insert(name.text().to_owned());
        }
    }
}
