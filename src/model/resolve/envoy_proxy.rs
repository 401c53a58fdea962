//! The class-wide settings of the proxies.

use std::collections::BTreeMap;

use crate::config::{self, Inject, LabelKey, ObjectName, ServiceType};
use crate::model::{ControlPlane, EnvoyProxy, Mesh, MeshMode, ProxyService};
use crate::source::{Causes, Origin, Pos, Sourced};

/// The ports by which proxies reach the control plane: xDS, rate limits, and Wasm modules.
const CONTROL_PLANE_PORTS: &str = "18000,18001,18002";

/// The `EnvoyProxy`, if the mesh or the config has anything to say in one; `mode` is where the
/// mesh, or that there is none, is written.
pub(super) fn resolve(
    written: config::Proxy,
    mesh: Option<&Mesh>,
    mode: Pos,
    control_plane: &ControlPlane,
) -> Option<EnvoyProxy> {
    let first = first_written(&written);
    let origin = match (mesh, first) {
        (None, Some(pos)) => Origin::derived(
            "settings of the proxies are written",
            Causes::of([pos, mode]),
        ),
        (Some(mesh), first) => Origin::derived(
            "proxies in a mesh need settings of their own",
            Causes::of([mesh.mode.pos, first.unwrap_or(Pos::NONE)]),
        ),
        (None, None) => return None,
    };
    let default_name = if mesh.is_some() {
        "data-plane-sidecars"
    } else {
        "proxy"
    };
    let (cpu, memory) = match written.resources {
        Some(resources) => (resources.value.cpu, resources.value.memory),
        None => (None, None),
    };
    Some(EnvoyProxy {
        name: written.name.map_or(
            Sourced::default(ObjectName::new(default_name), "spec.proxy.name"),
            Sourced::from,
        ),
        namespace: control_plane.namespace.clone(),
        pod_labels: mesh.map(pod_labels).unwrap_or_default(),
        pod_annotations: mesh.map(pod_annotations).unwrap_or_default(),
        routes_to_service: mesh
            .filter(|mesh| mesh.mode.value == MeshMode::Sidecar)
            .map(|mesh| {
                Origin::derived("sidecars know Services by their cluster IP", mesh.mode.pos)
            }),
        replicas: written.replicas,
        cpu,
        memory,
        log_level: written.log_level,
        service_account: written.service_account,
        service: written
            .service
            .map(|service| service_in_front(service.value)),
        origin,
    })
}

fn first_written(written: &config::Proxy) -> Option<Pos> {
    [
        written.name.as_ref().map(|field| field.pos),
        written.replicas.as_ref().map(|field| field.pos),
        written.resources.as_ref().map(|field| field.pos),
        written.log_level.as_ref().map(|field| field.pos),
        written.service_account.as_ref().map(|field| field.pos),
        written.service.as_ref().map(|field| field.pos),
    ]
    .into_iter()
    .flatten()
    .min()
}

fn service_in_front(written: config::ProxyService) -> ProxyService {
    ProxyService {
        service_type: written.service_type.map_or(
            Sourced::default(ServiceType::LoadBalancer, "spec.proxy.service.type"),
            Sourced::from,
        ),
        external_traffic_policy: written.external_traffic_policy.map(Sourced::from),
        annotations: written.annotations,
    }
}

fn pod_labels(mesh: &Mesh) -> BTreeMap<LabelKey, Sourced<String>> {
    if mesh.inject.value == Inject::Namespace {
        return BTreeMap::new();
    }
    let revision = mesh.revision.as_ref().map_or(Pos::NONE, |label| label.pos);
    let from = Causes::of([mesh.inject.pos(), mesh.mode.pos, revision]);
    let rule = "the pods alone come into the mesh";
    let (key, value) = match (mesh.mode.value, &mesh.revision) {
        (MeshMode::Ambient, _) => ("istio.io/dataplane-mode", "ambient"),
        (MeshMode::Sidecar, Some(revision)) => ("istio.io/rev", revision.as_str()),
        (MeshMode::Sidecar, None) => ("sidecar.istio.io/inject", "true"),
    };
    BTreeMap::from([(
        LabelKey::new(key),
        Sourced::derived(value.to_owned(), rule, from),
    )])
}

fn pod_annotations(mesh: &Mesh) -> BTreeMap<LabelKey, Sourced<String>> {
    let from = Causes::from(mesh.mode.pos);
    let mut annotations = BTreeMap::new();
    let mut add = |key: &str, value: &str, rule: &'static str, from: Causes| {
        annotations.insert(
            LabelKey::new(key),
            Sourced::derived(value.to_owned(), rule, from),
        );
    };
    let inbound = "clients outside the mesh reach the listeners without a sidecar between";
    match mesh.mode.value {
        MeshMode::Ambient => {
            add(
                "ambient.istio.io/bypass-inbound-capture",
                "true",
                inbound,
                from,
            );
        }
        MeshMode::Sidecar => {
            add(
                "traffic.sidecar.istio.io/includeInboundPorts",
                "",
                inbound,
                from,
            );
            if mesh.inject.value == Inject::Pod {
                add(
                    "traffic.sidecar.istio.io/excludeOutboundPorts",
                    CONTROL_PLANE_PORTS,
                    "the proxies reach the control plane, which is not in the mesh, round their sidecars",
                    Causes::of([mesh.inject.pos(), mesh.mode.pos]),
                );
            }
            if !mesh.native_sidecars.value {
                add(
                    "proxy.istio.io/config",
                    r#"{"holdApplicationUntilProxyStarts": true}"#,
                    "Envoy starts after a sidecar that is not native",
                    Causes::of([mesh.native_sidecars.pos(), mesh.mode.pos]),
                );
            }
        }
    }
    annotations
}
