//! Which listeners a route attaches to.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, DnsLabel, Hostname, ObjectName, Protocol};
use crate::diag::Diagnostic;
use crate::model::{Gateway, ParentRef};
use crate::source::{Causes, Located, Pos, Sourced};

use super::admission::admitting;
use super::hostnames::{mark_served, refuse_unserved, serves_any};
use super::listeners;
use super::parent_gateway::find_gateway;
use super::resolver::Resolver;
use super::routes::World;

/// The most parents that a route may have. Source: Gateway API, `CommonRouteSpec.parentRefs`.
const MOST_PARENTS: usize = 32;

/// The route that looks for its parents.
pub(super) struct Child<'r> {
    pub(super) name: &'r Located<ObjectName>,
    pub(super) namespace: &'r DnsLabel,
    pub(super) hostnames: &'r [Located<Hostname>],
    /// Whether all parents and hostnames that were written are known. What is not served is told
    /// only then.
    pub(super) is_complete: bool,
}

/// The parents of a route: the gateways as the config names them, checked to be there, to admit
/// the route and to serve its hostnames.
pub(super) fn resolve(
    written: Vec<Located<config::Parent>>,
    child: &Child<'_>,
    world: &World<'_>,
    plaintext: &mut BTreeSet<usize>,
    cx: &mut Resolver<'_>,
) -> Vec<ParentRef> {
    let Child {
        name,
        namespace,
        hostnames,
        is_complete: mut complete,
    } = *child;
    let mut parents: Vec<ParentRef> = Vec::with_capacity(written.len());
    let mut seen: BTreeMap<usize, (Pos, Option<ObjectName>)> = BTreeMap::new();
    let mut served: Vec<bool> = vec![false; hostnames.len()];
    for parent in written {
        let Some(at) = find_gateway(&parent, namespace, world, cx) else {
            complete = false;
            continue;
        };
        let gateway = &world.gateways[at];
        let is_known = !world.incomplete_gateways.contains(&at);
        complete &= is_known;
        let chosen = match &parent.listener {
            Some(listener) => {
                let Some(index) = listeners::find(gateway, listener, is_known, cx) else {
                    complete = false;
                    continue;
                };
                vec![index]
            }
            None => (0..gateway.listeners.len())
                .filter(|index| !gateway.listeners[*index].redirects)
                .collect(),
        };
        if !is_new(&mut seen, at, &parent, cx) {
            continue;
        }
        if chosen.is_empty() {
            // None is left, or each redirects, which is a mistake of a redirect: told elsewhere.
            complete = false;
            continue;
        }
        let admitting = admitting(gateway, chosen, namespace, &parent, world, cx);
        complete &= !admitting.is_empty();
        mark_served(
            gateway,
            &admitting,
            hostnames,
            &mut served,
            complete,
            &parent,
            cx,
        );
        if parent.listener.is_none() {
            note_plaintext(gateway, at, &admitting, &parent, hostnames, plaintext, cx);
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

fn note_plaintext(
    gateway: &Gateway,
    at: usize,
    admitting: &[usize],
    parent: &config::Parent,
    hostnames: &[Located<Hostname>],
    plaintext: &mut BTreeSet<usize>,
    cx: &mut Resolver<'_>,
) {
    let of = |protocol| {
        admitting
            .iter()
            .map(|at| &gateway.listeners[*at])
            .find(|l| l.protocol.value == protocol && serves_any(l, hostnames))
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
    let namespace = match &parent.namespace {
        Some(written) => Sourced::from(written.clone()),
        None => Sourced::derived(
            gateway.namespace.value.clone(),
            "the namespace of the gateway that is named",
            Causes::of([gateway.namespace.pos, parent.gateway.pos]),
        ),
    };
    let mut push = |section_name| {
        parents.push(ParentRef {
            gateway: at,
            name: Sourced::from(parent.gateway.clone()),
            namespace: namespace.clone(),
            section_name,
        });
    };
    match &parent.listener {
        Some(listener) => push(Some(Sourced::from(listener.clone()))),
        None if gateway.listeners.iter().any(|listener| listener.redirects) => {
            for at in admitting {
                let name = &gateway.listeners[*at].name;
                let rule = "all listeners but those that redirect";
                let from = Causes::of([parent.gateway.pos, name.pos]);
                push(Some(Sourced::derived(name.value.clone(), rule, from)));
            }
        }
        None => push(None),
    }
}
