//! `spec.proxy`: settings of the Envoy proxies of every gateway.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{LabelKey, ObjectName, Quantity};

/// Settings of the Envoy proxies of every gateway (the class-wide `EnvoyProxy`).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proxy {
    /// The name of the `EnvoyProxy`. Left out: `data-plane-sidecars` in a mesh, else `proxy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"data-plane-sidecars")]
    pub name: Option<Located<ObjectName>>,
    /// How many pods each gateway has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 2_147_483_647), example = 2)]
    pub replicas: Option<Located<u32>>,
    /// What the Envoy container asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"cpu": "250m", "memory": "1Gi"}))]
    pub resources: Option<Located<Resources>>,
    /// How much Envoy logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"warn")]
    pub log_level: Option<Located<LogLevel>>,
    /// A fixed name for the service account of the proxies. All gateways of the class then share
    /// one identity. Left out: Envoy Gateway makes one for each gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"edge-proxy")]
    pub service_account: Option<Located<ObjectName>>,
    /// The Service in front of the proxies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({"type": "LoadBalancer", "externalTrafficPolicy": "Local"}))]
    pub service: Option<Located<ProxyService>>,
}

/// What the Envoy container asks for.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resources {
    /// Processor time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"250m")]
    pub cpu: Option<Located<Quantity>>,
    /// Memory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"1Gi")]
    pub memory: Option<Located<Quantity>>,
}

/// How much Envoy logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LogLevel {
    /// Everything.
    Trace,
    /// For finding faults.
    Debug,
    /// What happens.
    Info,
    /// What looks wrong.
    Warn,
    /// What went wrong.
    Error,
}

/// The Service in front of the proxies.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProxyService {
    /// Its type. Left out: `LoadBalancer`.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"LoadBalancer")]
    pub service_type: Option<Located<ServiceType>>,
    /// Whether traffic stays on the node where it arrives, which keeps the client's address. Left
    /// out: `Local`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Local")]
    pub external_traffic_policy: Option<Located<ExternalTrafficPolicy>>,
    /// Annotations, such as those that load balancers of clouds read.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"service.beta.kubernetes.io/aws-load-balancer-type": "external"}))]
    pub annotations: BTreeMap<LabelKey, Located<String>>,
}

/// The type of a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ServiceType {
    /// With a load balancer of the cluster's provider.
    LoadBalancer,
    /// Only inside the cluster.
    #[serde(rename = "ClusterIP")]
    ClusterIp,
    /// On a port of every node.
    NodePort,
}

/// Whether traffic stays on the node where it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ExternalTrafficPolicy {
    /// It stays.
    Local,
    /// It may go to a proxy on another node.
    Cluster,
}
