//! Rules of one route.

use std::collections::BTreeMap;

use crate::config::{self, DnsLabel, Hostname, ObjectName, UpstreamHost};
use crate::diag::Diagnostic;
use crate::model::{ParentRef, RouteKind, Rule, Timeouts};
use crate::source::{Located, Origin, Pos, Sourced};

use super::grants::Grants;
use super::path_modifier::path_modifier;
use super::paths::milliseconds;
use super::preserved::PreservedHosts;
use super::resolver::Resolver;
use super::routes::World;
use super::{backends, filters, matches, upstream};

/// What the rules of a route have in common.
pub(super) struct Scope<'r> {
    pub(super) kind: RouteKind,
    pub(super) namespace: &'r Located<DnsLabel>,
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
            filters::refuse_empty(place, "rewrite", &["pathPrefix", "path", "host"], cx);
        }
        rewrite_path = path_modifier(path_prefix, path, &matches, several, cx);
        host = to.map(|to| Sourced::from(to.map(config::PreciseHostname::into_string)));
    }
    let redirect = written
        .redirect
        .map(|redirect| filters::redirect(redirect, &matches, several, cx));
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
            .and_then(|m| filters::headers(m, "requestHeaders", cx)),
        response_headers: written
            .response_headers
            .and_then(|m| filters::headers(m, "responseHeaders", cx)),
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
                http_in_grpc_route(field, pos)
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

/// A field of HTTP in a route of gRPC calls; what to do about it is left to say.
pub(super) fn http_in_grpc_route(field: &str, pos: Pos) -> Diagnostic {
    Diagnostic::error(
        "http-in-grpc-route",
        format!("a route of type `grpc` has no `{field}`"),
        pos,
    )
}
