//! Walking a tree.

use std::fmt;

use crate::source::position::Pos;

use super::{NodeId, OWNED, POISONED, Raw, Shape, Style, TAINTED, Tree};

/// One node of a [`Tree`]: a cheap handle for walking.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: NodeId,
}

impl<'t> Node<'t> {
    pub(super) fn new(tree: &'t Tree, id: NodeId) -> Self {
        Node { tree, id }
    }

    pub(super) fn raw(self) -> &'t Raw {
        &self.tree.nodes[self.id as usize]
    }

    /// The tree it belongs to.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Its index in the tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The index after its subtree.
    pub fn end(self) -> NodeId {
        self.raw().end
    }

    /// What it is.
    pub fn shape(self) -> Shape {
        self.raw().shape
    }

    /// How it was written.
    pub fn style(self) -> Style {
        self.raw().style
    }

    /// Where it was written: the position of its first byte, past any tag or anchor.
    pub fn pos(self) -> Pos {
        self.raw().origin
    }

    /// Whether it was found wrong, and reported.
    pub fn is_poisoned(self) -> bool {
        self.raw().flags & POISONED != 0
    }

    /// Whether something below it was found wrong, so that what it lacks may be what was wrong.
    pub fn is_tainted(self) -> bool {
        self.raw().flags & (TAINTED | POISONED) != 0
    }

    /// A scalar's text after unescaping, whatever its shape; empty for a collection.
    pub fn text(self) -> &'t str {
        let raw = self.raw();
        let (from, start) = if raw.text & OWNED == 0 {
            (&*self.tree.text, raw.text)
        } else {
            (&*self.tree.owned, raw.text & !OWNED)
        };
        &from[start as usize..(start + raw.length) as usize]
    }

    /// The string, if it is one.
    pub fn as_str(self) -> Option<&'t str> {
        (self.shape() == Shape::Str).then(|| self.text())
    }

    /// The boolean, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        (self.shape() == Shape::Bool).then(|| self.text().starts_with(['t', 'T']))
    }

    /// The integer, if it is one and fits.
    pub fn as_i64(self) -> Option<i64> {
        if self.shape() != Shape::Int {
            return None;
        }
        let text = self.text();
        match text.get(..2) {
            Some("0x") => i64::from_str_radix(&text[2..], 16).ok(),
            Some("0o") => i64::from_str_radix(&text[2..], 8).ok(),
            _ => text.parse().ok(),
        }
    }

    /// The number, if it is one.
    pub fn as_f64(self) -> Option<f64> {
        match self.shape() {
            Shape::Int => self.as_i64().map_or_else(
                || self.text().parse().ok(),
                #[expect(clippy::cast_precision_loss, reason = "the nearest number is meant")]
                |int| Some(int as f64),
            ),
            Shape::Float => {
                let text = self.text();
                match text.trim_start_matches(['+', '-']) {
                    ".inf" | ".Inf" | ".INF" if text.starts_with('-') => Some(f64::NEG_INFINITY),
                    ".inf" | ".Inf" | ".INF" => Some(f64::INFINITY),
                    ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
                    _ => text.parse().ok(),
                }
            }
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        self.shape() == Shape::Null
    }

    /// Whether it is a map.
    pub fn is_map(self) -> bool {
        self.shape() == Shape::Map
    }

    /// Whether it is a list.
    pub fn is_seq(self) -> bool {
        self.shape() == Shape::Seq
    }

    /// The entries of a map as key and value, in written order; none of anything else.
    pub fn entries(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
        let mut children = self.children_of(Shape::Map);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The items of a list; none of anything else.
    pub fn items(self) -> impl Iterator<Item = Node<'t>> {
        self.children_of(Shape::Seq)
    }

    /// Keys and values of a map in turn, the items of a list, nothing of a scalar.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> {
        self.children_of(self.shape())
    }

    fn children_of(self, shape: Shape) -> impl Iterator<Item = Node<'t>> {
        let tree = self.tree;
        let end = if self.shape() == shape {
            self.end()
        } else {
            self.id
        };
        let mut next = self.id + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(Node { tree, id: next })?;
            next = child.end();
            Some(child)
        })
    }

    /// The value of a map's key.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// A map's key node and value node by the key's text.
    pub fn entry(self, key: &str) -> Option<(Node<'t>, Node<'t>)> {
        self.entries().find(|(k, _)| k.text() == key)
    }

    /// The value at the end of a path of keys.
    pub fn at(self, path: &[&str]) -> Option<Node<'t>> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shape() {
            Shape::Map => f.debug_map().entries(self.entries()).finish(),
            Shape::Seq => f.debug_list().entries(self.items()).finish(),
            Shape::Str => write!(f, "{:?}", self.text()),
            Shape::Null => f.write_str("null"),
            _ => f.write_str(self.text()),
        }
    }
}
