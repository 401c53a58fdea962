//! The way from an object to a value in it.

use std::collections::BTreeMap;

use super::place::in_one_line;
use crate::diff::difference::State;
use crate::diff::site::Site;
use crate::source::{Node, NodeId};

/// One step of a way.
#[derive(Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    /// An item: the place of its list, its index, and itself.
    Item(Site<'t>, usize, Node<'t>),
}

/// The way to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// As a JSON Pointer.
    pub(super) path: String,
    /// The names of the items on it that a pointer knows by their index alone.
    pub(super) names: Vec<String>,
    /// The index at its end, if an item is there.
    pub(super) index: Option<usize>,
}

/// The ways to some values of an object, each part of which is walked over once.
pub(super) fn ways(
    state: Option<&State>,
    values: impl Iterator<Item = NodeId>,
) -> BTreeMap<NodeId, Way> {
    let mut found = BTreeMap::new();
    if let Some(state) = state {
        let mut wanted: Vec<NodeId> = values.collect();
        wanted.sort_unstable();
        wanted.dedup();
        let site = Site::root(&state.name);
        descend(
            state.tree.root(),
            site,
            &wanted,
            &mut Vec::new(),
            &mut found,
        );
    }
    found
}

/// Finds the ways to nodes of this subtree, which are sorted.
fn descend<'t>(
    node: Node<'t>,
    site: Site<'t>,
    mut wanted: &[NodeId],
    steps: &mut Vec<Step<'t>>,
    found: &mut BTreeMap<NodeId, Way>,
) {
    if let [first, rest @ ..] = wanted
        && *first == node.id()
    {
        found.insert(node.id(), way(steps));
        wanted = rest;
    }
    let keys = node.entries();
    let keys = keys.map(|(key, value)| (value, site.key(key.text()), Step::Key(key.text())));
    let items = node.items().enumerate();
    let items = items.map(|(index, item)| (item, site.item(), Step::Item(site, index, item)));
    for (child, site, step) in keys.chain(items) {
        let end = wanted.partition_point(|id| *id < child.end());
        if end > 0 {
            steps.push(step);
            descend(child, site, &wanted[..end], steps, found);
            steps.pop();
            wanted = &wanted[end..];
        }
        if wanted.is_empty() {
            break;
        }
    }
}

fn way(steps: &[Step<'_>]) -> Way {
    let mut way = Way::default();
    for step in steps {
        way.path.push('/');
        match step {
            Step::Key(key) => way
                .path
                .push_str(&key.replace('~', "~0").replace('/', "~1")),
            Step::Item(list, index, item) => {
                way.path.push_str(&index.to_string());
                let name = item.get("name").and_then(Node::as_str);
                if let Some(name) = name.filter(|_| !list.has_keys()) {
                    let name = format!("{}[{index}] {}", list.last_key(), in_one_line(name));
                    way.names.push(name);
                }
            }
        }
    }
    if let Some(Step::Item(_, index, _)) = steps.last() {
        way.index = Some(*index);
    }
    way
}
