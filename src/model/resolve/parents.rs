//! Which listeners a route attaches to.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{
    self, DnsLabel, FromNamespaces, Hostname, LabelKey, LabelSelector, LabelValue, ObjectName,
    Operator, Protocol,
};
use crate::diag::{Diagnostic, the_few};
use crate::model::hostname::{certifies, intersect};
use crate::model::{Gateway, Listener, ParentRef};
use crate::source::{Located, Pos, Sourced};

use super::listeners;
use super::resolver::Resolver;
use super::routes::World;

/// The most parents that a route may have. Source: Gateway API, `CommonRouteSpec.parentRefs`.
const MOST_PARENTS: usize = 32;

/// The parents of a route: the gateways as the config names them, checked to be there, to admit
/// the route and to serve its hostnames.
pub(super) fn resolve(
    written: Vec<Located<config::Parent>>,
    name: &Located<ObjectName>,
    namespace: &DnsLabel,
    hostnames: &[Located<Hostname>],
    world: &World<'_>,
    plaintext: &mut BTreeSet<usize>,
    cx: &mut Resolver<'_>,
) -> Vec<ParentRef> {
    let mut parents: Vec<ParentRef> = Vec::with_capacity(written.len());
    let mut seen: BTreeMap<usize, (Pos, Option<ObjectName>)> = BTreeMap::new();
    let mut served: Vec<bool> = vec![false; hostnames.len()];
    let mut complete = true;
    for parent in written {
        let pos = parent.pos;
        let Some(at) = find_gateway(&parent, namespace, world, cx) else {
            complete = false;
            continue;
        };
        let gateway = &world.gateways[at];
        let chosen = match &parent.listener {
            Some(listener) => match listeners::find(gateway, listener, cx) {
                Some(index) => vec![index],
                None => {
                    complete = false;
                    continue;
                }
            },
            None => (0..gateway.listeners.len())
                .filter(|index| !gateway.listeners[*index].redirects)
                .collect(),
        };
        if !is_new(&mut seen, at, &parent, cx) {
            continue;
        }
        if chosen.is_empty() {
            refuse_only_redirects(gateway, pos, &mut complete, cx);
            continue;
        }
        let admitting = admitting(gateway, chosen, namespace, &parent, world, cx);
        complete &= !admitting.is_empty();
        mark_served(gateway, &admitting, hostnames, &mut served, &parent, cx);
        if parent.listener.is_none() {
            note_plaintext(gateway, at, &admitting, &parent, plaintext, cx);
        }
        push_refs(&mut parents, gateway, at, &admitting, &parent);
    }
    if complete {
        for (hostname, served) in hostnames.iter().zip(served) {
            if !served {
                refuse_unserved(name, hostname, &parents, world, cx);
            }
        }
    }
    if parents.len() > MOST_PARENTS {
        cx.report.push(
            Diagnostic::error(
                "too-many-parents",
                format!(
                    "route `{name}` attaches to {} listeners, {MOST_PARENTS} is the most",
                    parents.len()
                ),
                name.pos,
            )
            .help("Split the route in two."),
        );
    }
    parents
}

fn find_gateway(
    parent: &config::Parent,
    namespace: &DnsLabel,
    world: &World<'_>,
    cx: &mut Resolver<'_>,
) -> Option<usize> {
    let name = &parent.gateway;
    let same_name = world.gateway_index.get(&name.value);
    let wanted = parent.namespace.as_ref();
    let places = || same_name.into_iter().flat_map(BTreeMap::values).copied();
    let fitting = match (wanted, same_name) {
        (Some(wanted), Some(places)) => places.get(&wanted.value).copied(),
        // The nearest of several is the one beside the route.
        (None, Some(places)) => match places.len() {
            1 => places.values().next().copied(),
            _ => places.get(namespace).copied(),
        },
        (_, None) => None,
    };
    if fitting.is_some() {
        return fitting;
    }
    let mut in_order: Vec<usize> = places().collect();
    in_order.sort_unstable();
    match (wanted, in_order.as_slice()) {
        (None, [first, second, ..]) => {
            cx.report.push(
                Diagnostic::error(
                    "ambiguous-gateway",
                    format!("there are several gateways `{name}`"),
                    name.pos,
                )
                .related(
                    world.gateways[*first].namespace.pos,
                    "one is in this namespace",
                )
                .related(world.gateways[*second].namespace.pos, "another in this one")
                .help("Write `namespace:` beside it."),
            );
            None
        }
        (_, same_name) => {
            if cx.dropped.named("spec.gateways", name) {
                return None;
            }
            let diagnostic = if let (Some(wanted), [first, ..]) = (wanted, same_name) {
                let there = &world.gateways[*first];
                Diagnostic::error(
                    "unknown-gateway",
                    format!("there is no gateway `{name}` in namespace `{wanted}`"),
                    wanted.pos,
                )
                .related(there.name.pos, format!("this one is in namespace `{}`", there.namespace))
                .help("Correct the namespace, or leave it out: the name is enough while it is the only one.")
            } else {
                unknown(name, world, cx)
            };
            cx.report.push(diagnostic);
            None
        }
    }
}

fn unknown(name: &Located<ObjectName>, world: &World<'_>, cx: &mut Resolver<'_>) -> Diagnostic {
    let names = || world.gateway_index.keys().map(ObjectName::as_str);
    let diagnostic = Diagnostic::error(
        "unknown-gateway",
        format!("there is no gateway `{name}`"),
        name.pos,
    );
    let near = cx.closest(name, names()).map(ObjectName::new);
    let place = near
        .as_ref()
        .and_then(|near| world.gateway_index.get(near)?.values().min());
    if let (Some(near), Some(at)) = (&near, place) {
        return diagnostic
            .related(world.gateways[*at].name.pos, "this one has a similar name")
            .help(format!("Did you mean `{near}`?"));
    }
    diagnostic
        .help(the_few(names()).unwrap_or_else(|| "Write it under `spec.gateways`.".to_owned()))
}

/// Two references to one gateway must each name a listener, and different ones.
///
/// Source: Gateway API, `CommonRouteSpec.parentRefs`.
fn is_new(
    seen: &mut BTreeMap<usize, (Pos, Option<ObjectName>)>,
    gateway: usize,
    parent: &Located<config::Parent>,
    cx: &mut Resolver<'_>,
) -> bool {
    let listener = parent
        .listener
        .as_ref()
        .map(|listener| listener.value.clone());
    let Some((first, other)) = seen.get(&gateway) else {
        seen.insert(gateway, (parent.pos, listener));
        return true;
    };
    if let (Some(a), Some(b)) = (other, &listener)
        && a != b
    {
        return true;
    }
    cx.report.push(
        Diagnostic::error(
            "duplicate-parent",
            format!("the route attaches to gateway `{}` twice", parent.gateway),
            parent.gateway.pos,
        )
        .related(*first, "attached here first")
        .help("Keep one, or name a different `listener` in each."),
    );
    false
}

fn refuse_only_redirects(gateway: &Gateway, pos: Pos, complete: &mut bool, cx: &mut Resolver<'_>) {
    *complete = false;
    if gateway.listeners.is_empty() {
        return;
    }
    cx.report.push(
        Diagnostic::error(
            "only-redirects",
            format!("every listener of gateway `{}` redirects", gateway.name),
            pos,
        )
        .related(gateway.name.pos, "the gateway")
        .help("Give the gateway an HTTPS listener, or name the `listener` to attach to."),
    );
}

/// Those of the chosen listeners that may admit the route; if none may, that is reported.
fn admitting(
    gateway: &Gateway,
    chosen: Vec<usize>,
    namespace: &DnsLabel,
    parent: &config::Parent,
    world: &World<'_>,
    cx: &mut Resolver<'_>,
) -> Vec<usize> {
    let first = chosen.first().copied();
    let admitting: Vec<usize> = chosen
        .into_iter()
        .filter(|at| {
            admits(
                &gateway.listeners[*at],
                &gateway.namespace.value,
                namespace,
                world,
            ) != Some(false)
        })
        .collect();
    if let (true, Some(first)) = (admitting.is_empty(), first) {
        let listener = &gateway.listeners[first];
        let from = match listener.allowed_routes.from.value {
            FromNamespaces::Same => "of the gateway's own namespace",
            FromNamespaces::All => "of every namespace",
            FromNamespaces::Selector => "of namespaces with certain labels",
        };
        let place = parent
            .listener
            .as_ref()
            .map_or(parent.gateway.pos, |l| l.pos);
        cx.report.push(
            Diagnostic::error(
                "route-not-admitted",
                format!(
                    "gateway `{}` does not admit routes of namespace `{namespace}`",
                    gateway.name
                ),
                place,
            )
            .related(
                listener.name.pos,
                format!("listener `{}` admits routes {from}", listener.name),
            )
            .help(format!(
                "Write `allowedRoutes: {{from: All}}` on the listener, or move the route to `{}`.",
                gateway.namespace
            )),
        );
    }
    admitting
}

/// Whether a listener admits routes of a namespace; none where labels are not known.
pub(super) fn admits(
    listener: &Listener,
    gateway: &DnsLabel,
    namespace: &DnsLabel,
    world: &World<'_>,
) -> Option<bool> {
    match listener.allowed_routes.from.value {
        FromNamespaces::All => Some(true),
        FromNamespaces::Same => Some(gateway == namespace),
        FromNamespaces::Selector => {
            let selector = listener.allowed_routes.selector.as_ref()?;
            selects(selector, namespace, world.namespace_labels.get(namespace))
        }
    }
}

/// Whether a selector holds for a namespace, whose name Kubernetes puts on it as a label.
fn selects(
    selector: &LabelSelector,
    namespace: &DnsLabel,
    labels: Option<&BTreeMap<LabelKey, LabelValue>>,
) -> Option<bool> {
    let value = |key: &LabelKey| -> Option<Option<&str>> {
        if key.as_str() == "kubernetes.io/metadata.name" {
            return Some(Some(namespace.as_str()));
        }
        match labels?.get(key) {
            Some(value) => Some(Some(value.as_str())),
            None => Some(None),
        }
    };
    let exact = selector
        .match_labels
        .iter()
        .map(|(key, wanted)| Some(value(key)? == Some(wanted.as_str())));
    let expressions = selector.match_expressions.iter().map(|requirement| {
        let value = value(&requirement.key)?;
        let listed = value.is_some_and(|v| requirement.values.iter().any(|w| w.as_str() == v));
        Some(match requirement.operator.value {
            Operator::In => listed,
            Operator::NotIn => !listed,
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        })
    });
    // One requirement that surely fails decides, whatever is unknown of the others.
    exact
        .chain(expressions)
        .try_fold(Some(true), |all, one| match one {
            Some(false) => Err(()),
            None => Ok(None),
            Some(true) => Ok(all),
        })
        .unwrap_or(Some(false))
}

fn mark_served(
    gateway: &Gateway,
    admitting: &[usize],
    hostnames: &[Located<Hostname>],
    served: &mut [bool],
    parent: &config::Parent,
    cx: &mut Resolver<'_>,
) {
    let serves = |hostname: &Hostname| {
        admitting.iter().any(|at| {
            gateway.listeners[*at]
                .hostname
                .as_ref()
                .is_none_or(|own| intersect(own, hostname))
        })
    };
    let mut any = hostnames.is_empty();
    for (hostname, served) in hostnames.iter().zip(served.iter_mut()) {
        if serves(hostname) {
            *served = true;
            any = true;
        }
    }
    let elsewhere = served.iter().any(|served| *served);
    if !any && elsewhere && !admitting.is_empty() {
        cx.report.push(
            Diagnostic::error(
                "unserved-hostname",
                format!(
                    "gateway `{}` serves none of the route's hostnames",
                    parent.gateway
                ),
                parent
                    .listener
                    .as_ref()
                    .map_or(parent.gateway.pos, |listener| listener.pos),
            )
            .related(gateway.name.pos, "the gateway")
            .help("Leave this parent out, or widen the `hostname` of a listener."),
        );
    }
    for at in admitting {
        let listener = &gateway.listeners[*at];
        refuse_uncertified(listener, hostnames, cx);
    }
}

/// A hostname which a listener serves and none of its certificates is for.
fn refuse_uncertified(listener: &Listener, hostnames: &[Located<Hostname>], cx: &mut Resolver<'_>) {
    let secrets = &listener.certificates;
    let known = !secrets.is_empty() && secrets.iter().all(|secret| !secret.hostnames.is_empty());
    if listener.protocol.value != Protocol::Https || !known || listener.hostname.is_some() {
        return;
    }
    for hostname in hostnames {
        let covered = secrets.iter().any(|secret| {
            secret
                .hostnames
                .iter()
                .any(|name| certifies(name, hostname))
        });
        if !covered {
            cx.report.push(
                Diagnostic::error(
                    "uncovered-hostname",
                    format!("no certificate of listener `{}` is for `{hostname}`", listener.name),
                    hostname.pos,
                )
                .related(secrets[0].name.pos, "the listener's certificate")
                .because("Clients would refuse the connection. A certificate's `*` stands for one label.")
                .help("Add a certificate for it to the listener, or correct `hostnames` of the certificate."),
            );
        }
    }
}

fn refuse_unserved(
    name: &Located<ObjectName>,
    hostname: &Located<Hostname>,
    parents: &[ParentRef],
    world: &World<'_>,
    cx: &mut Resolver<'_>,
) {
    let mut diagnostic = Diagnostic::error(
        "unserved-hostname",
        format!("no listener that route `{name}` attaches to serves `{hostname}`"),
        hostname.pos,
    );
    for parent in parents.iter().take(3) {
        let gateway = &world.gateways[parent.gateway];
        let listeners = gateway.listeners.iter().filter(|listener| {
            parent
                .section_name
                .as_ref()
                .is_none_or(|section| section.value == listener.name.value)
        });
        for listener in listeners.take(3) {
            if let Some(own) = &listener.hostname {
                diagnostic = diagnostic.related(
                    own.pos,
                    format!("listener `{}` serves `{own}`", listener.name),
                );
            }
        }
    }
    cx.report.push(
        diagnostic
            .help("Correct the hostname, or add a listener for it. `*.example.com` does not serve `example.com`."),
    );
}

fn note_plaintext(
    gateway: &Gateway,
    at: usize,
    admitting: &[usize],
    parent: &config::Parent,
    plaintext: &mut BTreeSet<usize>,
    cx: &mut Resolver<'_>,
) {
    let of = |protocol| {
        admitting
            .iter()
            .map(|at| &gateway.listeners[*at])
            .find(|l| l.protocol.value == protocol)
    };
    if let (Some(http), Some(https)) = (of(Protocol::Http), of(Protocol::Https))
        && plaintext.insert(at)
    {
        cx.report.push(
            Diagnostic::note(
                "plaintext-beside-tls",
                format!(
                    "routes that attach to all of gateway `{}` answer in plaintext too",
                    gateway.name
                ),
                parent.gateway.pos,
            )
            .related(http.name.pos, "this listener is plaintext")
            .help(format!(
                "Write `listener: {}` to serve TLS only, or `redirectTo: {}` on listener `{}`.",
                https.name, https.name, http.name
            )),
        );
    }
}

/// The whole gateway where that is meant and possible, else each listener by name.
fn push_refs(
    parents: &mut Vec<ParentRef>,
    gateway: &Gateway,
    at: usize,
    admitting: &[usize],
    parent: &config::Parent,
) {
    let mut push = |section_name| {
        parents.push(ParentRef {
            gateway: at,
            name: gateway.name.value.clone(),
            namespace: gateway.namespace.value.clone(),
            section_name,
        });
    };
    match &parent.listener {
        Some(listener) => push(Some(Sourced::from(listener.clone()))),
        None if gateway.listeners.iter().any(|listener| listener.redirects) => {
            for at in admitting {
                let name = gateway.listeners[*at].name.value.clone();
                let rule = "all listeners but those that redirect";
                push(Some(Sourced::derived(name, rule, parent.gateway.pos)));
            }
        }
        None => push(None),
    }
}
