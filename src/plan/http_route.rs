//! Routes of HTTP requests.

use serde::Serialize;

use crate::config::Duration;
use crate::model::{Model, Route, RouteKind, Rule};
use crate::source::Located;

use super::artifact::Artifact;
use super::backend_ref::BackendRefView;
use super::defaulted::explicit;
use super::filter::FilterView;
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;
use super::route::RouteView;
use super::route_match::HttpMatchView;

#[derive(Debug, Serialize)]
struct RuleView<'m> {
    name: Option<&'m str>,
    matches: Vec<HttpMatchView<'m>>,
    filters: Vec<FilterView<'m>>,
    backends: Vec<BackendRefView<'m>>,
    timeouts: Option<TimeoutsView<'m>>,
}

#[derive(Debug, Serialize)]
struct TimeoutsView<'m> {
    request: Option<&'m Located<Duration>>,
    backend_request: Option<&'m Located<Duration>>,
}

impl<'m> RuleView<'m> {
    /// What the API server takes for a route without rules.
    fn every() -> Self {
        RuleView {
            name: None,
            matches: vec![HttpMatchView::every()],
            filters: Vec::new(),
            backends: Vec::new(),
            timeouts: None,
        }
    }

    fn new(rule: &'m Rule, namespace: &str, explicit: bool) -> Self {
        let matches = rule.matches.iter();
        let mut matches: Vec<_> = matches.map(|m| HttpMatchView::new(m, explicit)).collect();
        if explicit && matches.is_empty() {
            matches.push(HttpMatchView::every());
        }
        let backends = rule.backends.iter();
        let timeouts = TimeoutsView {
            request: rule.timeouts.request.as_ref(),
            backend_request: rule.timeouts.backend_request.as_ref(),
        };
        let some = timeouts.request.is_some() || timeouts.backend_request.is_some();
        RuleView {
            name: rule.name.as_ref().map(|name| name.as_str()),
            matches,
            filters: FilterView::list(rule, namespace, explicit),
            backends: backends
                .map(|backend| BackendRefView::new(backend, namespace, explicit))
                .collect(),
            timeouts: some.then_some(timeouts),
        }
    }
}

/// What `http_route.yaml.j2` sees.
fn view(route: &Route, explicit: bool) -> RouteView<'_, RuleView<'_>> {
    let rules = route.rules.iter();
    let mut rules: Vec<_> = rules
        .map(|rule| RuleView::new(rule, &route.namespace, explicit))
        .collect();
    if explicit && rules.is_empty() {
        rules.push(RuleView::every());
    }
    RouteView::new(route, rules, explicit)
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let explicit = explicit(model);
    let routes = model.routes.iter();
    for route in routes.filter(|route| route.kind == RouteKind::Http) {
        let id = object_id(
            GATEWAY_API,
            "HTTPRoute",
            Some(&route.namespace),
            &route.name,
        );
        plan.push(Planned::new(
            Artifact::Object(id),
            "http_route",
            route.name.origin,
            move || view(route, explicit),
        ));
    }
}
