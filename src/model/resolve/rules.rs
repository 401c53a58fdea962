//! Rules of one route.

use std::collections::BTreeMap;

use crate::config::{self, DnsLabel, Hostname, ObjectName, UpstreamHost};
use crate::diag::Diagnostic;
use crate::model::{
    HeaderModifier, Match, ParentRef, PathMatch, PathModifier, Redirect, RouteKind, Rule, Timeouts,
};
use crate::source::{Located, Origin, Pos, Sourced};

use super::grants::Grants;
use super::paths::{check_path, milliseconds};
use super::preserved::PreservedHosts;
use super::resolver::Resolver;
use super::routes::World;
use super::{backends, matches, upstream};

/// What the rules of a route have in common.
pub(super) struct Scope<'r> {
    pub(super) kind: RouteKind,
    pub(super) namespace: &'r DnsLabel,
    pub(super) hostnames: &'r [Located<Hostname>],
    /// Whether these are all that were written.
    pub(super) all_hostnames: bool,
    pub(super) parents: &'r [ParentRef],
    pub(super) upstream_host: Option<Located<UpstreamHost>>,
    pub(super) world: &'r World<'r>,
}

/// Resolves the rules of a route.
pub(super) fn resolve(
    written: Vec<Located<config::Rule>>,
    scope: &Scope<'_>,
    grants: &mut Grants,
    preserved: &mut PreservedHosts,
    cx: &mut Resolver<'_>,
) -> Vec<Rule> {
    let mut names: BTreeMap<ObjectName, Pos> = BTreeMap::new();
    let mut rules = Vec::with_capacity(written.len());
    for rule in written {
        if let Some(name) = &rule.name
            && let Some(first) = names.insert(name.value.clone(), name.pos)
        {
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!("two rules are called `{name}`"),
                    name.pos,
                )
                .related(first, "the first is here")
                .help("Rename one of them."),
            );
        }
        rules.push(one(rule, scope, grants, preserved, cx));
    }
    rules
}

fn one(
    written: Located<config::Rule>,
    scope: &Scope<'_>,
    grants: &mut Grants,
    preserved: &mut PreservedHosts,
    cx: &mut Resolver<'_>,
) -> Rule {
    let pos = written.pos;
    let written = written.value;
    refuse_contradictions(&written, pos, scope, cx);
    let matches = matches::resolve(written.matches, scope.kind, cx);
    let several = cx.dropped.field(pos, "matches");
    let (mut rewrite_path, mut host) = (None, None);
    if let Some(rewrite) = written.rewrite {
        let place = rewrite.pos;
        let config::Rewrite {
            path_prefix,
            path,
            host: to,
        } = rewrite.value;
        if path_prefix.is_none() && path.is_none() && to.is_none() {
            refuse_empty(place, "rewrite", &["pathPrefix", "path", "host"], cx);
        }
        rewrite_path = path_modifier(path_prefix, path, &matches, several, cx);
        host = to.map(|to| Sourced::from(to.map(config::PreciseHostname::into_string)));
    }
    let redirect = written
        .redirect
        .map(|redirect| resolve_redirect(redirect, &matches, several, cx));
    let mut backends = backends::resolve(written.backends, scope, grants, cx);
    let mirrors = backends::mirrors(written.mirrors, scope, grants, cx);
    let wish = upstream::HostWish {
        upstream: written
            .upstream_host
            .or(scope.upstream_host)
            .map(Sourced::from),
        host,
        rule: pos,
    };
    let rewrite_host = upstream::settle(wish, &mut backends, &mirrors, scope, preserved, cx);
    Rule {
        name: written.name,
        matches,
        request_headers: written
            .request_headers
            .and_then(|m| headers(m, "requestHeaders", cx)),
        response_headers: written
            .response_headers
            .and_then(|m| headers(m, "responseHeaders", cx)),
        redirect,
        rewrite_host,
        rewrite_path,
        mirrors: mirrors.into_iter().map(|(mirror, ..)| mirror).collect(),
        timeouts: written
            .timeouts
            .map(|timeouts| resolve_timeouts(timeouts, cx))
            .unwrap_or_default(),
        backends: backends.into_iter().map(|(backend, _)| backend).collect(),
        origin: Origin::Written(pos),
    }
}

fn refuse_contradictions(rule: &config::Rule, pos: Pos, scope: &Scope<'_>, cx: &mut Resolver<'_>) {
    if scope.kind == RouteKind::Grpc {
        let fields = [
            ("rewrite", rule.rewrite.as_ref().map(|field| field.pos)),
            ("redirect", rule.redirect.as_ref().map(|field| field.pos)),
            ("timeouts", rule.timeouts.as_ref().map(|field| field.pos)),
        ];
        for (field, pos) in fields.into_iter().filter_map(|(f, p)| Some((f, p?))) {
            cx.report.push(
                Diagnostic::error(
                    "http-in-grpc-route",
                    format!("a route of type `grpc` has no `{field}`"),
                    pos,
                )
                .because("GRPCRoute has no such field.")
                .help("Leave it out, or make it a route of type `http`."),
            );
        }
    }
    let Some(redirect) = &rule.redirect else {
        if rule.backends.is_empty()
            && !cx.dropped.field(pos, "backends")
            && !cx.dropped.field(pos, "redirect")
        {
            cx.report.push(
                Diagnostic::error(
                    "rule-without-backends",
                    "the rule sends requests nowhere",
                    pos,
                )
                .because("The gateway would answer with status 500.")
                .help("Write `backends: [{service: NAME, port: PORT}]`, or `redirect:`."),
            );
        }
        return;
    };
    let others = [
        ("backends", rule.backends.first().map(|item| item.pos)),
        ("rewrite", rule.rewrite.as_ref().map(|field| field.pos)),
        ("mirrors", rule.mirrors.first().map(|item| item.pos)),
    ];
    for (field, other) in others.into_iter().filter_map(|(f, p)| Some((f, p?))) {
        cx.report.push(
            Diagnostic::error(
                "redirect-with-backends",
                format!("a rule that redirects has no `{field}`"),
                other,
            )
            .related(redirect.pos, "the redirect")
            .because("A redirected request never reaches a backend; Gateway API refuses both in one rule.")
            .help("Keep one of them, or write two rules."),
        );
    }
}

fn refuse_empty(pos: Pos, what: &str, fields: &[&str], cx: &mut Resolver<'_>) {
    if fields.iter().any(|field| cx.dropped.field(pos, field)) {
        return;
    }
    let fields: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    cx.report.push(
        Diagnostic::error("empty-field", format!("`{what}` says nothing"), pos).help(format!(
            "Write one of {}, or leave it out.",
            fields.join(", ")
        )),
    );
}

/// A change of the path. A replaced prefix needs to know which prefix: one match, by prefix.
///
/// Source: Gateway API, the rules of `HTTPRouteRule` on `replacePrefixMatch`.
fn path_modifier(
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

fn resolve_redirect(
    written: Located<config::Redirect>,
    matches: &[Match],
    incomplete: bool,
    cx: &mut Resolver<'_>,
) -> Redirect {
    let place = written.pos;
    let config::Redirect {
        scheme,
        host,
        port,
        path_prefix,
        path,
        status,
    } = written.value;
    let says_nothing = scheme.is_none()
        && host.is_none()
        && port.is_none()
        && path_prefix.is_none()
        && path.is_none();
    if says_nothing {
        refuse_empty(
            place,
            "redirect",
            &["scheme", "host", "port", "pathPrefix", "path"],
            cx,
        );
    }
    Redirect {
        scheme: scheme.map(Sourced::from),
        host: host.map(|host| Sourced::from(host.map(config::PreciseHostname::into_string))),
        port: port.map(Sourced::from),
        path: path_modifier(path_prefix, path, matches, incomplete, cx),
        status: status.map_or(
            Sourced::default(302, "spec.routes.rules.redirect.status"),
            Sourced::from,
        ),
    }
}

fn headers(
    written: Located<config::HeaderModifier>,
    field: &str,
    cx: &mut Resolver<'_>,
) -> Option<HeaderModifier> {
    let pos = written.pos;
    let config::HeaderModifier { set, add, remove } = written.value;
    if set.is_empty() && add.is_empty() && remove.is_empty() {
        refuse_empty(pos, field, &["set", "add", "remove"], cx);
        return None;
    }
    for list in [&set, &add] {
        refuse_twice(list.iter().map(|item| &item.name), cx);
    }
    refuse_twice(remove.iter(), cx);
    Some(HeaderModifier { set, add, remove })
}

fn refuse_twice<'h>(
    names: impl Iterator<Item = &'h Located<config::HeaderName>>,
    cx: &mut Resolver<'_>,
) {
    let mut seen: BTreeMap<String, Pos> = BTreeMap::new();
    for name in names {
        if let Some(first) = seen.insert(name.to_lowercase(), name.pos) {
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!("header `{name}` is named twice"),
                    name.pos,
                )
                .related(first, "named here first")
                .help("Keep one of them."),
            );
        }
    }
}

fn resolve_timeouts(written: Located<config::Timeouts>, cx: &mut Resolver<'_>) -> Timeouts {
    let config::Timeouts {
        request,
        backend_request,
    } = written.value;
    if let (Some(request), Some(backend)) = (&request, &backend_request) {
        let (whole, attempt) = (milliseconds(request), milliseconds(backend));
        if whole != 0 && attempt > whole {
            cx.report.push(
                Diagnostic::error(
                    "timeout-longer-than-request",
                    format!("an attempt may take {backend}, the whole request only {request}"),
                    backend.pos,
                )
                .related(request.pos, "the whole request")
                .help("Make `backendRequest` at most `request`."),
            );
        }
    }
    Timeouts {
        request,
        backend_request,
    }
}
