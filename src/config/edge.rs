//! The document as a whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{
    Certificate, ControlPlane, Gateway, LabelKey, Mesh, Namespace, ObjectName, Output, Proxy,
    Route, Service, Target, Test,
};

/// The API group of the config's documents.
pub(super) const API_GROUP: &str = "gatewright.dev";

/// The `apiVersion` that this version of gatewright reads.
pub(super) const API_VERSION: &str = "gatewright.dev/v1alpha1";

/// The edge of a mesh: gateways, listeners, routes, hostnames, certificates and mesh rules.
///
/// Several files or documents of kind `Edge` with the same `metadata.name` add up.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "Edge")]
pub struct Edge {
    /// The version of the config language.
    #[schemars(example = &API_VERSION)]
    pub api_version: EdgeVersion,
    /// Always `Edge`.
    #[schemars(example = &"Edge")]
    pub kind: EdgeKind,
    /// What the edge is called.
    // Optional to the decoder, so that the mistakes of the spec are found in the same run.
    #[schemars(with = "Metadata", example = serde_json::json!({"name": "httpbin"}))]
    pub metadata: Option<Metadata>,
    /// What the edge is.
    #[schemars(example = serde_json::json!({"gateways": [{"name": "apps", "namespace": "httpbin", "listeners": [{"name": "http", "protocol": "HTTP", "port": 80}]}]}))]
    pub spec: Spec,
}

/// The version of the config language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum EdgeVersion {
    /// The first version.
    #[serde(rename = "gatewright.dev/v1alpha1")]
    V1Alpha1,
}

/// The kind of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum EdgeKind {
    /// An edge.
    Edge,
}

/// What the edge is called.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Metadata {
    /// The name of the edge. It stands in the header of every rendered file, and documents of the
    /// same name add up.
    #[schemars(with = "ObjectName", example = &"httpbin")]
    pub name: Option<Located<ObjectName>>,
    /// Annotations for tools that read the document, such as the function that kustomize runs it
    /// by. Nothing that is rendered takes anything from them.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"config.kubernetes.io/local-config": "true"}))]
    pub annotations: BTreeMap<LabelKey, String>,
}

/// What the edge is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spec {
    /// The versions to render for.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"envoyGateway": "1.9", "gatewayApi": "1.6", "channel": "standard", "istio": "1.30"}))]
    pub target: Target,
    /// Envoy Gateway's control plane: where it runs and who installed it.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"distribution": "teg", "delivery": "patch"}))]
    pub control_plane: ControlPlane,
    /// How the gateways take part in an Istio mesh. Left out, they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"mode": "sidecar", "inject": "namespace", "mtls": {"mesh": "STRICT"}}))]
    pub mesh: Option<Located<Mesh>>,
    /// Settings of the Envoy proxies of every gateway (the class-wide `EnvoyProxy`).
    #[serde(default)]
    #[schemars(example = serde_json::json!({"replicas": 2, "logLevel": "warn"}))]
    pub proxy: Proxy,
    /// Namespaces that gatewright creates or labels.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"name": "httpbin", "manage": "create"}]))]
    pub namespaces: Vec<Located<Namespace>>,
    /// Facts about Services that others own. A backend of a route names one of these.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"name": "httpbin", "namespace": "httpbin", "inMesh": true, "ports": [{"port": 8000, "protocol": "http"}]}]))]
    pub services: Vec<Located<Service>>,
    /// Certificates that others make, by name, so that several listeners can refer to one.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"name": "wildcard", "secret": "wildcard-example-com", "namespace": "httpbin", "hostnames": ["*.example.com"]}]))]
    pub certificates: Vec<Located<Certificate>>,
    /// The gateways, each with its listeners.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"name": "apps", "namespace": "httpbin", "listeners": [{"name": "http", "protocol": "HTTP", "port": 80}]}]))]
    pub gateways: Vec<Located<Gateway>>,
    /// The routes: which requests go where.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"name": "httpbin", "namespace": "httpbin", "parents": [{"gateway": "apps"}], "hostnames": ["www.example.com"], "rules": [{"match": {"pathPrefix": "/"}, "backends": [{"service": "httpbin", "port": 8000}]}]}]))]
    pub routes: Vec<Located<Route>>,
    /// Manifests of yours that are taken up as they are: files, relative to this one. A listed
    /// file holds Kubernetes objects, one or several.
    #[serde(default)]
    #[schemars(example = serde_json::json!(["httpbin.yaml"]))]
    pub resources: Vec<Located<String>>,
    /// How the result is written.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"defaults": "explicit"}))]
    pub output: Output,
    /// Requests and what shall become of them.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"request": "https://www.example.com/httpbin/get", "expect": {"backend": "httpbin/httpbin:8000"}}]))]
    pub tests: Vec<Located<Test>>,
}
