//! `install/istio-cni-values.yaml`: values for the chart `istio/cni`.

use serde::Serialize;

use crate::model::{Mesh, MeshMode};

/// The view of the values.
#[derive(Debug, Serialize)]
pub struct IstioCniValues {
    /// The chart's profile.
    pub profile: &'static str,
}

impl IstioCniValues {
    /// The values; the chart is needed in ambient mode only.
    pub fn plan(mesh: &Mesh) -> Option<Self> {
        let profile = "ambient";
        (mesh.mode.value == MeshMode::Ambient).then_some(IstioCniValues { profile })
    }
}
