//! What a rule does to requests and answers on their way.

use std::collections::BTreeMap;

use crate::config::{self, GatewayApiVersion};
use crate::diag::Diagnostic;
use crate::model::{HeaderModifier, Match, Redirect};
use crate::source::{Located, Pos, Sourced};

use super::path_modifier::path_modifier;
use super::resolver::Resolver;

pub(super) fn refuse_empty(pos: Pos, what: &str, fields: &[&str], cx: &mut Resolver<'_>) {
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

pub(super) fn redirect(
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
    if let Some(status) = status {
        refuse_new_status(status, cx);
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

/// Statuses other than 301 and 302 came with Gateway API 1.5.
///
/// Source: Gateway API, the CRD of `HTTPRoute`, `requestRedirect.statusCode`.
fn refuse_new_status(status: Located<u16>, cx: &mut Resolver<'_>) {
    if cx.versions.gateway_api >= GatewayApiVersion::V1_5 || matches!(status.value, 301 | 302) {
        return;
    }
    cx.report.push(
        Diagnostic::error(
            "newer-than-target",
            format!("the status {status} needs Gateway API 1.5 or newer"),
            status.pos,
        )
        .because("The CRD of the target's version refuses it.")
        .help("Write 301 or 302, or set `target.gatewayApi` to a newer version."),
    );
}

pub(super) fn headers(
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
    let named = set.iter().chain(&add).map(|item| &item.name);
    for name in named.chain(&remove) {
        refuse_host(name, cx);
    }
    for item in set.iter().chain(&add) {
        refuse_control(&item.value.value, cx);
    }
    Some(HeaderModifier { set, add, remove })
}

/// Envoy Gateway does not accept a route that changes this header.
///
/// Source: Envoy Gateway, `internal/gatewayapi/filters.go`, and its pull request
/// <https://github.com/envoyproxy/gateway/pull/5533>.
fn refuse_host(name: &Located<config::HeaderName>, cx: &mut Resolver<'_>) {
    if name.eq_ignore_ascii_case("host") {
        cx.report.push(
            Diagnostic::error(
                "unchangeable-header",
                format!("the header `{name}` cannot be changed like others"),
                name.pos,
            )
            .because("Envoy Gateway does not accept a route that tries.")
            .help("Write `rewrite: {host: …}` on the rule to send another host to the backend."),
        );
    }
}

/// Source: RFC 9110, section 5.5.
fn refuse_control(value: &Located<String>, cx: &mut Resolver<'_>) {
    if value.chars().any(|c| c.is_control() && c != '\t') {
        cx.report.push(
            Diagnostic::error(
                "bad-header-value",
                "the value of a header holds a line break or another control character",
                value.pos,
            )
            .because("Envoy would refuse the whole configuration of the listener.")
            .help("Write it in one line, without control characters."),
        );
    }
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
