//! `spec.routes`: which requests go where.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{
    Auth, DnsLabel, Duration, HeaderModifier, Hostname, LabelKey, LabelValue, Match, ObjectName,
    Port, Redirect, Rewrite,
};

/// A route: hostnames, and rules for the requests to them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    /// Its name.
    #[schemars(example = &"httpbin")]
    pub name: Located<ObjectName>,
    /// Its namespace.
    #[schemars(example = &"httpbin")]
    pub namespace: Located<DnsLabel>,
    /// What it routes. Left out: `http`.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"http")]
    pub route_type: Option<Located<RouteType>>,
    /// Labels of yours on the route.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"team": "web"}))]
    pub labels: BTreeMap<LabelKey, Located<LabelValue>>,
    /// Annotations of yours on the route.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"example.com/owner": "web"}))]
    pub annotations: BTreeMap<LabelKey, Located<String>>,
    /// The gateways that it attaches to.
    #[schemars(length(min = 1, max = 32), example = serde_json::json!([{"gateway": "apps", "listener": "https"}]))]
    pub parents: Vec<Located<Parent>>,
    /// The hostnames that it answers to. Left out: those of its listeners.
    #[serde(default)]
    #[schemars(length(max = 16), example = serde_json::json!(["www.example.com"]))]
    pub hostnames: Vec<Located<Hostname>>,
    /// Which name a backend in the mesh is called by, for every rule that says nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"service")]
    pub upstream_host: Option<Located<UpstreamHost>>,
    /// Who may come in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"oidc": {"issuer": "https://accounts.example.com", "clientID": "edge", "clientSecret": {"secret": "edge-oidc"}, "redirectURL": "https://www.example.com/httpbin/oauth2/callback"}}))]
    pub auth: Option<Located<Auth>>,
    /// The rules. Of those that match a request, the most specific applies.
    #[schemars(length(min = 1, max = 16), example = serde_json::json!([{"match": {"pathPrefix": "/httpbin/"}, "rewrite": {"pathPrefix": "/"}, "backends": [{"service": "httpbin", "port": 8000}]}]))]
    pub rules: Vec<Located<Rule>>,
}

/// What a route routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RouteType {
    /// HTTP requests (`HTTPRoute`).
    Http,
    /// gRPC calls (`GRPCRoute`).
    Grpc,
}

/// A gateway that a route attaches to.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Parent {
    /// The name of a gateway of this config.
    #[schemars(example = &"apps")]
    pub gateway: Located<ObjectName>,
    /// The gateway's namespace; needed where two gateways have the same name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"httpbin")]
    pub namespace: Option<Located<DnsLabel>>,
    /// The listener. Left out: all of them, but for those that redirect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https")]
    pub listener: Option<Located<ObjectName>>,
}

/// Which name a backend in the mesh is called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum UpstreamHost {
    /// The full name of its Service, by a rewrite of the request's host. What a Service gets
    /// whose port is declared to be HTTP, because its sidecars choose by that name.
    Service,
    /// The public name, as the client sent it; the mesh is told to know it.
    Preserve,
}

/// What becomes of the requests that match.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Its name, by which policies can choose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"api")]
    pub name: Option<Located<ObjectName>>,
    /// The requests that it is for: those which match one of these. `match: {…}` is short for a
    /// list of one. Left out: every request.
    #[serde(default)]
    #[schemars(length(max = 64), example = serde_json::json!([{"pathPrefix": "/httpbin/"}]))]
    pub matches: Vec<Located<Match>>,
    /// Changes of the request's path or host on the way to the backend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"pathPrefix": "/"}))]
    pub rewrite: Option<Located<Rewrite>>,
    /// Sends the client elsewhere, in place of `backends`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"scheme": "https", "status": 301}))]
    pub redirect: Option<Located<Redirect>>,
    /// Changes of the request's headers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"set": [{"name": "x-edge", "value": "apps"}]}))]
    pub request_headers: Option<Located<HeaderModifier>>,
    /// Changes of the response's headers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"remove": ["server"]}))]
    pub response_headers: Option<Located<HeaderModifier>>,
    /// How long a request may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"request": "30s", "backendRequest": "10s"}))]
    pub timeouts: Option<Located<Timeouts>>,
    /// Which name a backend in the mesh is called by. Left out: what the route says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"preserve")]
    pub upstream_host: Option<Located<UpstreamHost>>,
    /// Services that get a copy of each request; their answers are dropped.
    #[serde(default)]
    #[schemars(length(max = 8), example = serde_json::json!([{"service": "httpbin-next", "port": 8000, "percent": 10}]))]
    pub mirrors: Vec<Located<Mirror>>,
    /// Where requests go; several share them by weight.
    #[serde(default)]
    #[schemars(length(max = 16), example = serde_json::json!([{"service": "httpbin", "port": 8000}]))]
    pub backends: Vec<Located<Backend>>,
}

/// How long a request may take. `0s` takes the limit away.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Timeouts {
    /// From the client's request to the end of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"30s")]
    pub request: Option<Located<Duration>>,
    /// One attempt at a backend; not longer than `request`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"10s")]
    pub backend_request: Option<Located<Duration>>,
}

/// A Service that gets a share of the requests.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Backend {
    /// The name of a Service of `spec.services`.
    #[schemars(example = &"httpbin")]
    pub service: Located<ObjectName>,
    /// The Service's namespace. Left out: the route's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"httpbin")]
    pub namespace: Option<Located<DnsLabel>>,
    /// The Service's port. Left out: its only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 8000)]
    pub port: Option<Located<Port>>,
    /// Its share, in proportion to the sum of all weights of the rule. Left out: 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1_000_000), example = 90)]
    pub weight: Option<Located<u32>>,
}

/// A Service that gets copies of requests.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mirror {
    /// The name of a Service of `spec.services`.
    #[schemars(example = &"httpbin-next")]
    pub service: Located<ObjectName>,
    /// The Service's namespace. Left out: the route's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"httpbin")]
    pub namespace: Option<Located<DnsLabel>>,
    /// The Service's port. Left out: its only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 8000)]
    pub port: Option<Located<Port>>,
    /// The share of requests to copy. Left out: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100), example = 10)]
    pub percent: Option<Located<u8>>,
}
