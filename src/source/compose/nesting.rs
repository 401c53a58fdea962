//! The collections around the node that is read.

use crate::source::tree::{NodeId, Shape};

/// A collection that is not closed yet.
pub(super) struct Open {
    pub(super) id: NodeId,
    /// How many collections stand in each other from it on.
    pub(super) height: usize,
    pub(super) anchor: usize,
    shape: Shape,
    /// Children so far: before an even one, a map waits for a key.
    children: usize,
}

/// The open collections, the innermost last.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<Open>,
}

impl Nesting {
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether the next node is a key.
    pub(super) fn at_key(&self) -> bool {
        self.waits_in_map(0)
    }

    /// Whether the next node is the value of a key.
    pub(super) fn at_value(&self) -> bool {
        self.waits_in_map(1)
    }

    fn waits_in_map(&self, parity: usize) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.shape == Shape::Map && open.children % 2 == parity)
    }

    /// Counts a node in, of a height of its own.
    pub(super) fn count(&mut self, height: usize) {
        if let Some(open) = self.open.last_mut() {
            open.children += 1;
            open.height = open.height.max(height);
        }
    }

    pub(super) fn enter(&mut self, id: NodeId, shape: Shape, anchor: usize) {
        self.open.push(Open {
            id,
            height: 1,
            anchor,
            shape,
            children: 0,
        });
    }

    pub(super) fn leave(&mut self) -> Option<Open> {
        let closed = self.open.pop()?;
        if let Some(open) = self.open.last_mut() {
            open.height = open.height.max(closed.height + 1);
        }
        Some(closed)
    }

    pub(super) fn clear(&mut self) {
        self.open.clear();
    }
}
