//! Listeners of one gateway.

use std::collections::BTreeMap;

use crate::config::{self, DnsLabel, FromNamespaces, ObjectName, Protocol};
use crate::diag::{Diagnostic, closest, did_you_mean};
use crate::model::{AllowedNamespaces, Gateway, Listener, SecretRef};
use crate::source::{Located, Pos, Sourced};

use super::gateways::{Certificates, secret};
use super::hostnames::is_uncertified;
use super::resolver::Resolver;

/// Resolves the listeners of a gateway; those that redirect are noted with what they say.
pub(super) fn resolve(
    written: Vec<Located<config::Listener>>,
    namespace: &Located<DnsLabel>,
    certificates: &Certificates,
    redirects: &mut Vec<(usize, Located<ObjectName>)>,
    cx: &mut Resolver<'_>,
) -> Vec<Listener> {
    let mut listeners: Vec<Listener> = Vec::with_capacity(written.len());
    for listener in written {
        let pos = listener.pos;
        let listener = listener.value;
        let resolved = one(
            listener,
            pos,
            namespace,
            certificates,
            redirects,
            listeners.len(),
            cx,
        );
        listeners.push(resolved);
    }
    refuse_conflicts(&listeners, cx);
    listeners
}

fn one(
    written: config::Listener,
    pos: Pos,
    namespace: &Located<DnsLabel>,
    certificates: &Certificates,
    redirects: &mut Vec<(usize, Located<ObjectName>)>,
    at: usize,
    cx: &mut Resolver<'_>,
) -> Listener {
    let config::Listener {
        name,
        protocol,
        port,
        hostname,
        tls,
        allowed_routes,
        redirect_to,
    } = written;
    let mut secrets = Vec::new();
    match (protocol.value, tls) {
        (Protocol::Https, Some(tls)) => {
            let none = tls.certificates.is_empty() && !cx.dropped.field(tls.pos, "certificates");
            let tls_pos = tls.pos;
            secrets.extend(
                tls.value
                    .certificates
                    .into_iter()
                    .filter_map(|certificate| secret(certificate, namespace, certificates, cx)),
            );
            if none {
                refuse_no_certificate(&name, tls_pos, cx);
            }
        }
        (Protocol::Https, None) => {
            if !cx.dropped.field(pos, "tls") {
                refuse_no_certificate(&name, protocol.pos, cx);
            }
        }
        (Protocol::Http, Some(tls)) => cx.report.push(
            Diagnostic::error(
                "tls-on-http-listener",
                format!("listener `{name}` speaks plaintext and has TLS settings"),
                tls.pos,
            )
            .related(protocol.pos, "`HTTP` is plaintext")
            .help("Write `protocol: HTTPS`, or leave `tls` out."),
        ),
        (Protocol::Http, None) => {}
    }
    if let Some(hostname) = &hostname {
        refuse_uncovered(&name, hostname, &secrets, cx);
    }
    let redirects_to = redirect_to.is_some();
    redirects.extend(redirect_to.map(|to| (at, to)));
    Listener {
        allowed_routes: allowed(allowed_routes, cx),
        name,
        protocol,
        port,
        hostname,
        certificates: secrets,
        redirects: redirects_to,
    }
}

fn refuse_no_certificate(name: &Located<ObjectName>, pos: Pos, cx: &mut Resolver<'_>) {
    cx.report.push(
        Diagnostic::error(
            "missing-certificate",
            format!("listener `{name}` speaks HTTPS and has no certificate"),
            pos,
        )
        .because("Envoy Gateway refuses an HTTPS listener without one.")
        .help("Write `tls: {secret: NAME}` with a Secret of type `kubernetes.io/tls`."),
    );
}

fn refuse_uncovered(
    name: &Located<ObjectName>,
    hostname: &Located<config::Hostname>,
    secrets: &[SecretRef],
    cx: &mut Resolver<'_>,
) {
    if is_uncertified(secrets, hostname) {
        let names: Vec<String> = secrets
            .iter()
            .flat_map(|secret| {
                secret
                    .hostnames
                    .iter()
                    .map(|hostname| format!("`{hostname}`"))
            })
            .collect();
        cx.report.push(
            Diagnostic::error(
                "uncovered-hostname",
                format!("no certificate of listener `{name}` is for `{hostname}`"),
                hostname.pos,
            )
            .related(secrets[0].name.pos(), "the certificate")
            .because(format!(
                "The certificates are for {}. A certificate's `*` stands for one label.",
                names.join(", ")
            ))
            .help("Name a certificate for it, or correct `hostnames` of the certificate."),
        );
    }
}

fn allowed(
    written: Option<Located<config::AllowedRoutes>>,
    cx: &mut Resolver<'_>,
) -> AllowedNamespaces {
    let Some(written) = written else {
        let from = Sourced::default(
            FromNamespaces::Same,
            "spec.gateways.listeners.allowedRoutes.from",
        );
        return AllowedNamespaces {
            from,
            selector: None,
        };
    };
    let pos = written.pos;
    let config::AllowedRoutes { from, selector } = written.value;
    match (from.value, &selector) {
        (FromNamespaces::Selector, None) if !cx.dropped.field(pos, "selector") => cx.report.push(
            Diagnostic::error(
                "missing-selector",
                "`from: Selector` without a selector",
                from.pos,
            )
            .because("No namespace would be allowed.")
            .help("Write `selector: {matchLabels: {…}}`."),
        ),
        (FromNamespaces::Same | FromNamespaces::All, Some(selector)) => cx.report.push(
            Diagnostic::error(
                "unused-selector",
                "this selector has no effect",
                selector.pos,
            )
            .related(from.pos, "only `Selector` reads one")
            .help("Write `from: Selector`, or leave `selector` out."),
        ),
        _ => {}
    }
    AllowedNamespaces {
        from: Sourced::from(from),
        selector: selector.map(|s| s.value),
    }
}

/// Listeners that cannot stand side by side on one port.
///
/// Source: Gateway API, `GatewaySpec.listeners` (distinct port, protocol and hostname); Envoy
/// Gateway, `internal/gatewayapi/validate.go` (one protocol a port).
fn refuse_conflicts(listeners: &[Listener], cx: &mut Resolver<'_>) {
    let mut by_port: BTreeMap<u16, Vec<&Listener>> = BTreeMap::new();
    for listener in listeners {
        let others = by_port.entry(listener.port.value.0).or_default();
        let other_protocol = others
            .iter()
            .find(|o| o.protocol.value != listener.protocol.value);
        let same = others.iter().find(|other| {
            other.protocol.value == listener.protocol.value
                && other.hostname.as_ref().map(|h| &h.value)
                    == listener.hostname.as_ref().map(|h| &h.value)
        });
        if let Some(other) = same {
            let hosts = listener
                .hostname
                .as_ref()
                .map_or("every hostname".to_owned(), |h| format!("`{h}`"));
            cx.report.push(
                Diagnostic::error(
                    "conflicting-listeners",
                    format!(
                        "listeners `{}` and `{}` both serve {hosts} on port {}",
                        other.name, listener.name, listener.port
                    ),
                    listener
                        .hostname
                        .as_ref()
                        .map_or(listener.port.pos, |hostname| hostname.pos),
                )
                .related(other.name.pos, "the other listener")
                .because(
                    "Gateway API refuses two listeners of the same port, protocol and hostname.",
                )
                .help("Give them different hostnames or ports, or merge them."),
            );
        } else if let Some(other) = other_protocol {
            cx.report.push(
                Diagnostic::error(
                    "conflicting-listeners",
                    format!(
                        "listeners `{}` and `{}` speak different protocols on port {}",
                        other.name, listener.name, listener.port
                    ),
                    listener.port.pos,
                )
                .related(other.port.pos, "the other listener's port")
                .because(
                    "A port is either plaintext or TLS; Envoy Gateway serves neither of the two.",
                )
                .help("Use another port for one of them, such as 80 for HTTP and 443 for HTTPS."),
            );
        }
        others.push(listener);
    }
}

/// The listener of a gateway that is meant by a name; an unknown one is reported. Where not all
/// listeners are known, only a slip of one that is.
pub(super) fn find(
    gateway: &Gateway,
    name: &Located<ObjectName>,
    is_known: bool,
    cx: &mut Resolver<'_>,
) -> Option<usize> {
    let found = gateway
        .listeners
        .iter()
        .position(|listener| listener.name.value == name.value);
    let was_dropped = || cx.dropped.named("spec.gateways[].listeners", name);
    if found.is_some() || was_dropped() {
        return found;
    }
    let names = || {
        let listeners = gateway.listeners.iter();
        listeners.map(|listener| listener.name.as_str())
    };
    if is_known || closest(name, names()).is_some() {
        cx.report.push(
            Diagnostic::error(
                "unknown-listener",
                format!("gateway `{}` has no listener `{name}`", gateway.name),
                name.pos,
            )
            .related(gateway.name.pos, "the gateway")
            .help(did_you_mean(name, names()).unwrap_or_else(|| {
                "Write it under `listeners` of the gateway, or correct the name.".to_owned()
            })),
        );
    }
    None
}
