//! A validated document becomes the typed config.

use serde::Deserialize;

use crate::diag::{Diagnostic, Report};
use crate::source::Tree;

use super::Edge;
use super::deserialize::Value;
use super::dropped::{Dropped, drop_poisoned};

/// How many mistakes that the schema does not know are told of in one run.
const MOST_TRIES: usize = 100;

/// The config, and what had to be left out of it.
#[derive(Debug)]
pub struct Loaded {
    /// The config.
    pub edge: Edge,
    /// What was written but is not in it, because it was wrong and reported.
    pub dropped: Dropped,
}

/// Decodes what is not poisoned; none, where nothing is left.
///
/// What the schema lets pass and the types refuse is reported here and left out too.
pub(super) fn decode(tree: &mut Tree, report: &mut Report) -> Option<Loaded> {
    let mut dropped = Dropped::default();
    for _ in 0..MOST_TRIES {
        if !drop_poisoned(tree, &mut dropped) {
            return None;
        }
        let error = match Edge::deserialize(Value(tree.root())) {
            Ok(edge) => return Some(Loaded { edge, dropped }),
            Err(error) => error,
        };
        let at = error.at.unwrap_or_default();
        report.push(
            Diagnostic::error(
                "undecodable",
                format!("this cannot be read: {}", error.message),
                tree.node(at).pos(),
            )
            .because("The schema lets it pass, so the message is less clear than it should be."),
        );
        tree.poison(at);
    }
    None
}
