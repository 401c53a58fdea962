//! `install/istio-cni-values.yaml`: values for the chart `istio/cni`.

use serde::Serialize;

use crate::model::{Mesh, MeshMode, Model};
use crate::source::Origin;

use super::artifact::Artifact;
use super::plan::Plan;
use super::planned::Planned;

/// The view of the values.
#[derive(Debug, Serialize)]
pub(super) struct IstioCniValues {
    /// The chart's profile.
    pub profile: &'static str,
}

impl IstioCniValues {
    /// The values; the chart is needed in ambient mode only.
    pub(super) fn new(mesh: &Mesh) -> Option<Self> {
        let profile = "ambient";
        (mesh.mode.value == MeshMode::Ambient).then_some(IstioCniValues { profile })
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let file = "install/istio-cni-values.yaml".to_owned();
    if let Some(mesh) = &model.mesh
        && IstioCniValues::new(mesh).is_some()
    {
        let view = || IstioCniValues::new(mesh);
        let origin = Origin::Written(mesh.mode.pos);
        plan.push(Planned::new(
            Artifact::ToolInput { file },
            "istio_cni_values",
            origin,
            view,
        ));
    }
}
