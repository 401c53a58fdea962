//! Making a tree.

use std::ops::Range;
use std::sync::Arc;

use crate::source::position::Pos;
use crate::source::scalar::shape_of_plain;

use super::{Node, NodeId, OWNED, Raw, Shape, Style, Tree};

/// Room for so many nodes is not worth giving back; most trees of one object are dropped soon.
const ROOM_TO_KEEP: usize = 256;

/// Builds a [`Tree`] from events in pre-order.
///
/// Every opened collection is closed again, and a map gets its keys and values in turn; the
/// builder trusts its caller in this.
#[derive(Debug)]
pub struct TreeBuilder {
    tree: Tree,
    open: Vec<NodeId>,
}

impl TreeBuilder {
    /// A builder of a tree whose scalars are ranges of `text`, as far as they can be.
    pub fn new(text: Arc<str>) -> Self {
        Self::with_capacity(text, 0)
    }

    /// The same, with room for so many nodes.
    pub fn with_capacity(text: Arc<str>, nodes: usize) -> Self {
        let tree = Tree {
            text,
            owned: String::new(),
            nodes: Vec::with_capacity(nodes),
        };
        TreeBuilder {
            tree,
            open: Vec::new(),
        }
    }

    /// A builder of a tree whose scalars are all its own.
    pub fn detached() -> Self {
        Self::new(Arc::from(""))
    }

    /// How many collections are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many nodes there are so far.
    pub fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Whether there are no nodes yet.
    pub fn is_empty(&self) -> bool {
        self.tree.nodes.is_empty()
    }

    fn push(&mut self, shape: Shape, style: Style, text: u32, length: u32, pos: Pos) -> NodeId {
        let id = self.tree.nodes.len() as NodeId;
        let raw = Raw {
            text,
            length,
            end: id + 1,
            origin: pos,
            shape,
            style,
            flags: 0,
        };
        self.tree.nodes.push(raw);
        id
    }

    /// A scalar whose value is the bytes `start..end` of the text.
    pub fn borrowed(
        &mut self,
        shape: Shape,
        style: Style,
        range: Range<usize>,
        pos: Pos,
    ) -> NodeId {
        debug_assert!(
            self.tree.text.get(range.clone()).is_some(),
            "a range of the text"
        );
        self.push(shape, style, range.start as u32, range.len() as u32, pos)
    }

    /// A scalar whose value is not in the text.
    pub fn owned(&mut self, shape: Shape, style: Style, value: &str, pos: Pos) -> NodeId {
        let start = self.tree.owned.len() as u32;
        self.tree.owned.push_str(value);
        self.push(shape, style, start | OWNED, value.len() as u32, pos)
    }

    /// A string made by us.
    pub fn string(&mut self, value: &str, pos: Pos) -> NodeId {
        self.owned(Shape::Str, Style::Plain, value, pos)
    }

    /// A plain scalar made by us, of the shape that a reader would give it.
    pub fn plain(&mut self, value: &str, pos: Pos) -> NodeId {
        self.owned(shape_of_plain(value), Style::Plain, value, pos)
    }

    /// A scalar whose value is these pieces one after the other.
    pub fn pieces<'a>(
        &mut self,
        shape: Shape,
        style: Style,
        pieces: impl Iterator<Item = &'a str>,
        pos: Pos,
    ) -> NodeId {
        let start = self.tree.owned.len();
        self.tree.owned.extend(pieces);
        let length = self.tree.owned.len() - start;
        self.push(shape, style, start as u32 | OWNED, length as u32, pos)
    }

    /// Opens a list or a map.
    pub fn open(&mut self, shape: Shape, style: Style, pos: Pos) -> NodeId {
        debug_assert!(matches!(shape, Shape::Seq | Shape::Map), "a collection");
        let id = self.push(shape, style, 0, 0, pos);
        self.open.push(id);
        id
    }

    /// Closes the collection opened last.
    pub fn close(&mut self) {
        let end = self.tree.nodes.len() as NodeId;
        let id = self.open.pop().expect("an open collection");
        self.tree.nodes[id as usize].end = end;
    }

    /// Copies a subtree, with the places and marks of its nodes.
    pub fn copy(&mut self, node: Node<'_>) {
        let shift = self.tree.nodes.len() as u32;
        let same_text = Arc::ptr_eq(&self.tree.text, &node.tree.text);
        for id in node.id..node.end() {
            let from = node.tree.node(id);
            let mut raw = *from.raw();
            raw.end = raw.end - node.id + shift;
            let scalar = !matches!(raw.shape, Shape::Seq | Shape::Map);
            if scalar && !(same_text && raw.text & OWNED == 0) {
                raw.text = self.tree.owned.len() as u32 | OWNED;
                self.tree.owned.push_str(from.text());
            }
            self.tree.nodes.push(raw);
        }
    }

    /// Repeats the finished subtree at `id`, with its places; its text is shared, so a copy costs
    /// its nodes alone.
    pub fn repeat(&mut self, id: NodeId) -> NodeId {
        let first = self.tree.nodes.len() as NodeId;
        for at in id..self.tree.nodes[id as usize].end {
            let mut raw = self.tree.nodes[at as usize];
            raw.end = raw.end - id + first;
            self.tree.nodes.push(raw);
        }
        first
    }

    /// A builder of another arrangement of the nodes of `tree`, whose text it shares.
    pub fn rearranging(tree: &Tree) -> Self {
        let owned = tree.owned.clone();
        let tree = Tree {
            text: Arc::clone(&tree.text),
            owned,
            nodes: Vec::with_capacity(tree.len()),
        };
        TreeBuilder {
            tree,
            open: Vec::new(),
        }
    }

    /// Takes a subtree over from the tree which this builder rearranges.
    pub fn take_over(&mut self, node: Node<'_>) {
        debug_assert!(
            Arc::ptr_eq(&self.tree.text, &node.tree.text),
            "a node of that tree"
        );
        let shift = self.tree.nodes.len() as u32;
        let taken = &node.tree.nodes[node.id as usize..node.end() as usize];
        let moved = taken.iter().map(|raw| Raw {
            end: raw.end - node.id + shift,
            ..*raw
        });
        self.tree.nodes.extend(moved);
    }

    /// The text of the scalar of this index.
    pub fn text_of(&self, id: NodeId) -> &str {
        self.tree.node(id).text()
    }

    /// What the node of this index is.
    pub fn shape_of(&self, id: NodeId) -> Shape {
        self.tree.nodes[id as usize].shape
    }

    /// How many bytes the scalars of a finished subtree have together.
    pub fn text_below(&self, id: NodeId) -> usize {
        let below = &self.tree.nodes[id as usize..self.end_of(id) as usize];
        below.iter().map(|raw| raw.length as usize).sum()
    }

    /// The index after the subtree of this node, which is closed.
    pub fn end_of(&self, id: NodeId) -> NodeId {
        self.tree.nodes[id as usize].end
    }

    /// Drops the nodes from `id` on; for readers that give up half-way.
    pub fn truncate(&mut self, id: NodeId) {
        self.tree.nodes.truncate(id as usize);
        self.open.retain(|open| *open < id);
    }

    /// The tree. Collections still open are closed; a tree without nodes gets a null root.
    pub fn finish(mut self) -> Tree {
        while !self.open.is_empty() {
            self.close();
        }
        if self.tree.nodes.is_empty() {
            self.push(Shape::Null, Style::Plain, 0, 0, Pos::NONE);
        }
        if self.tree.nodes.capacity() > ROOM_TO_KEEP {
            self.tree.nodes.shrink_to_fit();
        }
        self.tree
    }
}
