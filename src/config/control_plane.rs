//! `spec.controlPlane`: Envoy Gateway's control plane.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{DnsLabel, ObjectName};

/// Envoy Gateway's control plane: where it runs and who installed it.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ControlPlane {
    /// Whose build of Envoy Gateway it is. Left out: `envoyGateway`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"teg")]
    pub distribution: Option<Located<Distribution>>,
    /// The namespace of the control plane. Left out: `envoy-gateway-system`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"envoy-gateway-system")]
    pub namespace: Option<Located<DnsLabel>>,
    /// Where the proxies run. Left out: `controllerNamespace`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"controllerNamespace")]
    pub deploy_mode: Option<Located<DeployMode>>,
    /// The class of the gateways.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"name": "teg", "manage": "patch"}))]
    pub gateway_class: GatewayClass,
    /// How changes to objects of the control plane's chart are delivered. Left out: `patch`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"patch")]
    pub delivery: Option<Located<Delivery>>,
}

/// Whose build of Envoy Gateway it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Distribution {
    /// The open-source project's.
    EnvoyGateway,
    /// Tetrate Enterprise Gateway for Envoy.
    Teg,
}

/// Where Envoy Gateway puts the proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DeployMode {
    /// In the namespace of the control plane.
    ControllerNamespace,
    /// In the namespace of their gateway (`provider.kubernetes.deploy.type: GatewayNamespace`).
    GatewayNamespace,
}

/// How changes to objects of the control plane's chart are delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Delivery {
    /// As patches, for `kubectl patch`, server-side apply or a kustomize component.
    Patch,
    /// As a values file for the chart, which GitOps controllers do not fight over.
    HelmValues,
}

/// The `GatewayClass` of the gateways.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatewayClass {
    /// Its name. Left out: `teg` for TEG and `eg` for Envoy Gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"eg")]
    pub name: Option<Located<ObjectName>>,
    /// Whether gatewright creates it, patches it, or leaves it alone. Left out: `patch` for TEG,
    /// whose chart brings the class, and `create` for Envoy Gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"create")]
    pub manage: Option<Located<Manage>>,
}

/// What gatewright does with an object that others may own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Manage {
    /// It renders the whole object.
    Create,
    /// It renders a patch of what it needs.
    Patch,
    /// It leaves the object alone.
    None,
}
