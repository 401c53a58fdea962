//! The class of the gateways.

use serde::Serialize;

use crate::config::Manage;
use crate::model::{CONTROLLER_NAME, EnvoyProxy, GatewayClass, Model};
use crate::source::{Causes, Origin, Shown, Sourced};

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
    parameters: Option<Sourced<ParametersView<'m>>>,
}

/// The `EnvoyProxy` of a class.
#[derive(Debug, Serialize)]
pub(super) struct ParametersView<'m> {
    name: Shown<&'m str>,
    /// Always written: without it Envoy Gateway looks in the namespace `default`.
    namespace: Sourced<&'m str>,
}

impl<'m> ParametersView<'m> {
    pub(super) fn new(proxy: &'m EnvoyProxy) -> Sourced<Self> {
        let view = ParametersView {
            name: Shown::new(text(&proxy.name), proxy.origin),
            namespace: text(&proxy.namespace),
        };
        Sourced {
            value: view,
            origin: proxy.origin,
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

/// What called for a class, or for a patch of one.
pub(super) fn called_for_by(model: &Model, rule: &'static str) -> Origin {
    let control_plane = &model.control_plane;
    let GatewayClass { name, manage } = &control_plane.class;
    let proxy = model.envoy_proxy.as_ref();
    let proxy = proxy.map_or(Causes::NONE, |proxy| proxy.origin.causes());
    let places = [name.pos(), manage.pos(), control_plane.distribution.pos()];
    Origin::derived(rule, Causes::of(places).and_all(proxy))
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
        called_for_by(model, "the class of the gateways is created"),
        view,
    ));
}
