//! The releases that commands name, by the versions that the config is for.

use crate::config::{Channel, EnvoyGatewayVersion, GatewayApiVersion, IstioVersion};
use crate::model::Versions;

use serde::Serialize;

/// The versions that the manifests are for, and releases of them.
#[derive(Debug, Serialize)]
pub(super) struct Releases {
    /// The minor version of Envoy Gateway.
    pub envoy_gateway: &'static str,
    /// A patch release of it.
    pub envoy_gateway_release: &'static str,
    /// What keeps its chart from installing CRDs.
    pub without_crds: &'static str,
    /// The same for TEG's chart around it.
    pub teg_without_crds: &'static str,
    /// The minor version of Gateway API.
    pub gateway_api: &'static str,
    /// A patch release of it.
    pub gateway_api_release: &'static str,
    /// The channel of its CRDs.
    pub channel: &'static str,
    /// The minor version of Istio.
    pub istio: &'static str,
}

impl Releases {
    /// The newest patch releases that are known to exist.
    pub(super) fn new(versions: Versions) -> Self {
        let (envoy_gateway, envoy_gateway_release) = match versions.envoy_gateway {
            EnvoyGatewayVersion::V1_7 => ("1.7", "v1.7.0"),
            EnvoyGatewayVersion::V1_8 => ("1.8", "v1.8.0"),
            EnvoyGatewayVersion::V1_9 => ("1.9", "v1.9.1"),
        };
        // From 1.8 on the CRDs are a chart of their own inside it.
        let (without_crds, teg_without_crds) = match versions.envoy_gateway {
            EnvoyGatewayVersion::V1_7 => ("--skip-crds", "--skip-crds"),
            EnvoyGatewayVersion::V1_8 | EnvoyGatewayVersion::V1_9 => (
                "--skip-crds --set crds.enabled=false",
                "--skip-crds --set gateway-helm.crds.enabled=false",
            ),
        };
        let (gateway_api, gateway_api_release) = match versions.gateway_api {
            GatewayApiVersion::V1_4 => ("1.4", "v1.4.1"),
            GatewayApiVersion::V1_5 => ("1.5", "v1.5.1"),
            GatewayApiVersion::V1_6 => ("1.6", "v1.6.3"),
        };
        Releases {
            envoy_gateway,
            envoy_gateway_release,
            without_crds,
            teg_without_crds,
            gateway_api,
            gateway_api_release,
            channel: match versions.channel {
                Channel::Standard => "standard",
                Channel::Experimental => "experimental",
            },
            istio: match versions.istio {
                IstioVersion::V1_29 => "1.29",
                IstioVersion::V1_30 => "1.30",
                IstioVersion::V1_31 => "1.31",
            },
        }
    }
}
