//! Conditions on requests.

use serde::Serialize;

use crate::config::Method;
use crate::model::{GrpcMatch, Match, NamedMatch, PathMatch, ValueMatch};
use crate::source::{Located, Shown, Sourced};

use super::metadata::wrote;

/// A condition on an HTTP request.
#[derive(Debug, Serialize)]
pub(super) struct HttpMatchView<'m> {
    path: Option<PathView<'m>>,
    method: Option<Located<Method>>,
    headers: Vec<NamedMatchView<'m>>,
    query: Vec<NamedMatchView<'m>>,
}

#[derive(Debug, Serialize)]
struct PathView<'m> {
    r#type: Shown<&'static str>,
    value: Shown<&'m str>,
}

/// A condition on a header or query parameter.
#[derive(Debug, Serialize)]
pub(super) struct NamedMatchView<'m> {
    r#type: Sourced<&'static str>,
    name: Sourced<&'m str>,
    value: Sourced<&'m str>,
}

impl<'m> HttpMatchView<'m> {
    /// The match of every request.
    pub(super) fn every(explicit: Sourced<bool>) -> Self {
        HttpMatchView {
            path: Some(PathView::every(explicit)),
            method: None,
            headers: Vec::new(),
            query: Vec::new(),
        }
    }

    pub(super) fn new(condition: &'m Match, explicit: Sourced<bool>) -> Self {
        let mut view = HttpMatchView {
            path: condition.path.as_ref().map(PathView::new),
            method: condition.method,
            headers: NamedMatchView::list(&condition.headers),
            query: NamedMatchView::list(&condition.query),
        };
        let empty = view.method.is_none() && view.headers.is_empty() && view.query.is_empty();
        // A match that says nothing has no other way to be written than as what it means.
        if view.path.is_none() && (explicit.value || empty) {
            view.path = Some(PathView::every(explicit));
        }
        view
    }
}

impl<'m> PathView<'m> {
    /// What the API server takes for a rule without matches, and for a match without a path.
    fn every(explicit: Sourced<bool>) -> Self {
        let default = |value| Sourced::default(value, "spec.routes.rules.matches.pathPrefix");
        PathView {
            r#type: Shown::new(default("PathPrefix"), explicit.origin),
            value: Shown::new(default("/"), explicit.origin),
        }
    }

    fn new(path: &'m PathMatch) -> Self {
        let (r#type, value) = match path {
            PathMatch::Prefix(value) => ("PathPrefix", wrote(value)),
            PathMatch::Exact(value) => ("Exact", wrote(value)),
            PathMatch::Regex(value) => ("RegularExpression", wrote(value)),
        };
        PathView {
            r#type: Shown::from(value.map(|_| r#type)),
            value: Shown::from(value),
        }
    }
}

impl<'m> NamedMatchView<'m> {
    fn list(conditions: &'m [NamedMatch]) -> Vec<Self> {
        let view = |condition: &'m NamedMatch| {
            let (r#type, value) = match &condition.value {
                ValueMatch::Exact(value) => ("Exact", wrote(value)),
                ValueMatch::Regex(value) => ("RegularExpression", wrote(value)),
            };
            NamedMatchView {
                r#type: value.map(|_| r#type),
                name: wrote(&condition.name),
                value,
            }
        };
        conditions.iter().map(view).collect()
    }
}

/// A condition on a gRPC call.
#[derive(Debug, Serialize)]
pub(super) struct GrpcMatchView<'m> {
    method: Option<GrpcMethodView<'m>>,
    headers: Vec<NamedMatchView<'m>>,
}

#[derive(Debug, Serialize)]
struct GrpcMethodView<'m> {
    service: Option<Sourced<&'m str>>,
    method: Option<Sourced<&'m str>>,
}

impl<'m> GrpcMatchView<'m> {
    pub(super) fn new(condition: &'m Match) -> Self {
        let method = |grpc: &'m GrpcMatch| GrpcMethodView {
            service: grpc.service.as_ref().map(wrote),
            method: grpc.method.as_ref().map(wrote),
        };
        GrpcMatchView {
            method: condition.grpc.as_ref().map(method),
            headers: NamedMatchView::list(&condition.headers),
        }
    }
}
