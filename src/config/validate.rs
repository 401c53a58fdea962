//! A document against the schema: every mistake becomes one diagnostic.

use std::collections::BTreeSet;

use crate::diag::Report;
use crate::source::{Node, NodeId, Tree};

use super::mistakes::{Mistake, What, find_mistakes};
use super::wording::word;

/// Reports every mistake of a document in long form, and poisons what is wrong.
///
/// What is poisoned already was reported by another pass and is not reported again.
pub(super) fn validate(tree: &mut Tree, report: &mut Report) {
    let mistakes = find_mistakes(tree);
    let mut said = BTreeSet::new();
    for mistake in &mistakes {
        let told = mistake.what == What::Missing(Vec::new());
        if !told && !tree.node(mistake.at).is_poisoned() {
            let diagnostic = word(tree, mistake);
            // An alias repeats what its anchor says, with the same places.
            let place = tree.node(mistake.at).pos();
            if said.insert((place, diagnostic.headline.clone())) || !place.is_some() {
                report.push(diagnostic);
            }
        }
    }
    let mut wrong: Vec<NodeId> = mistakes
        .iter()
        .filter(|mistake| !only_lacks_its_name(tree, mistake))
        .map(|mistake| mistake.at)
        .collect();
    // A key's value goes with it.
    let keys = mistakes
        .iter()
        .filter(|mistake| matches!(mistake.what, What::Unknown | What::Key));
    wrong.extend(keys.map(|mistake| tree.node(mistake.at).end()));
    tree.poison_all(wrong);
}

/// Whether a config lacks nothing but what it is called, which its other mistakes do not hang on.
fn only_lacks_its_name(tree: &Tree, mistake: &Mistake) -> bool {
    let What::Missing(fields) = &mistake.what else {
        return false;
    };
    let metadata = tree.root().get("metadata").map(Node::id);
    match fields.as_slice() {
        [field] if field == "metadata" => mistake.at == tree.root().id(),
        [field] if field == "name" => Some(mistake.at) == metadata,
        _ => false,
    }
}
