//! Which items of two lists belong together.

use super::digest::Digests;
use crate::source::Node;

/// An item of the first list and the same thing in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Its index in the first list.
    pub(super) before: usize,
    /// Its index in the second list.
    pub(super) after: usize,
    /// Whether it stands elsewhere among the items that both have, in a list whose order counts.
    pub(super) moved: bool,
    /// Whether it is the same but for what it is known by.
    pub(super) renamed: bool,
}

/// Which items of two lists are the same thing; the others are in one of them alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alignment {
    /// By the index in the second list.
    pub(super) pairs: Vec<Pair>,
    /// Indexes in the first list.
    pub(super) removed: Vec<usize>,
    /// Indexes in the second list.
    pub(super) added: Vec<usize>,
}

/// A list to align.
#[derive(Clone, Copy)]
pub(super) struct List<'t> {
    pub(super) node: Node<'t>,
    pub(super) digests: &'t Digests,
}
