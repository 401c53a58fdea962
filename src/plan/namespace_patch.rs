//! Labels of namespaces that others own.

use crate::config::Manage;
use crate::model::Model;

use super::artifact::Artifact;
use super::namespace::NamespaceView;
use super::object::object_id;
use super::plan::Plan;
use super::planned::Planned;

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    for namespace in &model.namespaces {
        if *namespace.manage == Manage::Patch {
            let id = object_id("", "Namespace", None, &namespace.name);
            plan.push(Planned::new(
                Artifact::patch(id, "namespace"),
                "namespace_patch",
                namespace.origin,
                || NamespaceView::new(namespace),
            ));
        }
    }
}
