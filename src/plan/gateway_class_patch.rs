//! The `EnvoyProxy` of a class that others own.

use serde::Serialize;

use crate::config::Manage;
use crate::model::Model;
use crate::source::{Shown, Sourced};

use super::artifact::Artifact;
use super::gateway_class::{ParametersView, called_for_by, class_name};
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `gateway_class_patch.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct GatewayClassPatchView<'m> {
    name: Shown<&'m str>,
    parameters: Sourced<ParametersView<'m>>,
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let class = &model.control_plane.class;
    let Some(proxy) = &model.envoy_proxy else {
        return;
    };
    if *class.manage != Manage::Patch {
        return;
    }
    let view = || GatewayClassPatchView {
        name: class_name(model),
        parameters: ParametersView::new(proxy),
    };
    let id = object_id(GATEWAY_API, "GatewayClass", None, &class.name);
    plan.push(Planned::new(
        Artifact::patch(id, "gatewayclass"),
        "gateway_class_patch",
        called_for_by(model, "the class of the gateways refers to their settings"),
        view,
    ));
}
