//! `install/ztunnel-values.yaml`: values for the chart `istio/ztunnel`.

use serde::Serialize;

use crate::model::{Mesh, MeshMode, Model};
use crate::source::Origin;

use super::artifact::Artifact;
use super::istio_operator::IstioSettings;
use super::plan::Plan;
use super::planned::Planned;

/// The view of the values.
#[derive(Debug, Serialize)]
pub(super) struct ZtunnelValues<'a> {
    /// The revision of istiod that ztunnel asks.
    pub revision: Option<&'a str>,
    /// The cluster's DNS domain.
    pub cluster_domain: Option<&'a str>,
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
    let file = "install/ztunnel-values.yaml".to_owned();
    if let Some(mesh) = &model.mesh
        && ZtunnelValues::new(mesh).is_some()
    {
        let view = || ZtunnelValues::new(mesh);
        let origin = Origin::Written(mesh.mode.pos);
        plan.push(Planned::new(
            Artifact::ToolInput { file },
            "ztunnel_values",
            origin,
            view,
        ));
    }
}
