//! `spec.mesh`: how the gateways take part in an Istio mesh.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{DnsLabel, LabelKey, LabelValue, ObjectName, TrustDomain};

/// How the gateways take part in an Istio mesh.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mesh {
    /// The data plane of the mesh. `none` is the same as leaving `mesh` out.
    #[schemars(example = &"sidecar")]
    pub mode: Located<MeshMode>,
    /// How the proxies come into the mesh. Left out: `namespace`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"namespace")]
    pub inject: Option<Located<Inject>>,
    /// The revision or revision tag of Istio to be injected by. Left out: the default revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"stable")]
    pub revision: Option<Located<DnsLabel>>,
    /// Istio's root namespace, where mesh-wide policies live. Left out: `istio-system`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"istio-system")]
    pub root_namespace: Option<Located<DnsLabel>>,
    /// The trust domain of workload identities. Left out: `cluster.local`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"cluster.local")]
    pub trust_domain: Option<Located<TrustDomain>>,
    /// The DNS domain of the cluster, the end of every Service's full name. Left out:
    /// `cluster.local`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"cluster.local")]
    pub cluster_domain: Option<Located<ObjectName>>,
    /// Whether sidecars are native (restartable init containers), as Istio makes them from
    /// Kubernetes 1.33 on. `false` adds what older sidecars need at start and stop. Left out:
    /// `true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub native_sidecars: Option<Located<bool>>,
    /// What the mesh does with traffic to hosts that it does not know. Left out: `ALLOW_ANY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"ALLOW_ANY")]
    pub outbound_traffic_policy: Option<Located<OutboundTrafficPolicy>>,
    /// Who has to speak mutual TLS, by scope (`PeerAuthentication`).
    #[serde(default)]
    #[schemars(example = serde_json::json!({"mesh": "STRICT"}))]
    pub mtls: MtlsScopes,
    /// Which workloads admit only the gateways and whom you name (`AuthorizationPolicy`).
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"service": "httpbin", "namespace": "httpbin", "only": true}]))]
    pub authorization: Vec<Located<Authorization>>,
}

/// The data plane of the mesh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum MeshMode {
    /// A sidecar in every pod, the gateways' among them.
    Sidecar,
    /// One proxy a node (ztunnel).
    Ambient,
    /// No mesh.
    None,
}

/// How the proxies come into the mesh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Inject {
    /// By a label on the namespace where they run; the control plane there joins too.
    Namespace,
    /// By a label on their pods alone; the namespace and the control plane stay as they are.
    Pod,
}

/// What the mesh does with traffic to hosts that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum OutboundTrafficPolicy {
    /// It passes.
    #[serde(rename = "ALLOW_ANY")]
    AllowAny,
    /// It is refused.
    #[serde(rename = "REGISTRY_ONLY")]
    RegistryOnly,
}

/// Who has to speak mutual TLS. The narrowest scope wins.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MtlsScopes {
    /// The mode of the whole mesh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"STRICT")]
    pub mesh: Option<Located<MtlsMode>>,
    /// The mode of namespaces, by name.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"legacy": "PERMISSIVE"}))]
    pub namespaces: BTreeMap<DnsLabel, Located<MtlsMode>>,
    /// The mode of workloads, by the labels of their pods.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"name": "metrics", "namespace": "httpbin", "selector": {"app": "httpbin"}, "mode": "STRICT", "ports": {"9090": "PERMISSIVE"}}]))]
    pub workloads: Vec<Located<WorkloadMtls>>,
}

/// Whether a workload's inbound traffic has to be mutual TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MtlsMode {
    /// Plaintext is refused.
    Strict,
    /// Both are taken.
    Permissive,
    /// Only plaintext is taken. Not in ambient mode.
    Disable,
}

/// The mutual-TLS mode of workloads.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkloadMtls {
    /// The name of the `PeerAuthentication`.
    #[schemars(example = &"metrics")]
    pub name: Located<ObjectName>,
    /// The namespace of the workloads. The root namespace will not do: Istio ignores selectors
    /// there.
    #[schemars(example = &"httpbin")]
    pub namespace: Located<DnsLabel>,
    /// The labels of the workloads' pods.
    #[schemars(extend("minProperties" = 1), example = serde_json::json!({"app": "httpbin"}))]
    pub selector: BTreeMap<LabelKey, Located<LabelValue>>,
    /// The mode of all their ports. Left out: that of the wider scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"STRICT")]
    pub mode: Option<Located<MtlsMode>>,
    /// The mode of single ports, by the port of the container (not of the Service).
    #[serde(default)]
    #[schemars(
        schema_with = "workload_ports",
        example = serde_json::json!({"9090": "PERMISSIVE"})
    )]
    pub ports: BTreeMap<String, Located<MtlsMode>>,
}

fn workload_ports(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let mode = generator.subschema_for::<MtlsMode>();
    schemars::json_schema!({
        "type": "object",
        "propertyNames": {
            "title": "a port number from 1 to 65535",
            "pattern": "^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
        },
        "additionalProperties": mode,
    })
}

/// Who may call a workload: the gateways whose routes lead to it, and whom you name.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authorization {
    /// The Service (of `spec.services`) whose workloads are protected; it says its `selector`.
    /// Left out: every workload of the namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"httpbin")]
    pub service: Option<Located<ObjectName>>,
    /// The namespace of the workloads.
    #[schemars(example = &"httpbin")]
    pub namespace: Located<DnsLabel>,
    /// Who else may call. Left out or empty, it takes `only: true` to say that nobody else may.
    #[serde(default)]
    #[schemars(example = serde_json::json!([{"namespace": "jobs", "serviceAccount": "importer"}]))]
    pub also_allow: Vec<Located<Caller>>,
    /// Says aloud that only the gateways may call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub only: Option<Located<bool>>,
    /// Renders the policy as a trial: Istio reports what it would refuse and refuses nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub dry_run: Option<Located<bool>>,
}

/// Workloads that may call, by their identity.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Caller {
    /// The namespace of the caller.
    #[schemars(example = &"jobs")]
    pub namespace: Located<DnsLabel>,
    /// The service account of the caller. Left out: every one of the namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"importer")]
    pub service_account: Option<Located<ObjectName>>,
}
