//! `install/istio-cni-values.yaml`: values for the chart `istio/cni`.

use serde::Serialize;

use crate::model::{Mesh, MeshMode, Model};
use crate::source::Sourced;

use super::mesh_values::plan_mesh_values;
use super::plan::Plan;

/// The view of the values.
#[derive(Debug, Serialize)]
pub(super) struct IstioCniValues {
    /// The chart's profile.
    pub profile: Sourced<&'static str>,
}

impl IstioCniValues {
    /// The values; the chart is needed in ambient mode only.
    pub(super) fn new(mesh: &Mesh) -> Option<Self> {
        let profile = Sourced::written("ambient", mesh.mode.pos);
        (mesh.mode.value == MeshMode::Ambient).then_some(IstioCniValues { profile })
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    plan_mesh_values(
        model,
        "istio-cni-values",
        "istio_cni_values",
        IstioCniValues::new,
        plan,
    );
}
