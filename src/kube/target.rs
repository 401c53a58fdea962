//! What the documents are for.

use super::product::Product;
use super::release::Release;

/// The channel of the Gateway API's CRDs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// What is stable.
    #[default]
    Standard,
    /// All of it, and what may still change.
    Experimental,
}

impl Channel {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Standard => "standard",
            Channel::Experimental => "experimental",
        }
    }
}

/// The versions that documents must be right for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The release of Envoy Gateway.
    pub envoy_gateway: Release,
    /// The release of the Gateway API's CRDs.
    pub gateway_api: Release,
    /// The channel of the Gateway API's CRDs.
    pub channel: Channel,
    /// The release of Istio.
    pub istio: Release,
}

impl Target {
    /// The newest releases whose facts we hold, in this channel.
    pub fn newest(channel: Channel) -> Self {
        Target {
            envoy_gateway: Product::EnvoyGateway.newest(),
            gateway_api: Product::GatewayApi.newest(),
            channel,
            istio: Product::Istio.newest(),
        }
    }

    /// The release of a product.
    pub fn release(&self, product: Product) -> Release {
        match product {
            Product::EnvoyGateway => self.envoy_gateway,
            Product::GatewayApi => self.gateway_api,
            Product::Istio => self.istio,
            Product::Kubernetes => Product::Kubernetes.newest(),
        }
    }
}
