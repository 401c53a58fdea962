//! `auth`: who may come in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{DnsLabel, Hostname, ObjectName, PathText, Url};

/// Who may come in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Auth {
    /// Single sign-on by OpenID Connect.
    #[schemars(example = serde_json::json!({"issuer": "https://accounts.example.com", "clientID": "edge", "clientSecret": {"secret": "edge-oidc"}}))]
    pub oidc: Located<Oidc>,
}

/// Single sign-on by OpenID Connect: who has no session is sent to the provider to log in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Oidc {
    /// The URL of the provider, as its tokens name it.
    #[schemars(example = &"https://accounts.example.com")]
    pub issuer: Located<Url>,
    /// The client's id at the provider.
    #[serde(rename = "clientID")]
    #[schemars(length(min = 1), example = &"edge")]
    pub client_id: Located<String>,
    /// Where the client's secret is kept. The secret itself is never written in the config.
    #[schemars(example = serde_json::json!({"secret": "edge-oidc"}))]
    pub client_secret: Located<ClientSecret>,
    /// Where the provider sends the client back to; a rule of the route must match its path. Left
    /// out: `/oauth2/callback` on the host of the request.
    #[serde(
        default,
        rename = "redirectURL",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(example = &"https://www.example.com/httpbin/oauth2/callback")]
    pub redirect_url: Option<Located<Url>>,
    /// The path that ends the session; a rule of the route must match it. Left out: `/logout`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/httpbin/logout")]
    pub logout_path: Option<Located<PathText>>,
    /// The scopes to ask for, beside `openid`.
    #[serde(default)]
    #[schemars(example = serde_json::json!(["email", "profile"]))]
    pub scopes: Vec<Located<String>>,
    /// The domain of the session's cookies. Left out: the host of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"example.com")]
    pub cookie_domain: Option<Located<Hostname>>,
    /// Whether the backend gets the access token in the `Authorization` header. Left out: `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub forward_access_token: Option<Located<bool>>,
}

/// A Secret that holds a client secret under the key `client-secret`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClientSecret {
    /// The name of the Secret.
    #[schemars(example = &"edge-oidc")]
    pub secret: Located<ObjectName>,
    /// Its namespace. Left out: that of the route or gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"httpbin")]
    pub namespace: Option<Located<DnsLabel>>,
}
