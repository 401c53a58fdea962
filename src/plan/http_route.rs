//! Routes of HTTP requests.

use serde::Serialize;

use crate::config::Duration;
use crate::model::{Model, Route, RouteKind, Rule};
use crate::source::Located;

use super::artifact::Artifact;
use super::backend_ref::BackendRefView;
use super::defaulted::explicit;
use super::filter::FilterView;
use super::metadata::{KeyValue, Name, key_values, names};
use super::object::{GATEWAY_API, object_id};
use super::parent_ref::ParentRefView;
use super::plan::Plan;
use super::planned::Planned;
use super::route_match::HttpMatchView;

/// What `http_route.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct HttpRouteView<'m> {
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

impl<'m> HttpRouteView<'m> {
    fn new(route: &'m Route, explicit: bool) -> Self {
        let namespace = route.namespace.as_str();
        let mut rules: Vec<RuleView<'_>> = route
            .rules
            .iter()
            .map(|rule| RuleView::new(rule, namespace, explicit))
            .collect();
        if explicit && rules.is_empty() {
            rules.push(RuleView::every());
        }
        HttpRouteView {
            explicit,
            name: &route.name.value,
            namespace,
            labels: key_values(&route.labels),
            annotations: key_values(&route.annotations),
            parents: ParentRefView::list(&route.parents, namespace),
            hostnames: names(route.hostnames.iter().map(|name| name.as_str())),
            rules,
        }
    }
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
            move || HttpRouteView::new(route, explicit),
        ));
    }
}
