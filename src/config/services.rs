//! `spec.services`: facts about Services that others own.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{DnsLabel, LabelKey, LabelValue, ObjectName, Port};

/// What is known of a Service that others own.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Service {
    /// Its name, of at most 63 characters, as Kubernetes has it for Services.
    #[schemars(extend("maxLength" = 63), example = &"httpbin")]
    pub name: Located<ObjectName>,
    /// Its namespace.
    #[schemars(example = &"httpbin")]
    pub namespace: Located<DnsLabel>,
    /// Whether its pods are in the mesh; their namespace then gets the mesh's label. Without a
    /// `mesh` it means nothing. Left out: `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub in_mesh: Option<Located<bool>>,
    /// Whether it is headless (`clusterIP: None`). Left out: `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = false)]
    pub headless: Option<Located<bool>>,
    /// Its ports.
    #[schemars(length(min = 1), example = serde_json::json!([{"port": 8000, "protocol": "http"}]))]
    pub ports: Vec<Located<ServicePort>>,
    /// The labels by which it selects its pods; needed where a policy is to protect them.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"app": "httpbin"}))]
    pub selector: BTreeMap<LabelKey, Located<LabelValue>>,
}

/// A port of a Service.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServicePort {
    /// The number of the port.
    #[schemars(example = 8000)]
    pub port: Located<Port>,
    /// The protocol that the Service declares for it, by `appProtocol` or by the beginning of the
    /// port's name up to the first `-`. Left out: it declares none that Istio knows, and Istio
    /// finds out by looking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"http")]
    pub protocol: Option<Located<ServiceProtocol>>,
    /// The port of the pods. Left out: the same number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 8080)]
    pub target_port: Option<Located<Port>>,
}

/// A protocol that a Service can declare for a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ServiceProtocol {
    /// HTTP/1.1.
    #[serde(rename = "http")]
    Http,
    /// HTTP/2 without TLS.
    #[serde(rename = "http2")]
    Http2,
    /// gRPC.
    #[serde(rename = "grpc")]
    Grpc,
    /// gRPC-Web.
    #[serde(rename = "grpc-web")]
    GrpcWeb,
    /// HTTP inside TLS.
    #[serde(rename = "https")]
    Https,
    /// TLS.
    #[serde(rename = "tls")]
    Tls,
    /// Bytes.
    #[serde(rename = "tcp")]
    Tcp,
}
