//! `install/istio-base-values.yaml`: values for the chart `istio/base`.

use serde::Serialize;

use crate::model::{Mesh, Model};
use crate::source::Origin;

use super::artifact::Artifact;
use super::plan::Plan;
use super::planned::Planned;

/// The view of the values.
#[derive(Debug, Serialize)]
pub(super) struct IstioBaseValues<'a> {
    /// The revision that validates objects.
    pub revision: &'a str,
}

impl<'a> IstioBaseValues<'a> {
    /// The values; the chart needs some only where Istio has a revision.
    pub(super) fn new(mesh: &'a Mesh) -> Option<Self> {
        let revision = mesh.revision.as_ref()?.as_str();
        Some(IstioBaseValues { revision })
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let file = "install/istio-base-values.yaml".to_owned();
    if let Some(mesh) = &model.mesh
        && IstioBaseValues::new(mesh).is_some()
    {
        let view = || IstioBaseValues::new(mesh);
        let origin = Origin::Written(mesh.mode.pos);
        plan.push(Planned::new(
            Artifact::ToolInput { file },
            "istio_base_values",
            origin,
            view,
        ));
    }
}
