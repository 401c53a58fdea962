//! `install/istio-operator.yaml`: what `istioctl install -f` reads.

use std::ops::Deref;

use serde::Serialize;

use crate::config::OutboundTrafficPolicy;
use crate::model::{Mesh, MeshMode, Model};
use crate::source::{Origin, Sourced};

use super::mesh_values::plan_mesh_values;
use super::plan::Plan;

/// The settings of Istio that the config states; every other one stays at Istio's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct IstioSettings<'a> {
    /// The revision; none is the default revision.
    pub revision: Option<&'a str>,
    /// What becomes of traffic to unknown hosts.
    pub outbound: Option<&'static str>,
    /// The trust domain.
    pub trust_domain: Option<&'a str>,
    /// The root namespace.
    pub root_namespace: Option<&'a str>,
    /// The cluster's DNS domain.
    pub cluster_domain: Option<&'a str>,
    /// Whether sidecars are native.
    pub native_sidecars: Option<bool>,
}

impl<'a> IstioSettings<'a> {
    /// The settings that the config states for `mesh`.
    pub(super) fn new(mesh: &'a Mesh) -> Self {
        IstioSettings {
            revision: mesh.revision.as_ref().map(|revision| revision.as_str()),
            outbound: stated(&mesh.outbound).map(|policy| outbound_name(*policy)),
            trust_domain: stated(&mesh.trust_domain).map(Deref::deref),
            root_namespace: stated(&mesh.root_namespace).map(Deref::deref),
            cluster_domain: stated(&mesh.cluster_domain).map(Deref::deref),
            native_sidecars: match mesh.mode.value {
                MeshMode::Sidecar => stated(&mesh.native_sidecars).copied(),
                MeshMode::Ambient => None,
            },
        }
    }
}

/// The view of an `IstioOperator`.
#[derive(Debug, Serialize)]
pub(super) struct IstioOperator<'a> {
    /// Its name.
    pub name: String,
    /// Istio's profile.
    pub profile: &'static str,
    /// What differs from it.
    pub settings: IstioSettings<'a>,
}

impl<'a> IstioOperator<'a> {
    /// The installation that the gateways need.
    pub(super) fn new(mesh: &'a Mesh) -> Self {
        let settings = IstioSettings::new(mesh);
        IstioOperator {
            name: match settings.revision {
                Some(revision) => format!("istio-{revision}"),
                None => "istio".to_owned(),
            },
            profile: match mesh.mode.value {
                MeshMode::Sidecar => "minimal",
                MeshMode::Ambient => "ambient",
            },
            settings,
        }
    }
}

/// The value, unless it is only the default of a config field.
fn stated<T>(value: &Sourced<T>) -> Option<&T> {
    match value.origin {
        Origin::Default(_) => None,
        Origin::Written(_) | Origin::Derived { .. } => Some(&value.value),
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
