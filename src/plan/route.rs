//! What routes of all types have in common.

use serde::Serialize;

use crate::model::Route;
use crate::source::{Origin, Shown, Sourced};

use super::metadata::{KeyValue, Name, key_values, names, text, wrote};
use super::parent_ref::ParentRefView;

/// What the template of a route sees; `R` is the view of a rule.
#[derive(Debug, Serialize)]
pub(super) struct RouteView<'m, R> {
    /// Whether values that the API server would fill in are written out.
    explicit: Sourced<bool>,
    name: Shown<&'m str>,
    namespace: Sourced<&'m str>,
    labels: Vec<KeyValue<'m>>,
    annotations: Vec<KeyValue<'m>>,
    parents: Vec<ParentRefView<'m>>,
    hostnames: Vec<Name<'m>>,
    rules: Vec<R>,
}

impl<'m, R> RouteView<'m, R> {
    pub(super) fn new(route: &'m Route, rules: Vec<R>, explicit: Sourced<bool>) -> Self {
        let namespace = text(&route.namespace);
        RouteView {
            explicit,
            name: Shown {
                value: text(&route.name),
                because: Some(route.kind_origin)
                    .filter(|origin| !matches!(origin, Origin::Default(_))),
            },
            namespace,
            labels: key_values(&route.labels),
            annotations: key_values(&route.annotations),
            parents: ParentRefView::list(&route.parents, namespace),
            hostnames: names(route.hostnames.iter().map(wrote)),
            rules,
        }
    }
}
