//! The document tree: one flat arena in pre-order, for documents of any origin.

mod builder;
mod node;
mod poison;

use std::sync::Arc;

use super::position::Pos;

pub use builder::TreeBuilder;
pub use node::Node;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Shape {
    /// `null`, `~`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number, of any size.
    Int,
    /// A number with a fraction or an exponent, an infinity or not-a-number.
    Float,
    /// A string.
    Str,
    /// A list.
    Seq,
    /// A map.
    Map,
}

impl Shape {
    /// The word for it, with its article.
    pub fn describe(self) -> &'static str {
        match self {
            Shape::Null => "null",
            Shape::Bool => "a boolean",
            Shape::Int => "an integer",
            Shape::Float => "a number",
            Shape::Str => "a string",
            Shape::Seq => "a list",
            Shape::Map => "a map",
        }
    }
}

/// How a node was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Style {
    /// A scalar without quotes, or a collection in block form.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
    /// A collection in `{}` or `[]`.
    Flow,
}

/// The index of a node in its tree, in pre-order.
pub type NodeId = u32;

const OWNED: u32 = 1 << 31;
const POISONED: u8 = 1;
const TAINTED: u8 = 2;

#[derive(Clone, Copy, Debug)]
struct Raw {
    /// Byte offset of a scalar's value in the tree's text, or with the top bit set in `owned`.
    text: u32,
    length: u32,
    /// One past the last node of this subtree.
    end: NodeId,
    origin: Pos,
    shape: Shape,
    style: Style,
    flags: u8,
}

/// One document: nodes in pre-order, a map's entries as key and value in turn.
///
/// A scalar's value is a range of the source's text, or of `owned` where reading changed it
/// (escapes, folding, values made by us).
#[derive(Clone, Debug)]
pub struct Tree {
    text: Arc<str>,
    owned: String,
    nodes: Vec<Raw>,
}

impl Tree {
    /// The document's root.
    pub fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }

    /// The node of this index.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        assert!((id as usize) < self.nodes.len(), "a node of this tree");
        Node::new(self, id)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are none; a tree that was built has at least its root.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The text which the scalars are ranges of.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The node that holds this one, a map's key and value both being held by the map.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        if id == 0 {
            return None;
        }
        let mut at = 0;
        loop {
            let mut child = at + 1;
            while self.nodes[child as usize].end <= id {
                child = self.nodes[child as usize].end;
            }
            if child == id {
                return Some(at);
            }
            at = child;
        }
    }
}

/// Two trees are equal when they hold the same values; places, quotes and marks do not count.
impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        self.nodes.len() == other.nodes.len()
            && (0..self.nodes.len() as u32).all(|id| {
                let (a, b) = (self.node(id), other.node(id));
                a.shape() == b.shape() && a.raw().end == b.raw().end && a.text() == b.text()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn example() -> Tree {
        let mut b = TreeBuilder::detached();
        b.open(Shape::Map, Style::Plain, Pos::new(0));
        b.string("name", Pos::new(1));
        b.string("x", Pos::new(2));
        b.string("ports", Pos::new(3));
        b.open(Shape::Seq, Style::Flow, Pos::new(4));
        b.plain("80", Pos::new(5));
        b.plain("443", Pos::new(6));
        b.close();
        b.close();
        b.finish()
    }

    #[test]
    fn a_node_is_twenty_bytes() {
        assert!(std::mem::size_of::<Raw>() <= 20);
    }

    #[test]
    fn walking() {
        let tree = example();
        let root = tree.root();
        assert_eq!(root.get("name").unwrap().as_str(), Some("x"));
        let ports: Vec<_> = root
            .get("ports")
            .unwrap()
            .items()
            .map(Node::as_i64)
            .collect();
        assert_eq!(ports, [Some(80), Some(443)]);
        assert_eq!(root.entries().count(), 2);
        assert_eq!(root.items().count(), 0);
        assert_eq!(tree.parent(6), Some(4));
        assert_eq!(tree.parent(3), Some(0));
        assert_eq!(tree.parent(0), None);
    }

    #[test]
    fn a_copy_holds_the_same_values() {
        let tree = example();
        let mut b = TreeBuilder::detached();
        b.open(Shape::Seq, Style::Plain, Pos::NONE);
        b.copy(tree.root());
        b.close();
        let copy = b.finish();
        assert_eq!(format!("{:?}", copy.root()), format!("[{:?}]", tree.root()));
        assert_eq!(copy.node(1).get("ports").unwrap().pos(), Pos::new(4));
    }
}
