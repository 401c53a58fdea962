//! `spec.tests`: requests and what shall become of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{Cidr, HeaderName, Method, PathText, Url};

/// A request and what shall become of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Test {
    /// What the test is called in reports. Left out: its request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"httpbin answers below /httpbin/")]
    pub name: Option<Located<String>>,
    /// The request. A URL alone is short for `{url: URL}`.
    #[schemars(example = serde_json::json!({"method": "GET", "url": "https://www.example.com/httpbin/get"}))]
    pub request: Located<Request>,
    /// What shall become of it.
    #[schemars(example = serde_json::json!({"backend": "httpbin/httpbin:8000", "upstream": {"path": "/get"}, "hop": "mtls"}))]
    pub expect: Located<Expect>,
}

/// A request.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// Its method. Left out: `GET`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"POST")]
    pub method: Option<Located<Method>>,
    /// Its URL.
    #[schemars(example = &"https://www.example.com/httpbin/get")]
    pub url: Located<Url>,
    /// Its headers.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"x-canary": "true"}))]
    pub headers: BTreeMap<HeaderName, String>,
    /// The gRPC service and method, for a gRPC call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[^/]+/[^/]+$"), example = &"shop.v1.Cart/Add")]
    pub grpc: Option<Located<String>>,
    /// The name in the TLS handshake, where it is not the URL's host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"www.example.com")]
    pub sni: Option<Located<String>>,
    /// The addresses of the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"203.0.113.0/24")]
    pub from: Option<Located<Cidr>>,
    /// The client's certificate, as `namespace/secret`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"clients/partner")]
    pub client_cert: Option<Located<String>>,
}

/// What shall become of a request. Only what is named is compared.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expect {
    /// The status that the gateway itself answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 100, max = 599), example = 404)]
    pub status: Option<Located<u16>>,
    /// The only backend, as `namespace/service:port`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[-a-z0-9]+/[-.a-z0-9]+:[0-9]+$"), example = &"httpbin/httpbin:8000")]
    pub backend: Option<Located<String>>,
    /// Several backends and the share of each, from 0 to 1.
    #[serde(default)]
    #[schemars(schema_with = "shares", example = serde_json::json!({"httpbin/httpbin:8000": 0.9, "httpbin/httpbin-next:8000": 0.1}))]
    pub backends: BTreeMap<String, Located<f64>>,
    /// Where the client is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"location": "https://www.example.com/", "status": 301}))]
    pub redirect: Option<Located<ExpectedRedirect>>,
    /// The request as the backend sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"path": "/get"}))]
    pub upstream: Option<Located<ExpectedUpstream>>,
    /// Headers of the response, by name.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"x-edge": "apps"}))]
    pub response: BTreeMap<HeaderName, String>,
    /// How the gateway speaks to the backend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"mtls")]
    pub hop: Option<Located<Hop>>,
    /// The policies in force, by kind and name.
    #[serde(default)]
    #[schemars(example = serde_json::json!(["SecurityPolicy/httpbin"]))]
    pub policies: Vec<Located<String>>,
    /// Whether the connection is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub refused: Option<Located<bool>>,
}

fn shares(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "type": "object",
        "propertyNames": {
            "title": "a backend as `namespace/service:port`",
            "pattern": "^[-a-z0-9]+/[-.a-z0-9]+:[0-9]+$",
        },
        "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
    })
}

/// Where the client is sent.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedRedirect {
    /// The whole `Location` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://www.example.com/httpbin/get")]
    pub location: Option<Located<String>>,
    /// The status code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 300, max = 399), example = 301)]
    pub status: Option<Located<u16>>,
}

/// The request as the backend sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedUpstream {
    /// The host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"httpbin.httpbin.svc.cluster.local")]
    pub host: Option<Located<String>>,
    /// The path, with the query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/get")]
    pub path: Option<Located<PathText>>,
    /// The method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"GET")]
    pub method: Option<Located<Method>>,
    /// Headers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"set": {"x-edge": "apps"}, "absent": ["x-debug"]}))]
    pub headers: Option<Located<ExpectedHeaders>>,
}

/// Headers that shall be there, and that shall not.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedHeaders {
    /// Headers with their values.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"x-edge": "apps"}))]
    pub set: BTreeMap<HeaderName, String>,
    /// Headers that shall not be there.
    #[serde(default)]
    #[schemars(example = serde_json::json!(["x-debug"]))]
    pub absent: Vec<Located<HeaderName>>,
}

/// How the gateway speaks to a backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Hop {
    /// By the mesh's mutual TLS.
    Mtls,
    /// By TLS of its own.
    Tls,
    /// In plaintext.
    Plaintext,
}
