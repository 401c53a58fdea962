//! `install/istiod-values.yaml`: values for the chart `istio/istiod`.

use serde::Serialize;

use crate::model::{Mesh, MeshMode, Model};
use crate::source::Origin;

use super::artifact::Artifact;
use super::istio_operator::IstioSettings;
use super::plan::Plan;
use super::planned::Planned;

/// The view of the values.
#[derive(Debug, Serialize)]
pub(super) struct IstiodValues<'a> {
    /// The chart's profile for ambient mode.
    pub ambient: bool,
    /// The trust domain, always said: identities in policies begin with it.
    pub trust_domain: &'a str,
    /// What differs from Istio's defaults.
    pub settings: IstioSettings<'a>,
}

impl<'a> IstiodValues<'a> {
    /// The values that do for Helm what the `IstioOperator` does for istioctl.
    pub(super) fn new(mesh: &'a Mesh) -> Self {
        IstiodValues {
            ambient: mesh.mode.value == MeshMode::Ambient,
            trust_domain: mesh.trust_domain.as_str(),
            settings: IstioSettings::new(mesh),
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let file = "install/istiod-values.yaml".to_owned();
    if let Some(mesh) = &model.mesh {
        let view = || IstiodValues::new(mesh);
        let origin = Origin::Written(mesh.mode.pos);
        plan.push(Planned::new(
            Artifact::ToolInput { file },
            "istiod_values",
            origin,
            view,
        ));
    }
}
