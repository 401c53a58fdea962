//! Routes of HTTP requests.

use serde::Serialize;

use crate::config::Duration;
use crate::model::{Model, Route, RouteKind, Rule};
use crate::source::{Located, Sourced};

use super::artifact::Artifact;
use super::backend_ref::BackendRefView;
use super::defaulted::explicit;
use super::filter::FilterView;
use super::metadata::{text, wrote};
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;
use super::route::RouteView;
use super::route_match::HttpMatchView;

#[derive(Debug, Serialize)]
struct RuleView<'m> {
    name: Option<Sourced<&'m str>>,
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
    fn every(explicit: Sourced<bool>) -> Self {
        RuleView {
            name: None,
            matches: vec![HttpMatchView::every(explicit)],
            filters: Vec::new(),
            backends: Vec::new(),
            timeouts: None,
        }
    }

    fn new(rule: &'m Rule, home: Sourced<&str>, explicit: Sourced<bool>) -> Self {
        let matches = rule.matches.iter();
        let mut matches: Vec<_> = matches.map(|m| HttpMatchView::new(m, explicit)).collect();
        if explicit.value && matches.is_empty() {
            matches.push(HttpMatchView::every(explicit));
        }
        let backends = rule.backends.iter();
        let timeouts = TimeoutsView {
            request: rule.timeouts.request.as_ref(),
            backend_request: rule.timeouts.backend_request.as_ref(),
        };
        let some = timeouts.request.is_some() || timeouts.backend_request.is_some();
        RuleView {
            name: rule.name.as_ref().map(wrote),
            matches,
            filters: FilterView::list(rule, home, explicit),
            backends: backends
                .map(|backend| BackendRefView::new(backend, home, explicit))
                .collect(),
            timeouts: some.then_some(timeouts),
        }
    }
}

/// What `http_route.yaml.j2` sees.
fn view(route: &Route, explicit: Sourced<bool>) -> RouteView<'_, Sourced<RuleView<'_>>> {
    let rules = route.rules.iter();
    let mut rules: Vec<_> = rules
        .map(|rule| Sourced {
            value: RuleView::new(rule, text(&route.namespace), explicit),
            origin: rule.origin,
        })
        .collect();
    if explicit.value && rules.is_empty() {
        rules.push(Sourced {
            value: RuleView::every(explicit),
            origin: explicit.origin,
        });
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
