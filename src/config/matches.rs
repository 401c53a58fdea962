//! `spec.routes[].rules[].matches`: which requests a rule is for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{HeaderName, PathText};

/// A condition on a request; all that it names must hold.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Match {
    /// The path begins with these elements: `/api` holds for `/api` and `/api/x`, not `/apis`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/httpbin/")]
    pub path_prefix: Option<Located<PathText>>,
    /// The path is this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/healthz")]
    pub path_exact: Option<Located<PathText>>,
    /// The whole path matches this regular expression (RE2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1024), example = &"/users/[0-9]+")]
    pub path_regex: Option<Located<String>>,
    /// The method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"GET")]
    pub method: Option<Located<Method>>,
    /// Headers. A map of names and values is short for a list of exact matches.
    #[serde(default)]
    #[schemars(length(max = 16), example = serde_json::json!([{"name": "x-canary", "value": "true"}]))]
    pub headers: Vec<Located<NamedMatch>>,
    /// Query parameters. A map of names and values is short for a list of exact matches.
    #[serde(default)]
    #[schemars(length(max = 16), example = serde_json::json!([{"name": "version", "value": "2"}]))]
    pub query: Vec<Located<NamedMatch>>,
    /// The gRPC service and method; for routes of type `grpc`, in place of paths and methods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"service": "shop.v1.Cart", "method": "Add"}))]
    pub grpc: Option<Located<GrpcMatch>>,
}

/// An HTTP method.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET.
    Get,
    /// HEAD.
    Head,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// DELETE.
    Delete,
    /// CONNECT.
    Connect,
    /// OPTIONS.
    Options,
    /// TRACE.
    Trace,
    /// PATCH.
    Patch,
}

/// A condition on a header or query parameter: a value or a regular expression.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NamedMatch {
    /// Its name.
    #[schemars(example = &"x-canary")]
    pub name: Located<HeaderName>,
    /// It has this value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 4096), example = &"true")]
    pub value: Option<Located<String>>,
    /// Its whole value matches this regular expression (RE2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 4096), example = &"v[0-9]+")]
    pub regex: Option<Located<String>>,
}

/// A gRPC service, a method of it, or both.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrpcMatch {
    /// The full name of the service, with its package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1024), regex(pattern = r"^\.?[A-Za-z_][A-Za-z_0-9]*(\.[A-Za-z_][A-Za-z_0-9]*)*$"), example = &"shop.v1.Cart")]
    pub service: Option<Located<String>>,
    /// The method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1024), regex(pattern = r"^[A-Za-z_][A-Za-z_0-9]*$"), example = &"Add")]
    pub method: Option<Located<String>>,
}
