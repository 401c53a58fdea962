//! Which documents are ours.

use std::sync::Arc;

use crate::diag::{Diagnostic, closest, did_you_mean};
use crate::source::{Document, Node, Pos, Source, Tree, read_text};

use super::{API_GROUP, API_VERSION};

/// The kinds of documents of our API group.
const KINDS: &[&str] = &["Edge"];

/// What a document is to us.
#[derive(Debug)]
pub(super) enum Class {
    /// A config.
    Edge,
    /// Somebody else's, in a folder: left alone.
    Foreign,
    /// Meant for us, or named as if it were, and wrong.
    Wrong(Box<Diagnostic>),
}

/// What a document is; `named` says whether the user named its file outright.
pub(super) fn classify(tree: &Tree, source: &Source, named: bool) -> Class {
    let root = tree.root();
    let version = root.get("apiVersion");
    let kind = root.get("kind");
    let group = version.and_then(group_of);
    for (field, node) in [("apiVersion", version), ("kind", kind)] {
        if let Some(node) = node.filter(|node| node.as_str().is_none())
            && (named || group == Some(API_GROUP))
        {
            return wrong(no_text(field, node));
        }
    }
    if group == Some(API_GROUP) {
        return classify_ours(root, version, kind);
    }
    if let Some(version) = version
        && group.is_some_and(|group| closest(group, [API_GROUP]).is_some())
    {
        return wrong(unknown_version(version));
    }
    match (version, kind) {
        (None, Some(kind)) if KINDS.contains(&kind.text()) => wrong(
            Diagnostic::error(
                "no-api-version",
                "the document says `kind: Edge` and no `apiVersion`",
                kind.pos(),
            )
            .label("an `apiVersion` belongs beside this")
            .help(format!("Add `apiVersion: {API_VERSION}`.")),
        ),
        _ if !named => Class::Foreign,
        (Some(version), Some(kind)) if KINDS.contains(&kind.text()) => {
            wrong(unknown_version(version))
        }
        (Some(version), Some(kind)) => wrong(kubernetes(version, kind)),
        _ if root.is_map() => wrong(
            Diagnostic::error(
                "no-api-version",
                match (version, kind) {
                    (None, None) => "the document says neither `apiVersion` nor `kind`",
                    (None, Some(_)) => "the document says no `apiVersion`",
                    _ => "the document says no `kind`",
                },
                root.pos(),
            )
            .help(format!(
                "A config begins with `apiVersion: {API_VERSION}` and `kind: Edge`."
            )),
        ),
        _ => wrong(
            Diagnostic::error(
                "not-a-config",
                format!(
                    "`{}` holds {} where a config should be",
                    source.name(),
                    root.shape().describe()
                ),
                root.pos(),
            )
            .help(format!(
                "A config is a map that begins with `apiVersion: {API_VERSION}` and `kind: Edge`."
            )),
        ),
    }
}

/// Whether a text says that it is a config, be it one that cannot be read.
pub fn says_config(text: &str) -> bool {
    text.lines().any(|line| {
        let version = line.strip_prefix("apiVersion:").unwrap_or_default();
        let version = version.trim_start().trim_start_matches(['"', '\'']);
        version
            .split_once('/')
            .is_some_and(|(group, _)| group == API_GROUP)
    })
}

/// Whether a text holds a document of our API group.
pub fn holds_config(text: &Arc<str>) -> bool {
    let ours = |document: &Document| {
        let version = document.tree.root().get("apiVersion");
        version.and_then(group_of) == Some(API_GROUP)
    };
    text.contains(API_GROUP) && read_text(text, Pos::new(0)).documents.iter().any(ours)
}

fn wrong(diagnostic: Diagnostic) -> Class {
    Class::Wrong(Box::new(diagnostic))
}

fn group_of(version: Node<'_>) -> Option<&str> {
    version.as_str()?.split_once('/').map(|(group, _)| group)
}

fn classify_ours(root: Node<'_>, version: Option<Node<'_>>, kind: Option<Node<'_>>) -> Class {
    let Some(kind) = kind else {
        return wrong(
            Diagnostic::error("no-kind", "the document says no `kind`", root.pos())
                .label("no `kind`")
                .help("Add `kind: Edge`."),
        );
    };
    if !KINDS.contains(&kind.text()) {
        let name = kind.text();
        return wrong(
            Diagnostic::error(
                "unknown-kind",
                format!("`{API_GROUP}` has no kind `{name}`"),
                kind.pos(),
            )
            .maybe_help(did_you_mean(name, KINDS.iter().copied())),
        );
    }
    match version {
        Some(version) if version.text() != API_VERSION => wrong(unknown_version(version)),
        _ => Class::Edge,
    }
}

fn no_text(field: &str, node: Node<'_>) -> Diagnostic {
    let found = node.shape().describe();
    Diagnostic::error(
        "wrong-type",
        format!("`{field}` must be a string, not {found}"),
        node.pos(),
    )
    .label(format!("found {found}"))
    .help(format!(
        "A config begins with `apiVersion: {API_VERSION}` and `kind: Edge`."
    ))
}

fn unknown_version(version: Node<'_>) -> Diagnostic {
    Diagnostic::error(
        "unknown-api-version",
        format!("this gatewright does not read `{}`", version.text()),
        version.pos(),
    )
    .label(format!("expected `{API_VERSION}`"))
    .help(format!("Write `apiVersion: {API_VERSION}`."))
}

fn kubernetes(version: Node<'_>, kind: Node<'_>) -> Diagnostic {
    let name = kind.text();
    Diagnostic::error(
        "not-a-config",
        format!("a Kubernetes document of kind `{name}` is no config"),
        kind.pos(),
    )
    .label(format!("`{name}` of `{}`", version.text()))
    .because("A file named outright must hold documents of kind `Edge` and nothing else.")
    .help(
        "List the file under `resources:` of the config to take its objects up, or check it by \
         `gatewright check -m FILE`.",
    )
}
