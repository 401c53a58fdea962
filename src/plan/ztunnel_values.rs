//! `install/ztunnel-values.yaml`: values for the chart `istio/ztunnel`.

use serde::Serialize;

use crate::model::{Mesh, MeshMode, Model};
use crate::source::Sourced;

use super::istio_operator::IstioSettings;
use super::mesh_values::plan_mesh_values;
use super::plan::Plan;

/// The view of the values.
#[derive(Debug, Serialize)]
pub(super) struct ZtunnelValues<'a> {
    /// The revision of istiod that ztunnel asks.
    pub revision: Option<Sourced<&'a str>>,
    /// The cluster's DNS domain.
    pub cluster_domain: Option<Sourced<&'a str>>,
}

impl<'a> ZtunnelValues<'a> {
    /// The values; the chart needs some only in ambient mode where Istio has a revision or the
    /// cluster another domain.
    pub(super) fn new(mesh: &'a Mesh) -> Option<Self> {
        let settings = IstioSettings::new(mesh);
        let wanted = settings.revision.is_some() || settings.cluster_domain.is_some();
        (wanted && mesh.mode.value == MeshMode::Ambient).then_some(ZtunnelValues {
            revision: settings.revision,
            cluster_domain: settings.cluster_domain,
        })
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    plan_mesh_values(
        model,
        "ztunnel-values",
        "ztunnel_values",
        ZtunnelValues::new,
        plan,
    );
}
