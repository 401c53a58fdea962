//! Files of values for the charts of Istio.

use serde::Serialize;

use crate::model::{Mesh, Model};
use crate::source::Origin;

use super::artifact::Artifact;
use super::plan::Plan;
use super::planned::Planned;

/// Plans `install/<name>.yaml`, by the template of this stem, where the mesh has a view for it.
pub(super) fn plan_mesh_values<'m, V: Serialize>(
    model: &'m Model,
    name: &str,
    template: &'static str,
    view: impl Fn(&'m Mesh) -> Option<V> + 'm,
    plan: &mut Plan<'m>,
) {
    let mesh = model.mesh.as_ref();
    if let Some(mesh) = mesh.filter(|mesh| view(mesh).is_some()) {
        let file = format!("install/{name}.yaml");
        let origin = Origin::Written(mesh.mode.pos);
        plan.push(Planned::new(
            Artifact::ToolInput { file },
            template,
            origin,
            move || view(mesh),
        ));
    }
}
