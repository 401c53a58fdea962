//! Routes of gRPC calls.

use serde::Serialize;

use crate::model::{Model, Route, RouteKind, Rule};

use super::artifact::Artifact;
use super::backend_ref::BackendRefView;
use super::defaulted::explicit;
use super::filter::FilterView;
use super::metadata::{KeyValue, Name, key_values, names};
use super::object::{GATEWAY_API, object_id};
use super::parent_ref::ParentRefView;
use super::plan::Plan;
use super::planned::Planned;
use super::route_match::GrpcMatchView;

/// What `grpc_route.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct GrpcRouteView<'m> {
    /// Whether values that the API server would fill in are written out.
    explicit: bool,
    name: &'m str,
    namespace: &'m str,
    labels: Vec<KeyValue<'m>>,
    annotations: Vec<KeyValue<'m>>,
    parents: Vec<ParentRefView<'m>>,
    hostnames: Vec<Name<'m>>,
    rules: Vec<RuleView<'m>>,
}

#[derive(Debug, Serialize)]
struct RuleView<'m> {
    name: Option<&'m str>,
    matches: Vec<GrpcMatchView<'m>>,
    filters: Vec<FilterView<'m>>,
    backends: Vec<BackendRefView<'m>>,
}

impl<'m> GrpcRouteView<'m> {
    fn new(route: &'m Route, explicit: bool) -> Self {
        let namespace = route.namespace.as_str();
        GrpcRouteView {
            explicit,
            name: &route.name.value,
            namespace,
            labels: key_values(&route.labels),
            annotations: key_values(&route.annotations),
            parents: ParentRefView::list(&route.parents, namespace),
            hostnames: names(route.hostnames.iter().map(|name| name.as_str())),
            rules: route
                .rules
                .iter()
                .map(|rule| RuleView::new(rule, namespace, explicit))
                .collect(),
        }
    }
}

impl<'m> RuleView<'m> {
    fn new(rule: &'m Rule, namespace: &str, explicit: bool) -> Self {
        let backends = rule.backends.iter();
        RuleView {
            name: rule.name.as_ref().map(|name| name.as_str()),
            matches: rule.matches.iter().map(GrpcMatchView::new).collect(),
            filters: FilterView::list(rule, namespace, explicit),
            backends: backends
                .map(|backend| BackendRefView::new(backend, namespace, explicit))
                .collect(),
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let explicit = explicit(model);
    let routes = model.routes.iter();
    for route in routes.filter(|route| route.kind == RouteKind::Grpc) {
        let id = object_id(
            GATEWAY_API,
            "GRPCRoute",
            Some(&route.namespace),
            &route.name,
        );
        plan.push(Planned::new(
            Artifact::Object(id),
            "grpc_route",
            route.name.origin,
            move || GrpcRouteView::new(route, explicit),
        ));
    }
}
