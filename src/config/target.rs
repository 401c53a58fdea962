//! `spec.target`: the versions to render for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

/// The versions of the systems that the manifests are for.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Target {
    /// The version of Envoy Gateway; for TEG, of the Envoy Gateway in it. Left out: the newest
    /// supported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"1.9")]
    pub envoy_gateway: Option<Located<EnvoyGatewayVersion>>,
    /// The version of the Gateway API CRDs in the cluster. Left out: the newest supported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"1.6")]
    pub gateway_api: Option<Located<GatewayApiVersion>>,
    /// The release channel of the Gateway API CRDs in the cluster. Left out: `standard`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"standard")]
    pub channel: Option<Located<Channel>>,
    /// The version of Istio. Left out: the newest supported release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"1.30")]
    pub istio: Option<Located<IstioVersion>>,
}

/// A supported version of Envoy Gateway.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum EnvoyGatewayVersion {
    /// Released in February 2026.
    #[serde(rename = "1.7")]
    V1_7,
    /// Released in May 2026.
    #[serde(rename = "1.8")]
    V1_8,
    /// Released in August 2026.
    #[serde(rename = "1.9")]
    V1_9,
}

/// A supported version of Gateway API.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum GatewayApiVersion {
    /// Gateway API 1.4.
    #[serde(rename = "1.4")]
    V1_4,
    /// Gateway API 1.5.
    #[serde(rename = "1.5")]
    V1_5,
    /// Gateway API 1.6.
    #[serde(rename = "1.6")]
    V1_6,
}

/// A release channel of Gateway API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// What is stable.
    Standard,
    /// With fields and kinds that may change.
    Experimental,
}

/// A supported version of Istio.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum IstioVersion {
    /// Istio 1.29.
    #[serde(rename = "1.29")]
    V1_29,
    /// Istio 1.30.
    #[serde(rename = "1.30")]
    V1_30,
    /// Istio 1.31.
    #[serde(rename = "1.31")]
    V1_31,
}
