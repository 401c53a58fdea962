//! The routes that listeners' `redirectTo` makes.

use std::collections::BTreeMap;

use crate::config::{ObjectName, Port, Protocol, RedirectScheme};
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::hostname::intersect;
use crate::model::{Gateway, Listener, ParentRef, Redirect, Route, RouteKind, Rule, Timeouts};
use crate::source::{Causes, Located, Origin, Sourced};

use super::admission::admits;
use super::grants::shortened;
use super::resolver::Resolver;
use super::routes::World;

const RULE: &str = "`redirectTo` on the listener";

/// Makes a route for each listener that redirects: pinned to that listener, so that what it
/// redirects to cannot come back to it.
pub(super) fn resolve(
    redirects: &[(usize, usize, Located<ObjectName>)],
    world: &World<'_>,
    routes: &mut Vec<Route>,
    cx: &mut Resolver<'_>,
) {
    for (gateway_at, listener_at, to) in redirects {
        let gateway = &world.gateways[*gateway_at];
        let listener = &gateway.listeners[*listener_at];
        if listener.protocol.value != Protocol::Http {
            cx.report.push(
                Diagnostic::error(
                    "redirect-from-https",
                    format!("listener `{}` is HTTPS already", listener.name),
                    to.pos,
                )
                .because("A redirect to HTTPS from there would come back to it for ever.")
                .help("Put `redirectTo` on the HTTP listener."),
            );
            continue;
        }
        let known = !world.incomplete_gateways.contains(gateway_at);
        let Some(target) = target(gateway, known, to, cx) else {
            continue;
        };
        if let (Some(from), Some(own)) = (&listener.hostname, &target.hostname)
            && !intersect(from, own)
        {
            cx.report.push(
                Diagnostic::error(
                    "redirect-to-nowhere",
                    format!(
                        "listener `{}` serves no host of listener `{}`",
                        target.name, listener.name
                    ),
                    to.pos,
                )
                .related(own.pos, "its hostname")
                .related(from.pos, "the hostname of the listener that redirects")
                .help("Redirect to a listener that serves the same hosts."),
            );
            continue;
        }
        if admits(
            listener,
            &gateway.namespace.value,
            &gateway.namespace.value,
            world,
        ) == Some(false)
        {
            cx.report.push(
                Diagnostic::error(
                    "route-not-admitted",
                    format!(
                        "listener `{}` does not admit the route that redirects",
                        listener.name
                    ),
                    listener.allowed_routes.from.pos(),
                )
                .related(to.pos, "the redirect")
                .because("The route is in the gateway's namespace, which the selector leaves out.")
                .help("Write `from: Same`, or a selector that holds for the gateway's namespace."),
            );
            continue;
        }
        routes.push(route(gateway, *gateway_at, listener, target, to));
    }
}

/// The listener that is meant: by its name, or the only HTTPS one for `https`.
fn target<'g>(
    gateway: &'g Gateway,
    known: bool,
    to: &Located<ObjectName>,
    cx: &mut Resolver<'_>,
) -> Option<&'g Listener> {
    let by_name = gateway
        .listeners
        .iter()
        .find(|listener| listener.name.value == to.value);
    let tls: Vec<&Listener> = gateway
        .listeners
        .iter()
        .filter(|l| l.protocol.value == Protocol::Https)
        .collect();
    if by_name.is_none() && to.as_str() == "https" {
        match tls.as_slice() {
            [only] => return Some(only),
            [first, second, ..] => {
                cx.report.push(
                    Diagnostic::error(
                        "ambiguous-listener",
                        format!("gateway `{}` has several HTTPS listeners", gateway.name),
                        to.pos,
                    )
                    .related(first.name.pos, "this one")
                    .related(second.name.pos, "and this one")
                    .help(format!("Name one, such as `redirectTo: {}`.", first.name)),
                );
                return None;
            }
            [] => {}
        }
    }
    let Some(found) = by_name else {
        if known {
            refuse_unknown(gateway, &tls, to, cx);
        }
        return None;
    };
    if found.protocol.value != Protocol::Https {
        cx.report.push(
            Diagnostic::error(
                "redirect-to-plaintext",
                format!("listener `{}` is not HTTPS", found.name),
                to.pos,
            )
            .related(found.protocol.pos, "its protocol")
            .help("Name an HTTPS listener of this gateway."),
        );
        return None;
    }
    Some(found)
}

fn refuse_unknown(
    gateway: &Gateway,
    tls: &[&Listener],
    to: &Located<ObjectName>,
    cx: &mut Resolver<'_>,
) {
    // Only an HTTPS listener can be meant, so no other is offered.
    let names = tls.iter().map(|listener| listener.name.as_str());
    let help = did_you_mean(to, names).unwrap_or_else(|| {
        "Give the gateway an HTTPS listener, or leave `redirectTo` out.".to_owned()
    });
    cx.report.push(
        Diagnostic::error(
            "unknown-listener",
            format!("gateway `{}` has no listener `{to}`", gateway.name),
            to.pos,
        )
        .related(gateway.name.pos, "the gateway")
        .help(help),
    );
}

fn route(
    gateway: &Gateway,
    gateway_at: usize,
    listener: &Listener,
    target: &Listener,
    to: &Located<ObjectName>,
) -> Route {
    let derived = Origin::derived(
        RULE,
        Causes::of([to.pos, listener.name.pos, gateway.name.pos]),
    );
    let name = shortened(format!("{}-{}-redirect", gateway.name, listener.name));
    let redirect = Redirect {
        scheme: Some(Sourced {
            value: RedirectScheme::Https,
            origin: derived,
        }),
        host: None,
        port: (target.port.value != Port(443)).then(|| {
            Sourced::derived(
                target.port.value,
                "the port of the HTTPS listener",
                Causes::of([target.port.pos, to.pos]),
            )
        }),
        path: None,
        status: Sourced {
            value: 301,
            origin: derived,
        },
    };
    Route {
        kind: RouteKind::Http,
        kind_origin: derived,
        name: Sourced {
            value: ObjectName::new(name),
            origin: derived,
        },
        namespace: Sourced::from(gateway.namespace.clone()),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        parents: vec![ParentRef {
            gateway: gateway_at,
            name: Sourced::from(gateway.name.clone()),
            namespace: Sourced::from(gateway.namespace.clone()),
            section_name: Some(Sourced::written(
                listener.name.value.clone(),
                listener.name.pos,
            )),
        }],
        hostnames: Vec::new(),
        rules: vec![Rule {
            name: None,
            matches: Vec::new(),
            request_headers: None,
            response_headers: None,
            redirect: Some(redirect),
            rewrite_host: None,
            rewrite_path: None,
            mirrors: Vec::new(),
            timeouts: Timeouts::default(),
            backends: Vec::new(),
            origin: derived,
        }],
    }
}
