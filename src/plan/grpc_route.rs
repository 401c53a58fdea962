//! Routes of gRPC calls.

use serde::Serialize;

use crate::model::{Model, Route, RouteKind, Rule};
use crate::source::Sourced;

use super::artifact::Artifact;
use super::backend_ref::BackendRefView;
use super::defaulted::explicit;
use super::filter::FilterView;
use super::metadata::{text, wrote};
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;
use super::route::RouteView;
use super::route_match::GrpcMatchView;

#[derive(Debug, Serialize)]
struct RuleView<'m> {
    name: Option<Sourced<&'m str>>,
    matches: Vec<GrpcMatchView<'m>>,
    filters: Vec<FilterView<'m>>,
    backends: Vec<BackendRefView<'m>>,
}

impl<'m> RuleView<'m> {
    fn new(rule: &'m Rule, home: Sourced<&str>, explicit: Sourced<bool>) -> Self {
        let backends = rule.backends.iter();
        RuleView {
            name: rule.name.as_ref().map(wrote),
            matches: rule.matches.iter().map(GrpcMatchView::new).collect(),
            filters: FilterView::list(rule, home, explicit),
            backends: backends
                .map(|backend| BackendRefView::new(backend, home, explicit))
                .collect(),
        }
    }
}

/// What `grpc_route.yaml.j2` sees.
fn view(route: &Route, explicit: Sourced<bool>) -> RouteView<'_, Sourced<RuleView<'_>>> {
    let rules = route.rules.iter();
    let rules = rules.map(|rule| Sourced {
        value: RuleView::new(rule, text(&route.namespace), explicit),
        origin: rule.origin,
    });
    RouteView::new(route, rules.collect(), explicit)
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
            move || view(route, explicit),
        ));
    }
}
