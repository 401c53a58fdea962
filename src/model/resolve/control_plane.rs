//! Envoy Gateway's control plane.

use std::collections::BTreeMap;

use crate::config::{
    self, Delivery, DeployMode, Distribution, DnsLabel, Inject, Manage, ObjectName,
    OutboundTrafficPolicy,
};
use crate::model::{ControlPlane, GatewayClass, Mesh, MeshMode};
use crate::source::{Causes, Origin, Sourced};

/// The control plane, but for what depends on the namespaces.
pub(super) fn resolve(written: config::ControlPlane) -> ControlPlane {
    let distribution = written.distribution.map_or(
        Sourced::default(Distribution::EnvoyGateway, "spec.controlPlane.distribution"),
        Sourced::from,
    );
    let (class, manage) = match distribution.value {
        Distribution::Teg => ("teg", Manage::Patch),
        Distribution::EnvoyGateway => ("eg", Manage::Create),
    };
    ControlPlane {
        distribution,
        namespace: written.namespace.map_or(
            Sourced::default(
                DnsLabel::new("envoy-gateway-system"),
                "spec.controlPlane.namespace",
            ),
            Sourced::from,
        ),
        deploy_mode: written.deploy_mode.map_or(
            Sourced::default(
                DeployMode::ControllerNamespace,
                "spec.controlPlane.deployMode",
            ),
            Sourced::from,
        ),
        delivery: written.delivery.map_or(
            Sourced::default(Delivery::Patch, "spec.controlPlane.delivery"),
            Sourced::from,
        ),
        class: GatewayClass {
            name: written.gateway_class.name.map_or(
                Sourced::default(
                    ObjectName::new(class),
                    "spec.controlPlane.gatewayClass.name",
                ),
                Sourced::from,
            ),
            manage: written.gateway_class.manage.map_or(
                Sourced::default(manage, "spec.controlPlane.gatewayClass.manage"),
                Sourced::from,
            ),
        },
        xds_is_tls: None,
    }
}

/// Why the Service's port 18000 has to be declared as TLS, if it has to.
///
/// It has to when the control plane is itself in the mesh, and when sidecars refuse what they do
/// not know; not when the proxies go round their sidecars to reach it. Seen on the real data path.
pub(super) fn xds_is_tls(
    mesh: Option<&Mesh>,
    control_plane: &ControlPlane,
    in_mesh: &BTreeMap<DnsLabel, Causes>,
) -> Option<Origin> {
    let mesh = mesh.filter(|mesh| mesh.mode.value == MeshMode::Sidecar)?;
    if mesh.inject.value == Inject::Pod {
        return None;
    }
    if let Some(why) = in_mesh.get(&control_plane.namespace.value) {
        return Some(Origin::derived(
            "the control plane is in the mesh, and its port 18000 speaks TLS",
            Causes::from(mesh.mode.pos)
                .and(control_plane.namespace.pos())
                .and(mesh.inject.pos())
                .and(control_plane.deploy_mode.pos())
                .and_all(*why),
        ));
    }
    (mesh.outbound.value == OutboundTrafficPolicy::RegistryOnly).then(|| {
        Origin::derived(
            "sidecars pass only what they know, and port 18000 speaks TLS",
            Causes::of([mesh.outbound.pos(), mesh.mode.pos, mesh.inject.pos()]),
        )
    })
}
