//! `install/istiod-values.yaml`: values for the chart `istio/istiod`.

use serde::Serialize;

use crate::model::{Mesh, MeshMode};

use super::istio_operator::IstioSettings;

/// The view of the values.
#[derive(Debug, Serialize)]
pub struct IstiodValues<'a> {
    /// The chart's profile for ambient mode.
    pub ambient: bool,
    /// The trust domain, always said: identities in policies begin with it.
    pub trust_domain: &'a str,
    /// What differs from Istio's defaults.
    pub settings: IstioSettings<'a>,
}

impl<'a> IstiodValues<'a> {
    /// The values that do for Helm what the `IstioOperator` does for istioctl.
    pub fn plan(mesh: &'a Mesh) -> Self {
        IstiodValues {
            ambient: mesh.mode.value == MeshMode::Ambient,
            trust_domain: mesh.trust_domain.as_str(),
            settings: IstioSettings::new(mesh),
        }
    }
}
