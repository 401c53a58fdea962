//! Routes.

use std::collections::BTreeMap;

use crate::config::{
    DnsLabel, Duration, HeaderName, HeaderValue, Hostname, LabelKey, LabelValue, Method,
    ObjectName, PathText, Port, RedirectScheme,
};
use crate::source::{Located, Origin, Sourced};

/// What a route routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteKind {
    /// HTTP requests.
    Http,
    /// gRPC calls.
    Grpc,
}

/// A route.
#[derive(Debug)]
pub struct Route {
    /// What it routes.
    pub kind: RouteKind,
    /// What says so.
    pub kind_origin: Origin,
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// Its namespace.
    pub namespace: Sourced<DnsLabel>,
    /// Labels of the user's.
    pub labels: BTreeMap<LabelKey, Located<LabelValue>>,
    /// Annotations of the user's.
    pub annotations: BTreeMap<LabelKey, Located<String>>,
    /// The listeners that it attaches to.
    pub parents: Vec<ParentRef>,
    /// The hostnames that it answers to; none is those of its listeners.
    pub hostnames: Vec<Located<Hostname>>,
    /// Its rules, in the order of the config.
    pub rules: Vec<Rule>,
}

/// A gateway, or a listener of it, that a route attaches to.
#[derive(Debug)]
pub struct ParentRef {
    /// The gateway's index in the model.
    pub gateway: usize,
    /// The gateway's name.
    pub name: Sourced<ObjectName>,
    /// The gateway's namespace.
    pub namespace: Sourced<DnsLabel>,
    /// The listener; none is all of them.
    pub section_name: Option<Sourced<ObjectName>>,
}

/// What becomes of the requests that match.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub name: Option<Located<ObjectName>>,
    /// The requests that it is for; none is every one.
    pub matches: Vec<Match>,
    /// Changes of the request's headers.
    pub request_headers: Option<HeaderModifier>,
    /// Changes of the response's headers.
    pub response_headers: Option<HeaderModifier>,
    /// Sends the client elsewhere.
    pub redirect: Option<Redirect>,
    /// The host that requests get: derived for one backend in the mesh, or the user's.
    pub rewrite_host: Option<Sourced<String>>,
    /// The path that requests get.
    pub rewrite_path: Option<PathModifier>,
    /// Services that get copies.
    pub mirrors: Vec<Mirror>,
    /// How long a request may take.
    pub timeouts: Timeouts,
    /// Where requests go.
    pub backends: Vec<Backend>,
    /// Where the rule begins in the config.
    pub origin: Origin,
}

/// A condition on a request.
#[derive(Debug, Default)]
pub struct Match {
    /// On the path.
    pub path: Option<PathMatch>,
    /// On the method.
    pub method: Option<Located<Method>>,
    /// On headers.
    pub headers: Vec<NamedMatch>,
    /// On query parameters.
    pub query: Vec<NamedMatch>,
    /// On the gRPC service and method.
    pub grpc: Option<GrpcMatch>,
}

/// A condition on the path.
#[derive(Debug)]
pub enum PathMatch {
    /// It begins with these elements.
    Prefix(Located<PathText>),
    /// It is this one.
    Exact(Located<PathText>),
    /// It matches as a whole.
    Regex(Located<String>),
}

/// A condition on a header or query parameter.
#[derive(Debug)]
pub struct NamedMatch {
    /// Its name.
    pub name: Located<HeaderName>,
    /// On its value.
    pub value: ValueMatch,
}

/// A condition on a value.
#[derive(Debug)]
pub enum ValueMatch {
    /// It is this one.
    Exact(Located<String>),
    /// It matches as a whole.
    Regex(Located<String>),
}

/// A gRPC service, a method, or both; one of them is there.
#[derive(Debug)]
pub struct GrpcMatch {
    /// The service.
    pub service: Option<Located<String>>,
    /// The method.
    pub method: Option<Located<String>>,
}

/// Changes of headers.
#[derive(Debug, Default)]
pub struct HeaderModifier {
    /// Headers that get a value.
    pub set: Vec<Located<HeaderValue>>,
    /// Headers that get a further value.
    pub add: Vec<Located<HeaderValue>>,
    /// Headers that are dropped.
    pub remove: Vec<Located<HeaderName>>,
}

/// A change of the path.
#[derive(Debug)]
pub enum PathModifier {
    /// Replaces the matched prefix.
    Prefix(Located<PathText>),
    /// Replaces all of it.
    Full(Located<PathText>),
}

/// Sends the client elsewhere.
#[derive(Debug)]
pub struct Redirect {
    /// The scheme; none is the request's.
    pub scheme: Option<Sourced<RedirectScheme>>,
    /// The host; none is the request's.
    pub host: Option<Sourced<String>>,
    /// The port; none is that of the scheme, or the listener's.
    pub port: Option<Sourced<Port>>,
    /// The path; none is the request's.
    pub path: Option<PathModifier>,
    /// The status code.
    pub status: Sourced<u16>,
}

/// A Service that gets copies of requests.
#[derive(Debug)]
pub struct Mirror {
    /// The Service.
    pub service: Located<ObjectName>,
    /// Its namespace.
    pub namespace: Sourced<DnsLabel>,
    /// Its port.
    pub port: Sourced<Port>,
    /// The share of requests in percent; none is all.
    pub percent: Option<Located<u8>>,
}

/// How long a request may take.
#[derive(Debug, Default)]
pub struct Timeouts {
    /// As a whole.
    pub request: Option<Located<Duration>>,
    /// One attempt at a backend.
    pub backend_request: Option<Located<Duration>>,
}

/// A Service that gets a share of the requests.
#[derive(Debug)]
pub struct Backend {
    /// The Service.
    pub service: Located<ObjectName>,
    /// Its namespace.
    pub namespace: Sourced<DnsLabel>,
    /// Its port.
    pub port: Sourced<Port>,
    /// Its share.
    pub weight: Sourced<u32>,
    /// The host that requests to this backend get, where the rule has several backends.
    pub rewrite_host: Option<Sourced<String>>,
}
