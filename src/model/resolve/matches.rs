//! Conditions on requests.

use crate::config::{self, NamedMatch as WrittenMatch};
use crate::diag::Diagnostic;
use crate::model::{GrpcMatch, Match, NamedMatch, PathMatch, RouteKind, ValueMatch};
use crate::source::{Located, Pos};

use super::paths::{check_path, check_regex};
use super::resolver::Resolver;
use super::rules::http_in_grpc_route;

/// The conditions of a rule, each checked against what its kind of route can say.
pub(super) fn resolve(
    written: Vec<Located<config::Match>>,
    kind: RouteKind,
    cx: &mut Resolver<'_>,
) -> Vec<Match> {
    written
        .into_iter()
        .map(|matched| one(matched, kind, cx))
        .collect()
}

fn one(written: Located<config::Match>, kind: RouteKind, cx: &mut Resolver<'_>) -> Match {
    let pos = written.pos;
    let config::Match {
        path_prefix,
        path_exact,
        path_regex,
        method,
        headers,
        query,
        grpc,
    } = written.value;
    match kind {
        RouteKind::Grpc => {
            let fields = [
                ("pathPrefix", path_prefix.as_ref().map(|field| field.pos)),
                ("pathExact", path_exact.as_ref().map(|field| field.pos)),
                ("pathRegex", path_regex.as_ref().map(|field| field.pos)),
                ("method", method.as_ref().map(|field| field.pos)),
                ("query", query.first().map(|item| item.pos)),
            ];
            for (field, pos) in fields.into_iter().filter_map(|(f, p)| Some((f, p?))) {
                cx.report.push(http_in_grpc_route(field, pos).help(
                    "Write `grpc: {service: …, method: …}`, or make it a route of type `http`.",
                ));
            }
        }
        RouteKind::Http => {
            if let Some(grpc) = &grpc {
                cx.report.push(
                    Diagnostic::error(
                        "grpc-in-http-route",
                        "a route of type `http` has no `grpc` match",
                        grpc.pos,
                    )
                    .help("Write `type: grpc` on the route, or `pathPrefix: /SERVICE/METHOD`."),
                );
            }
        }
    }
    Match {
        path: path(path_prefix, path_exact, path_regex, cx),
        method,
        headers: named(headers, true, pos, cx),
        query: named(query, false, pos, cx),
        grpc: grpc.and_then(|grpc| grpc_match(grpc, cx)),
    }
}

fn path(
    prefix: Option<Located<config::PathText>>,
    exact: Option<Located<config::PathText>>,
    regex: Option<Located<String>>,
    cx: &mut Resolver<'_>,
) -> Option<PathMatch> {
    let mut places: Vec<Pos> = [
        prefix.as_ref().map(|field| field.pos),
        exact.as_ref().map(|field| field.pos),
        regex.as_ref().map(|field| field.pos),
    ]
    .into_iter()
    .flatten()
    .collect();
    places.sort();
    if let [first, second, ..] = places.as_slice() {
        cx.report.push(
            Diagnostic::error("several-paths", "the match has several conditions on the path", *second)
                .related(*first, "the first is here")
                .because("Gateway API takes one for each match.")
                .help("Keep one of `pathPrefix`, `pathExact` and `pathRegex`; for either of two write two `matches`."),
        );
    }
    if let Some(path) = prefix {
        check_path(&path, cx);
        return Some(PathMatch::Prefix(path));
    }
    if let Some(path) = exact {
        check_path(&path, cx);
        return Some(PathMatch::Exact(path));
    }
    let regex = regex?;
    check_regex(&regex, cx);
    Some(PathMatch::Regex(regex))
}

/// Conditions on headers (whose names ignore case) or query parameters (whose names do not).
fn named(
    written: Vec<Located<WrittenMatch>>,
    headers: bool,
    parent: Pos,
    cx: &mut Resolver<'_>,
) -> Vec<NamedMatch> {
    let mut all: Vec<NamedMatch> = Vec::with_capacity(written.len());
    for item in written {
        let pos = item.pos;
        let WrittenMatch { name, value, regex } = item.value;
        let same = |other: &&NamedMatch| {
            if headers {
                other.name.eq_ignore_ascii_case(&name)
            } else {
                *other.name.value == *name.value
            }
        };
        if let Some(first) = all.iter().find(same) {
            let what = if headers { "header" } else { "query parameter" };
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!("{what} `{name}` has two conditions"),
                    name.pos,
                )
                .related(first.name.pos, "the first is here")
                .because("Only the first would be looked at.")
                .help("Keep one; for either of two values write two `matches`, or a `regex`."),
            );
            continue;
        }
        let value = match (value, regex) {
            (Some(value), None) => ValueMatch::Exact(value),
            (None, Some(regex)) => {
                check_regex(&regex, cx);
                ValueMatch::Regex(regex)
            }
            (Some(value), Some(regex)) => {
                cx.report.push(
                    Diagnostic::error(
                        "value-and-regex",
                        format!("`{name}` has a value and a regular expression"),
                        regex.pos,
                    )
                    .related(value.pos, "the value")
                    .help("Keep one of them."),
                );
                continue;
            }
            (None, None) => {
                let known = ["value", "regex"]
                    .iter()
                    .any(|key| cx.dropped.field(pos, key));
                if !known && !cx.dropped.field(parent, "headers") {
                    cx.report.push(
                        Diagnostic::error(
                            "missing-field",
                            format!("`{name}` has neither a value nor a regular expression"),
                            name.pos,
                        )
                        .help("Write `value:` or `regex:` beside it."),
                    );
                }
                continue;
            }
        };
        all.push(NamedMatch { name, value });
    }
    all
}

fn grpc_match(written: Located<config::GrpcMatch>, cx: &mut Resolver<'_>) -> Option<GrpcMatch> {
    let pos = written.pos;
    let config::GrpcMatch { service, method } = written.value;
    if service.is_none() && method.is_none() {
        let known = ["service", "method"]
            .iter()
            .any(|key| cx.dropped.field(pos, key));
        if !known {
            cx.report.push(
                Diagnostic::error(
                    "empty-match",
                    "a `grpc` match names neither a service nor a method",
                    pos,
                )
                .help("Write `service:`, `method:` or both; leave `grpc` out to match every call."),
            );
        }
        return None;
    }
    Some(GrpcMatch { service, method })
}
