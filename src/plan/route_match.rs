//! Conditions on requests.

use serde::Serialize;

use crate::config::Method;
use crate::model::{GrpcMatch, Match, NamedMatch, PathMatch, ValueMatch};

/// A condition on an HTTP request.
#[derive(Debug, Serialize)]
pub(super) struct HttpMatchView<'m> {
    path: Option<PathView<'m>>,
    method: Option<Method>,
    headers: Vec<NamedMatchView<'m>>,
    query: Vec<NamedMatchView<'m>>,
}

#[derive(Debug, Serialize)]
struct PathView<'m> {
    r#type: &'static str,
    value: &'m str,
}

/// A condition on a header or query parameter.
#[derive(Debug, Serialize)]
pub(super) struct NamedMatchView<'m> {
    r#type: &'static str,
    name: &'m str,
    value: &'m str,
}

impl<'m> HttpMatchView<'m> {
    /// What the API server takes for a rule without matches, and for a match without a path.
    const EVERY_PATH: PathView<'static> = PathView {
        r#type: "PathPrefix",
        value: "/",
    };

    /// The match of every request.
    pub(super) fn every() -> Self {
        HttpMatchView {
            path: Some(Self::EVERY_PATH),
            method: None,
            headers: Vec::new(),
            query: Vec::new(),
        }
    }

    pub(super) fn new(condition: &'m Match, explicit: bool) -> Self {
        let mut view = HttpMatchView {
            path: condition.path.as_ref().map(PathView::new),
            method: condition.method.as_deref().copied(),
            headers: NamedMatchView::list(&condition.headers),
            query: NamedMatchView::list(&condition.query),
        };
        let empty = view.method.is_none() && view.headers.is_empty() && view.query.is_empty();
        // A match that says nothing has no other way to be written than as what it means.
        if view.path.is_none() && (explicit || empty) {
            view.path = Some(Self::EVERY_PATH);
        }
        view
    }
}

impl<'m> PathView<'m> {
    fn new(path: &'m PathMatch) -> Self {
        let (r#type, value): (_, &str) = match path {
            PathMatch::Prefix(value) => ("PathPrefix", value),
            PathMatch::Exact(value) => ("Exact", value),
            PathMatch::Regex(value) => ("RegularExpression", value),
        };
        PathView { r#type, value }
    }
}

impl<'m> NamedMatchView<'m> {
    fn list(conditions: &'m [NamedMatch]) -> Vec<Self> {
        let view = |condition: &'m NamedMatch| {
            let (r#type, value): (_, &str) = match &condition.value {
                ValueMatch::Exact(value) => ("Exact", value),
                ValueMatch::Regex(value) => ("RegularExpression", value),
            };
            NamedMatchView {
                r#type,
                name: &condition.name,
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
    service: Option<&'m str>,
    method: Option<&'m str>,
}

impl<'m> GrpcMatchView<'m> {
    pub(super) fn new(condition: &'m Match) -> Self {
        let method = |grpc: &'m GrpcMatch| GrpcMethodView {
            service: grpc.service.as_ref().map(|name| name.as_str()),
            method: grpc.method.as_ref().map(|name| name.as_str()),
        };
        GrpcMatchView {
            method: condition.grpc.as_ref().map(method),
            headers: NamedMatchView::list(&condition.headers),
        }
    }
}
