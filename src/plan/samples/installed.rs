//! Models that differ in what installers of Istio and Envoy Gateway are told.

use crate::config::{Delivery, DeployMode, Distribution, OutboundTrafficPolicy, TrustDomain};
use crate::model::{MeshMode, Model};
use crate::source::Located;

use super::gitops::{clusters, full_gitops};
use super::parts::{at, label, name, nothing, wrote};
use super::recipe::{mesh, recipe};

/// The recipe with values for TEG's chart, and everything written that an installer of Istio
/// reads.
pub(crate) fn by_values() -> Model {
    let mut model = recipe();
    model.control_plane.delivery = wrote(Delivery::HelmValues);
    let mut mesh = mesh();
    mesh.revision = Some(at(label("1")));
    mesh.outbound = wrote(OutboundTrafficPolicy::RegistryOnly);
    mesh.trust_domain = wrote(TrustDomain::new("example.org"));
    mesh.root_namespace = wrote(label("istio-config"));
    mesh.cluster_domain = wrote(name("example.internal"));
    mesh.native_sidecars = wrote(false);
    model.mesh = Some(mesh);
    model.output = full_gitops();
    model
}

/// An ambient mesh, and proxies in the namespaces of their gateways.
pub(crate) fn ambient() -> Model {
    let mut model = nothing();
    model.control_plane.distribution = wrote(Distribution::EnvoyGateway);
    model.control_plane.deploy_mode = wrote(DeployMode::GatewayNamespace);
    let mut mesh = mesh();
    mesh.mode = Located::new(MeshMode::Ambient, mesh.mode.pos);
    mesh.revision = Some(at(label("stable")));
    mesh.cluster_domain = wrote(name("example.internal"));
    model.mesh = Some(mesh);
    model.output = clusters();
    model
}
