//! The steps that make the mesh, and those that show it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::config::{Inject, MtlsMode, OutboundTrafficPolicy};
use crate::model::{Gateway, Mesh, MeshMode, Model, Namespace, PeerAuthentication, Route};

use super::super::{istio_base_values::IstioBaseValues, ztunnel_values::ZtunnelValues};

/// The mesh, as the steps need it.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a condition of a template"
)]
pub(super) struct MeshSteps {
    /// Whether it is ambient.
    pub ambient: bool,
    /// Whether proxies are injected by a label on their pods.
    pub by_pod: bool,
    /// The revision.
    pub revision: Option<String>,
    /// The root namespace, where it is not Istio's own.
    pub other_root: Option<String>,
    /// The label that brings a namespace into the mesh.
    pub label: String,
    /// Its key.
    pub label_key: String,
    /// Whether the chart `istio/base` gets values.
    pub base_values: bool,
    /// Whether the chart `istio/ztunnel` gets values.
    pub ztunnel_values: bool,
    /// Whether sidecars are native.
    pub native_sidecars: bool,
    /// Whether unknown hosts are refused.
    pub registry_only: bool,
    /// Whether some workload refuses plaintext.
    pub strict: bool,
}

impl MeshSteps {
    /// The steps for `mesh`.
    pub(super) fn new(model: &Model, mesh: &Mesh) -> Self {
        let (key, value) = &mesh.namespace_label;
        let root = mesh.root_namespace.as_str();
        MeshSteps {
            ambient: mesh.mode.value == MeshMode::Ambient,
            by_pod: mesh.inject.value == Inject::Pod,
            revision: mesh.revision.as_ref().map(ToString::to_string),
            other_root: (root != "istio-system").then(|| root.to_owned()),
            label: format!("{key}={}", value.as_str()),
            label_key: key.to_string(),
            base_values: IstioBaseValues::new(mesh).is_some(),
            ztunnel_values: ZtunnelValues::new(mesh).is_some(),
            native_sidecars: mesh.native_sidecars.value,
            registry_only: mesh.outbound.value == OutboundTrafficPolicy::RegistryOnly,
            strict: model.peer_authentications.iter().any(is_strict),
        }
    }
}

/// Whether some port under the policy refuses plaintext.
pub(in crate::plan) fn is_strict(policy: &PeerAuthentication) -> bool {
    let mode = policy.mode.as_ref().map(|mode| mode.value);
    mode == Some(MtlsMode::Strict)
        || policy
            .ports
            .values()
            .any(|mode| mode.value == MtlsMode::Strict)
}

/// How to see that the hop from a gateway to one of its backends is in the mesh.
#[derive(Debug, Serialize)]
pub(super) struct Proof {
    /// The backend.
    pub service: String,
    /// Its namespace.
    pub namespace: String,
    /// Its port.
    pub port: u16,
    /// The gateway's identity.
    pub identity: String,
    /// Whether the mesh is ambient.
    pub ambient: bool,
}

/// Finds what proves that a gateway's hop is in the mesh.
pub(super) struct Proofs<'m> {
    mesh: Option<&'m Mesh>,
    /// The namespaces with the mesh's label.
    labelled: BTreeSet<&'m str>,
}

impl<'m> Proofs<'m> {
    /// Proofs for gateways of this model.
    pub(super) fn new(model: &'m Model) -> Self {
        let mesh = model.mesh.as_ref();
        let labelled = |namespace: &&Namespace| {
            mesh.is_some_and(|mesh| namespace.labels.contains_key(&mesh.namespace_label.0))
        };
        let namespaces = model.namespaces.iter().filter(labelled);
        Proofs {
            mesh,
            labelled: namespaces.map(|namespace| &*namespace.name).collect(),
        }
    }

    /// The proof for a gateway with these routes: with its first backend in the mesh.
    pub(super) fn of(&self, gateway: &Gateway, routes: &[&Route]) -> Option<Proof> {
        let mesh = self.mesh?;
        let rules = routes.iter().flat_map(|route| &route.rules);
        let mut backends = rules.flat_map(|rule| &rule.backends);
        let backend = backends.find(|backend| self.labelled.contains(&**backend.namespace))?;
        Some(Proof {
            service: backend.service.to_string(),
            namespace: backend.namespace.to_string(),
            port: backend.port.value.0,
            identity: format!("spiffe://{}", gateway.proxy.principal(&mesh.trust_domain)),
            ambient: mesh.mode.value == MeshMode::Ambient,
        })
    }
}
