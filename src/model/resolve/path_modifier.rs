//! Changes of a request's path.

use crate::config;
use crate::diag::Diagnostic;
use crate::model::{Match, PathMatch, PathModifier};
use crate::source::Located;

use super::paths::check_path;
use super::resolver::Resolver;

/// A change of the path. A replaced prefix needs to know which prefix: one match, by prefix.
///
/// Source: Gateway API, the rules of `HTTPRouteRule` on `replacePrefixMatch`.
pub(super) fn path_modifier(
    prefix: Option<Located<config::PathText>>,
    full: Option<Located<config::PathText>>,
    matches: &[Match],
    incomplete: bool,
    cx: &mut Resolver<'_>,
) -> Option<PathModifier> {
    match (prefix, full) {
        (Some(prefix), Some(full)) => {
            cx.report.push(
                Diagnostic::error("several-paths", "the path is replaced twice", full.pos)
                    .related(prefix.pos, "the prefix is replaced here")
                    .help("Keep one of `pathPrefix` and `path`."),
            );
            None
        }
        (Some(prefix), None) => {
            check_path(&prefix, cx);
            if !incomplete {
                refuse_without_prefix(&prefix, matches, cx);
            }
            Some(PathModifier::Prefix(prefix))
        }
        (None, Some(full)) => {
            check_path(&full, cx);
            Some(PathModifier::Full(full))
        }
        (None, None) => None,
    }
}

fn refuse_without_prefix(
    replacement: &Located<config::PathText>,
    matches: &[Match],
    cx: &mut Resolver<'_>,
) {
    let diagnostic = match matches {
        []
        | [
            Match {
                path: None | Some(PathMatch::Prefix(_)),
                ..
            },
        ] => return,
        [
            Match {
                path: Some(PathMatch::Exact(path)),
                ..
            },
        ] => Diagnostic::error(
            "prefix-without-match",
            "there is no prefix to replace",
            replacement.pos,
        )
        .related(path.pos, "the rule matches an exact path")
        .help("Match by `pathPrefix`, or replace the whole path with `path`."),
        [
            Match {
                path: Some(PathMatch::Regex(path)),
                ..
            },
        ] => Diagnostic::error(
            "prefix-without-match",
            "there is no prefix to replace",
            replacement.pos,
        )
        .related(path.pos, "the rule matches by a regular expression")
        .help("Match by `pathPrefix`, or replace the whole path with `path`."),
        several => Diagnostic::error(
            "prefix-of-several-matches",
            format!(
                "the rule has {} matches, so which prefix to replace is not plain",
                several.len()
            ),
            replacement.pos,
        )
        .because("Gateway API wants exactly one match, by prefix, where a prefix is replaced.")
        .help("Write one rule for each match."),
    };
    cx.report.push(diagnostic);
}
