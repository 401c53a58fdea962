//! `install/istiod-values.yaml`: values for the chart `istio/istiod`.

use serde::Serialize;

use crate::model::{Mesh, MeshMode, Model};
use crate::source::Sourced;

use super::istio_operator::IstioSettings;
use super::mesh_values::plan_mesh_values;
use super::metadata::text;
use super::plan::Plan;

/// The view of the values.
#[derive(Debug, Serialize)]
pub(super) struct IstiodValues<'a> {
    /// The chart's profile for ambient mode.
    pub ambient: Sourced<bool>,
    /// The trust domain, always said: identities in policies begin with it.
    pub trust_domain: Sourced<&'a str>,
    /// What differs from Istio's defaults.
    pub settings: IstioSettings<'a>,
}

impl<'a> IstiodValues<'a> {
    /// The values that do for Helm what the `IstioOperator` does for istioctl.
    pub(super) fn new(mesh: &'a Mesh) -> Self {
        IstiodValues {
            ambient: Sourced::written(mesh.mode.value == MeshMode::Ambient, mesh.mode.pos),
            trust_domain: text(&mesh.trust_domain),
            settings: IstioSettings::new(mesh),
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    plan_mesh_values(
        model,
        "istiod-values",
        "istiod_values",
        |mesh| Some(IstiodValues::new(mesh)),
        plan,
    );
}
