//! What no document may hold, wherever it stands.

use std::sync::Arc;

use crate::diag::{Diagnostic, Place, Report};
use crate::source::{Node, NodeId, Pos, Shape, Sources, Tree};

/// The beginnings of well-known secrets, what they are, and how many characters follow at least.
const SECRETS: &[(&str, &str, usize)] = &[
    ("AKIA", "an AWS access key", 16),
    ("AIza", "a Google API key", 35),
    ("eyJhbGciOi", "a signed token (JWT)", 20),
    ("ghp_", "a GitHub token", 36),
    ("github_pat_", "a GitHub token", 40),
    ("glpat-", "a GitLab token", 20),
    ("sk_live_", "a Stripe key", 16),
    ("xoxb-", "a Slack token", 20),
    ("xoxp-", "a Slack token", 20),
];

/// Keys whose value, where it is a string, is the secret itself.
const SECRET_KEYS: &[&str] = &["clientSecret", "password", "privateKey"];

/// Reports and poisons every secret, and poisons what is `reported` already, by place.
pub(super) fn scan(tree: &mut Tree, reported: &[Pos], sources: &Sources, report: &mut Report) {
    let mut found = Vec::new();
    for id in 0..tree.len() as NodeId {
        let node = tree.node(id);
        if let Some(diagnostic) = secret_in(node, sources) {
            report.push(diagnostic);
            found.push(id);
        } else if !reported.is_empty()
            && reported.binary_search(&node.pos()).is_ok()
            && !begins_with_child(node)
        {
            found.push(id);
        }
    }
    tree.poison_all(found);
}

/// Whether a child begins where the node does, as the first key of a map in block style; what is
/// reported there is the child.
fn begins_with_child(node: Node<'_>) -> bool {
    let key = node.entries().next().map(|(key, _)| key);
    let first = key.or_else(|| node.items().next());
    first.is_some_and(|first| first.pos() == node.pos())
}

/// What kind of secret a text holds, if it looks like one.
fn kind_of_secret(text: &str) -> Option<&'static str> {
    // Nothing shorter is a secret, and nearly all scalars are shorter.
    if text.len() < 20 {
        return None;
    }
    if let Some((_, rest)) = text.split_once("-----BEGIN ")
        && rest.contains("PRIVATE KEY-----")
    {
        return Some("a private key");
    }
    let (_, what, _) = SECRETS.iter().find(|(start, _, least)| {
        text.strip_prefix(start)
            .is_some_and(|rest| rest.len() >= *least && !rest.contains([' ', '/']))
    })?;
    Some(what)
}

/// What kind of secret a value is whose key says that it is one.
fn kind_by_key(node: Node<'_>) -> Option<&'static str> {
    let key = node.tree().node(node.id().checked_sub(1)?);
    if !SECRET_KEYS.contains(&key.text()) || node.text().is_empty() {
        return None;
    }
    // What stands before it may be an item of the same list.
    let map = node.tree().node(node.tree().parent(node.id())?);
    let (found, _) = map.entry(key.text())?;
    (found.id() == key.id()).then_some("a secret")
}

fn secret_in(node: Node<'_>, sources: &Sources) -> Option<Diagnostic> {
    if node.shape() != Shape::Str {
        return None;
    }
    let what = kind_of_secret(node.text()).or_else(|| kind_by_key(node))?;
    Some(
        Diagnostic::error(
            "secret-in-config",
            format!("{what} stands in the config"),
            masked(node.pos(), sources),
        )
        .label("this")
        .because("A config is kept in git and printed in reviews, so it is no place for secrets.")
        .help(
            "Keep it in a Secret of the cluster and name that Secret here; \
             what was committed should be revoked.",
        ),
    )
}

/// The place of a secret in a text that does not show it: stars stand from there on.
fn masked(pos: Pos, sources: &Sources) -> Place {
    let Some((source, range)) = sources.token(pos) else {
        return pos.into();
    };
    let (before, secret) = source.text().split_at(range.start);
    let stars: String = secret
        .chars()
        .map(|c| if c == '\n' { c } else { '*' })
        .collect();
    Place::Line {
        name: source.name().to_owned(),
        text: Arc::from(format!("{before}{stars}")),
        range: range.start..range.start + 1,
    }
}
