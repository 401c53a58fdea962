//! `install/istio-base-values.yaml`: values for the chart `istio/base`.

use serde::Serialize;

use crate::model::{Mesh, Model};
use crate::source::Sourced;

use super::mesh_values::plan_mesh_values;
use super::metadata::wrote;
use super::plan::Plan;

/// The view of the values.
#[derive(Debug, Serialize)]
pub(super) struct IstioBaseValues<'a> {
    /// The revision that validates objects.
    pub revision: Sourced<&'a str>,
}

impl<'a> IstioBaseValues<'a> {
    /// The values; the chart needs some only where Istio has a revision.
    pub(super) fn new(mesh: &'a Mesh) -> Option<Self> {
        let revision = wrote(mesh.revision.as_ref()?);
        Some(IstioBaseValues { revision })
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    plan_mesh_values(
        model,
        "istio-base-values",
        "istio_base_values",
        IstioBaseValues::new,
        plan,
    );
}
