//! `spec.gateways`: gateways and their listeners.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{Auth, DnsLabel, Hostname, LabelKey, LabelValue, ObjectName, Port};

/// A gateway: a set of listeners with an address of its own.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Gateway {
    /// Its name, of at most 63 characters: Envoy Gateway makes a label of it.
    #[schemars(extend("maxLength" = 63), example = &"apps")]
    pub name: Located<ObjectName>,
    /// Its namespace, where its certificates live too.
    #[schemars(example = &"httpbin")]
    pub namespace: Located<DnsLabel>,
    /// Labels of yours on the Gateway.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"team": "web"}))]
    pub labels: BTreeMap<LabelKey, Located<LabelValue>>,
    /// Annotations of yours on the Gateway.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"example.com/owner": "web"}))]
    pub annotations: BTreeMap<LabelKey, Located<String>>,
    /// Where it listens.
    #[schemars(length(min = 1, max = 64), example = serde_json::json!([{"name": "https", "protocol": "HTTPS", "port": 443, "tls": {"secret": "httpbin-credential"}}]))]
    pub listeners: Vec<Located<Listener>>,
    /// Who may come in, for every route of the gateway that says nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"oidc": {"issuer": "https://accounts.example.com", "clientID": "edge", "clientSecret": {"secret": "edge-oidc"}}}))]
    pub auth: Option<Located<Auth>>,
}

/// A port of a gateway, with a protocol and perhaps a hostname.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Listener {
    /// Its name, by which routes can choose it.
    #[schemars(example = &"https")]
    pub name: Located<ObjectName>,
    /// Its protocol.
    #[schemars(example = &"HTTPS")]
    pub protocol: Located<Protocol>,
    /// Its port.
    #[schemars(example = 443)]
    pub port: Located<Port>,
    /// The hostname that it serves. Left out: every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"*.example.com")]
    pub hostname: Option<Located<Hostname>>,
    /// Its certificates. Needed for `HTTPS`, and only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"secret": "httpbin-credential"}))]
    pub tls: Option<Located<ListenerTls>>,
    /// Which routes may attach to it. Left out: those of the gateway's namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"from": "All"}))]
    pub allowed_routes: Option<Located<AllowedRoutes>>,
    /// Redirects every request to an HTTPS listener of the same gateway, named here; `https` also
    /// means its only HTTPS listener. Routes that name no listener then leave this one out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https")]
    pub redirect_to: Option<Located<ObjectName>>,
}

/// The protocol of a listener.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub enum Protocol {
    /// HTTP in plaintext.
    #[serde(rename = "HTTP")]
    Http,
    /// HTTP inside TLS, which ends at the gateway.
    #[serde(rename = "HTTPS")]
    Https,
}

/// The TLS settings of a listener.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListenerTls {
    /// What the gateway does with TLS. Left out: `Terminate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Terminate")]
    pub mode: Option<Located<TlsMode>>,
    /// The certificates to present. `secret: X` is short for a list of that Secret alone, and
    /// `certificate: X` for one of that certificate.
    #[serde(default)]
    #[schemars(length(max = 64), example = serde_json::json!([{"secret": "httpbin-credential"}]))]
    pub certificates: Vec<Located<CertificateRef>>,
}

/// What a listener does with TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum TlsMode {
    /// TLS ends here.
    Terminate,
}

/// A certificate of a listener: a Secret, or one of `spec.certificates` by name.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CertificateRef {
    /// A Secret of type `kubernetes.io/tls`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"httpbin-credential")]
    pub secret: Option<Located<ObjectName>>,
    /// The namespace of the Secret. Left out: the gateway's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"certificates")]
    pub namespace: Option<Located<DnsLabel>>,
    /// A certificate of `spec.certificates`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"wildcard")]
    pub certificate: Option<Located<ObjectName>>,
}

/// Which routes may attach to a listener.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AllowedRoutes {
    /// The namespaces whose routes may attach.
    #[schemars(example = &"Selector")]
    pub from: Located<FromNamespaces>,
    /// The labels of those namespaces; for `from: Selector`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"matchLabels": {"team": "web"}}))]
    pub selector: Option<Located<LabelSelector>>,
}

/// Namespaces whose routes may attach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum FromNamespaces {
    /// The gateway's.
    Same,
    /// Every one.
    All,
    /// Those with the labels of `selector`.
    Selector,
}

/// A choice of objects by their labels. All requirements must hold.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabelSelector {
    /// Labels that must be there with these values.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"team": "web"}))]
    pub match_labels: BTreeMap<LabelKey, Located<LabelValue>>,
    /// Further requirements.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"key": "kubernetes.io/metadata.name", "operator": "In", "values": ["web", "shop"]}]))]
    pub match_expressions: Vec<Located<LabelRequirement>>,
}

/// A requirement on one label.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabelRequirement {
    /// The label.
    #[schemars(example = &"kubernetes.io/metadata.name")]
    pub key: Located<LabelKey>,
    /// What is required of it.
    #[schemars(example = &"In")]
    pub operator: Located<Operator>,
    /// The values, for `In` and `NotIn`.
    #[serde(default)]
    #[schemars(example = serde_json::json!(["web", "shop"]))]
    pub values: Vec<Located<LabelValue>>,
}

/// What is required of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Operator {
    /// It has one of the values.
    In,
    /// It has none of the values.
    NotIn,
    /// It is there.
    Exists,
    /// It is not there.
    DoesNotExist,
}
