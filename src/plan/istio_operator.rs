//! `install/istio-operator.yaml`: what `istioctl install -f` reads.

use serde::Serialize;

use crate::config::OutboundTrafficPolicy;
use crate::model::{Mesh, MeshMode, Model};
use crate::source::{Origin, Shown, Sourced};

use super::mesh_values::plan_mesh_values;
use super::metadata::{text, wrote};
use super::plan::Plan;

/// The settings of Istio that the config states; every other one stays at Istio's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct IstioSettings<'a> {
    /// The revision; none is the default revision.
    pub revision: Option<Sourced<&'a str>>,
    /// What becomes of traffic to unknown hosts.
    pub outbound: Option<Sourced<&'static str>>,
    /// The trust domain.
    pub trust_domain: Option<Sourced<&'a str>>,
    /// The root namespace.
    pub root_namespace: Option<Sourced<&'a str>>,
    /// The cluster's DNS domain.
    pub cluster_domain: Option<Sourced<&'a str>>,
    /// Whether sidecars are native.
    pub native_sidecars: Option<Shown<bool>>,
}

impl<'a> IstioSettings<'a> {
    /// The settings that the config states for `mesh`.
    pub(super) fn new(mesh: &'a Mesh) -> Self {
        IstioSettings {
            revision: mesh.revision.as_ref().map(wrote),
            outbound: stated(&mesh.outbound).map(|policy| policy.map(outbound_name)),
            trust_domain: stated(&mesh.trust_domain).map(text),
            root_namespace: stated(&mesh.root_namespace).map(text),
            cluster_domain: stated(&mesh.cluster_domain).map(text),
            native_sidecars: match mesh.mode.value {
                MeshMode::Sidecar => stated(&mesh.native_sidecars)
                    .map(|native| Shown::new(*native, Origin::Written(mesh.mode.pos))),
                MeshMode::Ambient => None,
            },
        }
    }
}

/// The view of an `IstioOperator`.
#[derive(Debug, Serialize)]
pub(super) struct IstioOperator<'a> {
    /// Its name.
    pub name: Sourced<String>,
    /// Istio's profile.
    pub profile: Sourced<&'static str>,
    /// What differs from it.
    pub settings: IstioSettings<'a>,
}

impl<'a> IstioOperator<'a> {
    /// The installation that the gateways need.
    pub(super) fn new(mesh: &'a Mesh) -> Self {
        let settings = IstioSettings::new(mesh);
        IstioOperator {
            name: match &mesh.revision {
                Some(revision) => Sourced::derived(
                    format!("istio-{revision}"),
                    "`istio-` and the revision",
                    revision.pos,
                ),
                None => Sourced::derived(
                    "istio".to_owned(),
                    "the installation of a mesh without a revision",
                    mesh.mode.pos,
                ),
            },
            profile: Sourced::derived(
                match mesh.mode.value {
                    MeshMode::Sidecar => "minimal",
                    MeshMode::Ambient => "ambient",
                },
                "Istio's profile for the mesh's mode",
                mesh.mode.pos,
            ),
            settings,
        }
    }
}

/// The value, unless it is only the default of a config field.
fn stated<T>(value: &Sourced<T>) -> Option<&Sourced<T>> {
    match value.origin {
        Origin::Default(_) => None,
        Origin::Written(_) | Origin::Derived { .. } => Some(value),
    }
}

fn outbound_name(policy: OutboundTrafficPolicy) -> &'static str {
    match policy {
        OutboundTrafficPolicy::AllowAny => "ALLOW_ANY",
        OutboundTrafficPolicy::RegistryOnly => "REGISTRY_ONLY",
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    plan_mesh_values(
        model,
        "istio-operator",
        "istio_operator",
        |mesh| Some(IstioOperator::new(mesh)),
        plan,
    );
}
