//! The class of the gateways.

use serde::Serialize;

use crate::config::Manage;
use crate::model::{CONTROLLER_NAME, EnvoyProxy, Model};

use super::artifact::Artifact;
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `gateway_class.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct GatewayClassView<'m> {
    name: &'m str,
    controller: &'static str,
    parameters: Option<ParametersView<'m>>,
}

/// The `EnvoyProxy` of a class.
#[derive(Debug, Serialize)]
pub(super) struct ParametersView<'m> {
    name: &'m str,
    /// Always written: without it Envoy Gateway looks in the namespace `default`.
    namespace: &'m str,
}

impl<'m> ParametersView<'m> {
    pub(super) fn new(proxy: &'m EnvoyProxy) -> Self {
        ParametersView {
            name: &proxy.name.value,
            namespace: &proxy.namespace.value,
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let class = &model.control_plane.class;
    if *class.manage != Manage::Create {
        return;
    }
    let view = || GatewayClassView {
        name: &class.name.value,
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
