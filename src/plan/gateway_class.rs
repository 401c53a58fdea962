//! The class of the gateways.

use serde::Serialize;

use crate::config::Manage;
use crate::model::{CONTROLLER_NAME, EnvoyProxy, Model};
use crate::source::{Origin, Shown, Sourced};

use super::artifact::Artifact;
use super::metadata::text;
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `gateway_class.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct GatewayClassView<'m> {
    name: Shown<&'m str>,
    controller: &'static str,
    parameters: Option<ParametersView<'m>>,
}

/// The `EnvoyProxy` of a class.
#[derive(Debug, Serialize)]
pub(super) struct ParametersView<'m> {
    name: Shown<&'m str>,
    /// Always written: without it Envoy Gateway looks in the namespace `default`.
    namespace: Sourced<&'m str>,
}

impl<'m> ParametersView<'m> {
    pub(super) fn new(proxy: &'m EnvoyProxy) -> Self {
        ParametersView {
            name: Shown::new(text(&proxy.name), proxy.origin),
            namespace: text(&proxy.namespace),
        }
    }
}

/// The name of the class: where none is written, that which the distribution's chart has.
pub(super) fn class_name(model: &Model) -> Shown<&str> {
    let control_plane = &model.control_plane;
    let name = text(&control_plane.class.name);
    match name.origin {
        Origin::Default(_) => Shown::new(name, control_plane.distribution.origin),
        _ => Shown::from(name),
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let class = &model.control_plane.class;
    if *class.manage != Manage::Create {
        return;
    }
    let view = || GatewayClassView {
        name: class_name(model),
        controller: CONTROLLER_NAME,
        parameters: model.envoy_proxy.as_ref().map(ParametersView::new),
    };
    let id = object_id(GATEWAY_API, "GatewayClass", None, &class.name);
    plan.push(Planned::new(
        Artifact::Object(id),
        "gateway_class",
        class.name.origin,
        view,
    ));
}
