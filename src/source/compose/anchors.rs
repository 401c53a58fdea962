//! What aliases stand for.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::tree::NodeId;

/// How many nodes all aliases of a text may stand for together.
const MAX_REPEATED: usize = 1_000_000;

/// How many bytes of text all aliases of a text may stand for together.
const MAX_REPEATED_TEXT: usize = 64 << 20;

/// How many anchors are compared with the name of one that is missing.
const CANDIDATES: usize = 200;

/// A finished node which aliases may stand for.
#[derive(Clone, Copy)]
pub(super) struct Anchored {
    pub(super) id: NodeId,
    /// How many collections stand in each other from it on.
    pub(super) height: usize,
}

/// The anchors of a document, and how much the aliases of the whole text have repeated.
#[derive(Default)]
pub(super) struct Anchors<'t> {
    finished: HashMap<usize, Anchored>,
    names: Vec<Cow<'t, str>>,
    repeated_nodes: usize,
    repeated_text: usize,
}

impl<'t> Anchors<'t> {
    /// Remembers a name, which may be what an alias was meant to say.
    pub(super) fn name(&mut self, name: Cow<'t, str>) {
        self.names.push(name);
    }

    /// Remembers a finished node, if it has an anchor: zero is none.
    pub(super) fn finish(&mut self, anchor: usize, node: Anchored) {
        if anchor != 0 {
            self.finished.insert(anchor, node);
        }
    }

    /// The node of an anchor; nothing while it is not finished.
    pub(super) fn get(&self, anchor: usize) -> Option<Anchored> {
        self.finished.get(&anchor).copied()
    }

    /// Whether the text may repeat that much more. The bytes are not counted where the nodes are
    /// too many already.
    pub(super) fn may_repeat(&mut self, nodes: usize, text: impl FnOnce() -> usize) -> bool {
        self.repeated_nodes += nodes;
        if self.repeated_nodes <= MAX_REPEATED {
            self.repeated_text += text();
        }
        self.repeated_nodes <= MAX_REPEATED && self.repeated_text <= MAX_REPEATED_TEXT
    }

    /// The name of an anchor that may be a slip of this one.
    pub(super) fn nearest(&self, name: &str) -> Option<String> {
        self.names
            .iter()
            .rev()
            .take(CANDIDATES)
            .filter(|anchor| anchor.len() <= 64)
            .map(|anchor| (strsim::damerau_levenshtein(name, anchor), anchor))
            .filter(|(distance, _)| *distance <= (name.len() / 3).max(1))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, anchor)| anchor.to_string())
    }

    /// Forgets the anchors of a document, and not what was repeated.
    pub(super) fn clear(&mut self) {
        self.finished.clear();
        self.names.clear();
    }
}
