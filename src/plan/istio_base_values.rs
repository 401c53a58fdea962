//! `install/istio-base-values.yaml`: values for the chart `istio/base`.

use serde::Serialize;

use crate::model::Mesh;

/// The view of the values.
#[derive(Debug, Serialize)]
pub struct IstioBaseValues<'a> {
    /// The revision that validates objects.
    pub revision: &'a str,
}

impl<'a> IstioBaseValues<'a> {
    /// The values; the chart needs some only where Istio has a revision.
    pub fn plan(mesh: &'a Mesh) -> Option<Self> {
        let revision = mesh.revision.as_ref()?.as_str();
        Some(IstioBaseValues { revision })
    }
}
