//! What routes of all types have in common.

use serde::Serialize;

use crate::model::Route;

use super::metadata::{KeyValue, Name, key_values, names};
use super::parent_ref::ParentRefView;

/// What the template of a route sees; `R` is the view of a rule.
#[derive(Debug, Serialize)]
pub(super) struct RouteView<'m, R> {
    /// Whether values that the API server would fill in are written out.
    explicit: bool,
    name: &'m str,
    namespace: &'m str,
    labels: Vec<KeyValue<'m>>,
    annotations: Vec<KeyValue<'m>>,
    parents: Vec<ParentRefView<'m>>,
    hostnames: Vec<Name<'m>>,
    rules: Vec<R>,
}

impl<'m, R> RouteView<'m, R> {
    pub(super) fn new(route: &'m Route, rules: Vec<R>, explicit: bool) -> Self {
        let namespace = route.namespace.as_str();
        RouteView {
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
