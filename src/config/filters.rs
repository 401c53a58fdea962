//! What a rule does to requests and answers on their way.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{HeaderName, PathText, Port, PreciseHostname};

/// Changes of a request's path or host on the way to the backend.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rewrite {
    /// Replaces the prefix that the rule's only match names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/")]
    pub path_prefix: Option<Located<PathText>>,
    /// Replaces the whole path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/index.html")]
    pub path: Option<Located<PathText>>,
    /// Replaces the host. For backends in the mesh it is derived; see `upstreamHost`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"backend.example.com")]
    pub host: Option<Located<PreciseHostname>>,
}

/// Sends the client elsewhere.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Redirect {
    /// The scheme to go to. Left out: the request's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https")]
    pub scheme: Option<Located<RedirectScheme>>,
    /// The host to go to. Left out: the request's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"www.example.com")]
    pub host: Option<Located<PreciseHostname>>,
    /// The port to go to. Left out: that of the scheme, or the listener's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 8443)]
    pub port: Option<Located<Port>>,
    /// Replaces the prefix that the rule's only match names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/new")]
    pub path_prefix: Option<Located<PathText>>,
    /// Replaces the whole path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/moved")]
    pub path: Option<Located<PathText>>,
    /// The status code. Left out: 302.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "redirect_status", example = 301)]
    pub status: Option<Located<u16>>,
}

fn redirect_status(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({"type": "integer", "enum": [301, 302, 303, 307, 308]})
}

/// A scheme to redirect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RedirectScheme {
    /// Plaintext.
    Http,
    /// TLS.
    Https,
}

/// Changes of headers.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeaderModifier {
    /// Headers that get this value, whatever they had.
    #[serde(default)]
    #[schemars(length(max = 16), example = serde_json::json!([{"name": "x-edge", "value": "apps"}]))]
    pub set: Vec<Located<HeaderValue>>,
    /// Headers that get this value beside what they had.
    #[serde(default)]
    #[schemars(length(max = 16), example = serde_json::json!([{"name": "via", "value": "edge"}]))]
    pub add: Vec<Located<HeaderValue>>,
    /// Headers that are dropped.
    #[serde(default)]
    #[schemars(length(max = 16), example = serde_json::json!(["server"]))]
    pub remove: Vec<Located<HeaderName>>,
}

/// A header and a value for it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeaderValue {
    /// Its name.
    #[schemars(example = &"x-edge")]
    pub name: Located<HeaderName>,
    /// Its value.
    #[schemars(length(min = 1, max = 4096), example = &"apps")]
    pub value: Located<String>,
}
