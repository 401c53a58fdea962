//! Text to trees.

use std::ops::Range;
use std::sync::Arc;

use super::canonical::read_canonical;
use super::compose::compose;
use super::issue::Issue;
use super::position::Pos;
use super::sources::Source;
use super::tree::Tree;

/// How many lists and maps may stand in each other.
pub(super) const MAX_DEPTH: usize = 200;

/// One document of a text.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it says.
    pub tree: Tree,
    /// Where it stands in the text, without the `---` before it and with all its comments, so
    /// that it can be passed on as it was written.
    pub range: Range<usize>,
    /// Whether [`emit`](super::emit) would write exactly the text of this range. A text which is
    /// not said to be exact may be so all the same.
    pub exact: bool,
}

/// All that was read from a text.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The documents that could be read, in the order of the text. Empty ones are left out; one
    /// that says `null` is not empty.
    pub documents: Vec<Document>,
    /// The mistakes in the text. A document with a syntax error is not among the documents.
    pub issues: Vec<Issue>,
}

/// Reads all documents of a source.
pub fn read(source: &Source) -> Documents {
    read_text(source.text(), source.start())
}

/// Reads all documents of a text whose first byte stands at `start`.
pub fn read_text(text: &Arc<str>, start: Pos) -> Documents {
    match read_canonical(text, start) {
        Some(documents) => Documents {
            documents,
            issues: Vec::new(),
        },
        None => read_general(text, start),
    }
}

/// The same by the general reader alone.
///
/// The fast reader answers with the same trees or not at all, so nobody but a test or a benchmark
/// has a reason to choose.
pub fn read_general(text: &Arc<str>, start: Pos) -> Documents {
    compose(text, start)
}

#[cfg(test)]
mod tests;
