//! Which host a backend is called by.
//!
//! In a mesh of sidecars, the gateway's own sidecar sees each request on its way to the backend.
//! Where the Service's port is declared to be HTTP, the sidecar chooses the destination by the
//! request's host, and does not know the public name: the request would leave the mesh in
//! plaintext, or be refused. So the host is rewritten to the Service's full name, or the mesh is
//! told to know the public name. What is needed when was seen on the real data path; the tests
//! beside this file hold each observation.

use crate::config::{Hostname, ObjectName, UpstreamHost};
use crate::diag::Diagnostic;
use crate::model::{Backend, Mesh, MeshMode, Mirror, RouteKind};
use crate::source::{Causes, Pos, Sourced};

use super::preserved::{Preserved, PreservedHosts};
use super::reachability::{needs_known_host, refuse_misrouted_mirrors, refuse_unreachable};
use super::resolver::Resolver;
use super::rules::Scope;
use super::services::ServiceFacts;

const RULE: &str = "sidecars choose the destination by the full name of the Service";

/// What a rule says about the host, beside its backends.
pub(super) struct HostWish {
    /// `upstreamHost` of the rule or route.
    pub(super) upstream: Option<Sourced<UpstreamHost>>,
    /// `rewrite.host`.
    pub(super) host: Option<Sourced<String>>,
    /// Where the rule is written.
    pub(super) rule: Pos,
}

/// Settles the host of a rule: the rewrite of the rule, those of its backends, or what the mesh
/// has to know to keep the public name.
pub(super) fn settle(
    wish: HostWish,
    backends: &mut [(Backend, ServiceFacts)],
    mirrors: &[(Mirror, ServiceFacts, Pos)],
    scope: &Scope<'_>,
    preserved: &mut PreservedHosts,
    cx: &mut Resolver<'_>,
) -> Option<Sourced<String>> {
    let Some(mesh) = scope
        .world
        .mesh
        .filter(|mesh| mesh.mode.value == MeshMode::Sidecar)
    else {
        return wish.host;
    };
    for (backend, facts) in backends.iter() {
        refuse_unreachable(backend, *facts, scope.kind, cx);
    }
    let preserve = wish
        .upstream
        .filter(|upstream| upstream.value == UpstreamHost::Preserve);
    let service = wish
        .upstream
        .filter(|upstream| upstream.value == UpstreamHost::Service);
    let rewritten: Vec<bool> = backends
        .iter()
        .map(|(_, facts)| {
            preserve.is_none()
                && (needs_known_host(*facts, mesh) || (service.is_some() && facts.in_mesh))
        })
        .collect();
    let domain = &mesh.cluster_domain.value;
    let goes_by_host =
        |facts: &ServiceFacts| facts.is_declared_http() && !needs_known_host(*facts, mesh);
    for ((backend, facts), rewritten) in backends.iter().zip(&rewritten) {
        if goes_by_host(facts) && !rewritten {
            let (name, pos) = (full_name(backend, domain), backend.service.pos);
            preserved.pass_by(public_names(&wish, scope), name, backend.port.value, pos);
        }
    }
    // Where a host is rewritten, a mirror that goes by the host is refused anyway.
    if !rewritten.contains(&true) {
        for (mirror, _, pos) in mirrors.iter().filter(|(_, facts, _)| goes_by_host(facts)) {
            let name = service_name(&mirror.service, &mirror.namespace.value, domain);
            preserved.pass_by(public_names(&wish, scope), name, mirror.port.value, *pos);
        }
    }
    refuse_misrouted_mirrors(backends, mirrors, &rewritten, mesh, cx);
    if let Some(preserve) = preserve {
        keep_public_names(preserve, &wish, backends, scope, mesh, preserved, cx);
        return wish.host;
    }
    if !rewritten.contains(&true) {
        return wish.host;
    }
    if scope.kind == RouteKind::Grpc {
        refuse_grpc_rewrite(&wish, backends, &rewritten, cx);
        return None;
    }
    let full_names: Vec<String> = backends
        .iter()
        .map(|(backend, _)| full_name(backend, &mesh.cluster_domain.value))
        .collect();
    if let Some(host) = &wish.host {
        let kept = full_names
            .iter()
            .zip(&rewritten)
            .all(|(name, on)| !on || **name == host.value);
        if kept {
            return wish.host;
        }
        refuse_lost_host(host, &full_names, &rewritten, cx);
        return None;
    }
    if let ([(backend, facts)], [name]) = (&*backends, full_names.as_slice()) {
        let from = causes(backend, facts, &wish, mesh);
        return Some(Sourced::derived(name.clone(), RULE, from));
    }
    for (((backend, facts), name), on) in backends.iter_mut().zip(full_names).zip(rewritten) {
        if on {
            let from = causes(backend, facts, &wish, mesh);
            backend.rewrite_host = Some(Sourced::derived(name, RULE, from));
        }
    }
    None
}

/// What a rule about the host of requests to a backend follows from.
fn causes(backend: &Backend, facts: &ServiceFacts, wish: &HostWish, mesh: &Mesh) -> Causes {
    let [in_mesh, protocol] = facts.said;
    Causes::of([
        backend.service.pos,
        wish.upstream.as_ref().map_or(Pos::NONE, Sourced::pos),
        protocol,
        in_mesh,
        mesh.mode.pos,
        backend.namespace.pos(),
        mesh.cluster_domain.pos(),
        mesh.outbound.pos(),
    ])
}

/// The names that requests come with to the mesh, unless a rewrite for the mesh changes them.
fn public_names(wish: &HostWish, scope: &Scope<'_>) -> Vec<Sourced<Hostname>> {
    match &wish.host {
        Some(host) => vec![host.clone().map(Hostname::new)],
        None => scope
            .hostnames
            .iter()
            .map(|hostname| Sourced::from(hostname.clone()))
            .collect(),
    }
}

fn full_name(backend: &Backend, cluster_domain: &ObjectName) -> String {
    service_name(
        &backend.service.value,
        &backend.namespace.value,
        cluster_domain,
    )
}

fn service_name(service: &str, namespace: &str, cluster_domain: &str) -> String {
    format!("{service}.{namespace}.svc.{cluster_domain}")
}

fn keep_public_names(
    preserve: Sourced<UpstreamHost>,
    wish: &HostWish,
    backends: &[(Backend, ServiceFacts)],
    scope: &Scope<'_>,
    mesh: &Mesh,
    preserved: &mut PreservedHosts,
    cx: &mut Resolver<'_>,
) {
    let needing = || {
        backends
            .iter()
            .filter(|(_, facts)| needs_known_host(*facts, mesh))
    };
    let Some((first, _)) = needing().next() else {
        return;
    };
    let hosts = public_names(wish, scope);
    if hosts.is_empty() {
        if !scope.all_hostnames {
            return;
        }
        cx.report.push(
            Diagnostic::error(
                "preserve-without-hostname",
                "the public name cannot be kept where the route has no hostname",
                preserve.pos(),
            )
            .related(
                first.service.pos,
                "the mesh has to know which names lead to this service",
            )
            .help("Give the route `hostnames`, or leave `upstreamHost: preserve` out."),
        );
        return;
    }
    let from: Vec<_> = scope
        .parents
        .iter()
        .map(|parent| {
            let proxy = &scope.world.gateways[parent.gateway].proxy;
            let from = Causes::of([preserve.pos()].into_iter().chain(proxy.from.iter()));
            let rule = "the namespace of the proxies that requests come through";
            Sourced::derived(proxy.namespace.clone(), rule, from)
        })
        .collect();
    for (backend, facts) in needing() {
        preserved.add(
            &hosts,
            &Preserved {
                full_name: full_name(backend, &mesh.cluster_domain.value),
                service: backend.service.value.clone(),
                namespace: backend.namespace.clone(),
                pos: backend.service.pos,
                from: causes(backend, facts, wish, mesh),
                port: backend.port.origin,
            },
            backend.port.value,
            &from,
            cx,
        );
    }
}

fn refuse_grpc_rewrite(
    wish: &HostWish,
    backends: &[(Backend, ServiceFacts)],
    rewritten: &[bool],
    cx: &mut Resolver<'_>,
) {
    let first = backends.iter().zip(rewritten).find(|(_, on)| **on);
    let pos = first.map_or(wish.rule, |((backend, _), _)| backend.service.pos);
    cx.report.push(
        Diagnostic::error(
            "grpc-rewrite",
            "a route of type `grpc` cannot rewrite the host",
            pos,
        )
        .because(
            "The port of this service is declared to be HTTP or gRPC, so sidecars choose by \
                 the host and do not know the public name; and GRPCRoute has no rewrite.",
        )
        .help("Write `upstreamHost: preserve`: the mesh is then told to know the public name."),
    );
}

fn refuse_lost_host(
    host: &Sourced<String>,
    full_names: &[String],
    rewritten: &[bool],
    cx: &mut Resolver<'_>,
) {
    let name = full_names
        .iter()
        .zip(rewritten)
        .find(|(_, on)| **on)
        .map_or("", |(name, _)| name);
    cx.report.push(
        Diagnostic::error(
            "lost-host",
            format!("`{}` cannot be the host of requests to this backend", host.value),
            host.pos(),
        )
        .because(format!(
            "The Service's port is declared to be HTTP, so sidecars choose by the host, and need \
             `{name}`."
        ))
        .help("Leave `host` out, or write `upstreamHost: preserve`: the mesh is then told to know it."),
    );
}
