//! The versions to render for.

use crate::config::{Channel, EnvoyGatewayVersion, GatewayApiVersion, IstioVersion, Target};
use crate::model::Versions;

/// The versions that the config names, and the newest supported of those it does not.
pub(super) fn resolve(target: &Target) -> Versions {
    Versions {
        envoy_gateway: target
            .envoy_gateway
            .as_ref()
            .map_or(EnvoyGatewayVersion::V1_9, |version| version.value),
        gateway_api: target
            .gateway_api
            .as_ref()
            .map_or(GatewayApiVersion::V1_6, |version| version.value),
        channel: target
            .channel
            .as_ref()
            .map_or(Channel::Standard, |channel| channel.value),
        istio: target
            .istio
            .as_ref()
            .map_or(IstioVersion::V1_31, |version| version.value),
    }
}
