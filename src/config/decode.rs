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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::edge;
    use crate::source::{Sources, read};

    /// Decodes without validation, as if the schema let everything pass.
    fn decode_text(spec: &str) -> (Report, Option<Loaded>) {
        let mut sources = Sources::new();
        let id = sources.add("edge.yaml", edge(spec)).unwrap();
        let mut tree = read(sources.get(id)).documents.swap_remove(0).tree;
        let mut report = Report::new();
        let loaded = decode(&mut tree, &mut report);
        (report, loaded)
    }

    #[test]
    fn what_the_schema_let_pass_is_told_and_left_out() {
        let (report, loaded) = decode_text(
            "proxy: {replicas: many}\nnamespaces: [{name: a}, {name: []}, {nam: b}]\nmesh: {mode: x}",
        );
        let told: Vec<&str> = report.iter().map(|d| d.headline.as_str()).collect();
        insta::assert_snapshot!("undecodable", told.join("\n"));
        let Loaded { edge, dropped } = loaded.unwrap();
        assert_eq!(edge.spec.namespaces.len(), 1);
        assert!(edge.spec.mesh.is_none() && edge.spec.proxy.replicas.is_none());
        assert!(dropped.any("spec.namespaces") && dropped.any("spec.proxy.replicas"));
    }

    #[test]
    fn nothing_left_is_no_config() {
        let (report, loaded) = decode_text("- a");
        assert!(loaded.is_none() && report.has_errors());
        let (_, loaded) = decode_text("namespaces: [{name: a}]");
        assert!(loaded.is_some());
    }
}
