//! From two trees of one object to the values that differ.

use std::collections::BTreeMap;

use super::align::align;
use super::alignment::List;
use super::difference::{Change, ChangeKind, Name};
use super::digest::Digests;
use super::site::{Order, Site};
use crate::kube::Pointer;
use crate::source::{Node, Tree};

/// Maps with more keys than this are looked up in a table.
const FEW: usize = 16;

/// The values that differ between two states of an object, which has these names in them.
pub(super) fn changes(before: &Tree, after: &Tree, names: [&Name; 2]) -> Vec<Change> {
    let site = Site::root(names[1]);
    let digests = [before, after].map(|tree| Digests::new(tree, site));
    let mut walker = Walker {
        digests: [&digests[0], &digests[1]],
        path: Vec::new(),
        changes: Vec::new(),
    };
    walker.nodes(before.root(), after.root(), site);
    let mut changes = walker.changes;
    if names[0] != names[1] {
        for change in &mut changes {
            let pointer = change.pointer.as_str();
            if matches!(pointer, "metadata.name" | "metadata.namespace") {
                change.kind = ChangeKind::Renamed;
            }
        }
    }
    changes
}

/// One step of the way from the root.
#[derive(Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    /// An item: the place of its list, itself, and its index.
    Item(Site<'t>, Node<'t>, usize),
}

struct Walker<'t> {
    digests: [&'t Digests; 2],
    path: Vec<Step<'t>>,
    changes: Vec<Change>,
}

impl<'t> Walker<'t> {
    fn nodes(&mut self, before: Node<'t>, after: Node<'t>, site: Site<'t>) {
        if before.is_map() && after.is_map() {
            self.maps(before, after, site);
        } else if before.is_seq() && after.is_seq() {
            self.lists(before, after, site);
        } else if before.shape() != after.shape() || before.text() != after.text() {
            self.report(ChangeKind::Changed, Some(before), Some(after));
        }
    }

    fn maps(&mut self, before: Node<'t>, after: Node<'t>, site: Site<'t>) {
        let (old, new) = (Table::of(before), Table::of(after));
        for (key, value) in before.entries() {
            let key = key.text();
            self.path.push(Step::Key(key));
            match new.get(key) {
                Some(other) => self.nodes(value, other, site.key(key)),
                None => self.report(ChangeKind::Removed, Some(value), None),
            }
            self.path.pop();
        }
        for (key, value) in after.entries() {
            if old.get(key.text()).is_none() {
                self.path.push(Step::Key(key.text()));
                self.added(before, value);
                self.path.pop();
            }
        }
    }

    fn lists(&mut self, before: Node<'t>, after: Node<'t>, site: Site<'t>) {
        let list = |side: usize, node| List {
            node,
            digests: self.digests[side],
        };
        let alignment = align(list(0, before), list(1, after), site);
        let old: Vec<Node<'t>> = before.items().collect();
        let new: Vec<Node<'t>> = after.items().collect();
        for index in alignment.removed {
            let item = old[index];
            self.path.push(Step::Item(site, item, index));
            self.report(ChangeKind::Removed, Some(item), None);
            self.path.pop();
        }
        let mut pairs = alignment.pairs.into_iter().peekable();
        for (index, item) in new.into_iter().enumerate() {
            self.path.push(Step::Item(site, item, index));
            if let Some(pair) = pairs.next_if(|pair| pair.after == index) {
                let other = old[pair.before];
                if pair.moved {
                    self.report(ChangeKind::Moved, Some(other), Some(item));
                }
                let start = self.changes.len();
                self.nodes(other, item, site.item());
                if pair.renamed {
                    let names = self.changes[start..].iter_mut();
                    names
                        .filter(|change| change.pointer.as_str().strip_suffix(".name").is_some())
                        .for_each(|change| change.kind = ChangeKind::Renamed);
                }
            } else {
                self.added(before, item);
            }
            self.path.pop();
        }
    }

    fn added(&mut self, into: Node<'t>, value: Node<'t>) {
        self.report(ChangeKind::Added, None, Some(value));
        if let Some(change) = self.changes.last_mut() {
            change.into = Some(into.id());
        }
    }

    fn report(&mut self, kind: ChangeKind, before: Option<Node<'t>>, after: Option<Node<'t>>) {
        let mut pointer = Pointer::root();
        for step in &self.path {
            match step {
                Step::Key(key) => pointer.key(key),
                Step::Item(list, item, index) => match keys(*list, *item) {
                    Some(keys) => pointer.item(keys),
                    None => pointer.index(*index),
                },
            }
        }
        self.changes.push(Change {
            kind,
            pointer,
            before: before.map(Node::id),
            after: after.map(Node::id),
            into: None,
        });
    }
}

/// The names and values of what an item is known by, where its list has keys and it has them all.
fn keys<'t>(list: Site<'t>, item: Node<'t>) -> Option<Vec<(&'t str, &'t str)>> {
    let Order::Keys { keys, .. } = list.order() else {
        return None;
    };
    let value = |key| match item.get(key).filter(|value| !value.is_null()) {
        Some(value) => (!value.is_map() && !value.is_seq()).then_some(value.text()),
        None => list.default_of(key),
    };
    keys.iter().map(|key| Some((key, value(key)?))).collect()
}

/// A map to look keys up in.
enum Table<'t> {
    Few(Node<'t>),
    Many(BTreeMap<&'t str, Node<'t>>),
}

impl<'t> Table<'t> {
    fn of(map: Node<'t>) -> Self {
        if map.entries().nth(FEW).is_none() {
            return Table::Few(map);
        }
        let entries = map.entries().map(|(key, value)| (key.text(), value));
        Table::Many(entries.collect())
    }

    fn get(&self, key: &str) -> Option<Node<'t>> {
        match self {
            Table::Few(map) => map.get(key),
            Table::Many(table) => table.get(key).copied(),
        }
    }
}
