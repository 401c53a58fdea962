//! Envoy Gateway's control plane.

use crate::config::{
    Channel, Delivery, DeployMode, Distribution, DnsLabel, EnvoyGatewayVersion, GatewayApiVersion,
    IstioVersion, Manage, ObjectName,
};
use crate::kube::{self, Release};
use crate::source::{Origin, Sourced};

/// The controller name of Envoy Gateway and of TEG.
///
/// Source: `ControllerName` of Envoy Gateway's API, `api/v1alpha1`.
pub const CONTROLLER_NAME: &str = "gateway.envoyproxy.io/gatewayclass-controller";

/// The versions to render for.
#[derive(Clone, Copy, Debug)]
pub struct Versions {
    /// Of Envoy Gateway.
    pub envoy_gateway: EnvoyGatewayVersion,
    /// Of the Gateway API CRDs.
    pub gateway_api: GatewayApiVersion,
    /// The channel of the Gateway API CRDs.
    pub channel: Channel,
    /// Of Istio.
    pub istio: IstioVersion,
}

impl Versions {
    /// The same as documents are checked against.
    pub fn target(self) -> kube::Target {
        kube::Target {
            envoy_gateway: match self.envoy_gateway {
                EnvoyGatewayVersion::V1_7 => Release::new(1, 7),
                EnvoyGatewayVersion::V1_8 => Release::new(1, 8),
                EnvoyGatewayVersion::V1_9 => Release::new(1, 9),
            },
            gateway_api: match self.gateway_api {
                GatewayApiVersion::V1_4 => Release::new(1, 4),
                GatewayApiVersion::V1_5 => Release::new(1, 5),
                GatewayApiVersion::V1_6 => Release::new(1, 6),
            },
            channel: match self.channel {
                Channel::Standard => kube::Channel::Standard,
                Channel::Experimental => kube::Channel::Experimental,
            },
            istio: match self.istio {
                IstioVersion::V1_29 => Release::new(1, 29),
                IstioVersion::V1_30 => Release::new(1, 30),
                IstioVersion::V1_31 => Release::new(1, 31),
            },
        }
    }
}

/// Envoy Gateway's control plane.
#[derive(Debug)]
pub struct ControlPlane {
    /// Whose build it is.
    pub distribution: Sourced<Distribution>,
    /// Where it runs.
    pub namespace: Sourced<DnsLabel>,
    /// Where the proxies run.
    pub deploy_mode: Sourced<DeployMode>,
    /// How changes to the chart's objects are delivered.
    pub delivery: Sourced<Delivery>,
    /// The class of the gateways.
    pub class: GatewayClass,
    /// Whether, and why, the Service's port 18000 has to be declared as TLS: when sidecars stand
    /// between proxies and control plane.
    pub xds_is_tls: Option<Origin>,
}

/// The class of the gateways.
#[derive(Debug)]
pub struct GatewayClass {
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// What gatewright does with it.
    pub manage: Sourced<Manage>,
}
