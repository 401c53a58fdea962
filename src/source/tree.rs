//! The document tree: one flat arena in pre-order, for documents of any origin.

mod poison;

use std::sync::Arc;

use super::position::Pos;
use super::scalar::shape_of_plain;

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

/// Room for so many nodes is not worth giving back; most trees of one object are dropped soon.
const ROOM_TO_KEEP: usize = 256;

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
        Node { tree: self, id: 0 }
    }

    /// The node of this index.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        assert!((id as usize) < self.nodes.len(), "a node of this tree");
        Node { tree: self, id }
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

/// One node of a [`Tree`]: a cheap handle for walking.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> Node<'t> {
    fn raw(self) -> &'t Raw {
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

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.shape() {
            Shape::Map => f.debug_map().entries(self.entries()).finish(),
            Shape::Seq => f.debug_list().entries(self.items()).finish(),
            Shape::Str => write!(f, "{:?}", self.text()),
            Shape::Null => f.write_str("null"),
            _ => f.write_str(self.text()),
        }
    }
}

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
        range: std::ops::Range<usize>,
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
