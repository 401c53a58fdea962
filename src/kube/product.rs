//! The products whose versions a target names.

use super::release::Release;

/// A product that brings kinds to a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// Envoy Gateway: `gateway.envoyproxy.io`.
    EnvoyGateway,
    /// Gateway API: `gateway.networking.k8s.io`, in two channels.
    GatewayApi,
    /// Istio: `*.istio.io`.
    Istio,
    /// Kubernetes itself; its kinds are taken to be the same in every version.
    Kubernetes,
}

impl Product {
    /// Every product.
    pub const ALL: [Product; 4] = [
        Product::EnvoyGateway,
        Product::GatewayApi,
        Product::Istio,
        Product::Kubernetes,
    ];

    /// The name as a person writes it.
    pub fn name(self) -> &'static str {
        match self {
            Product::EnvoyGateway => "Envoy Gateway",
            Product::GatewayApi => "Gateway API",
            Product::Istio => "Istio",
            Product::Kubernetes => "Kubernetes",
        }
    }

    /// The name in files and folders.
    pub fn slug(self) -> &'static str {
        match self {
            Product::EnvoyGateway => "envoy-gateway",
            Product::GatewayApi => "gateway-api",
            Product::Istio => "istio",
            Product::Kubernetes => "kubernetes",
        }
    }

    /// The product of this [`slug`](Self::slug).
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.slug() == slug)
    }

    /// The releases whose facts we hold, oldest first.
    pub fn releases(self) -> &'static [Release] {
        const fn r(major: u16, minor: u16) -> Release {
            Release::new(major, minor)
        }
        match self {
            Product::EnvoyGateway => const { &[r(1, 7), r(1, 8), r(1, 9)] },
            Product::GatewayApi => const { &[r(1, 4), r(1, 5), r(1, 6)] },
            Product::Istio => const { &[r(1, 29), r(1, 30), r(1, 31)] },
            Product::Kubernetes => const { &[r(1, 0)] },
        }
    }

    /// The newest release whose facts we hold.
    pub fn newest(self) -> Release {
        self.releases()[self.releases().len() - 1]
    }

    /// Whether it comes in a standard and an experimental channel.
    pub fn has_channels(self) -> bool {
        self == Product::GatewayApi
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_sorted_and_slugs_read_back() {
        for product in Product::ALL {
            assert!(product.releases().is_sorted());
            assert_eq!(Product::from_slug(product.slug()), Some(product));
        }
    }
}
