//! The table of the facts that lie in the program.

use super::facts::Embedded;

macro_rules! crd {
    ("", $kind:literal) => {
        crd!("", $kind, "core")
    };
    ($group:literal, $kind:literal) => {
        crd!($group, $kind, $group)
    };
    ($group:literal, $kind:literal, $folder:literal) => {
        Embedded {
            group: $group,
            kind: $kind,
            text: include_str!(concat!("../../schema/crds/", $folder, "/", $kind, ".json")),
        }
    };
}

/// Sorted by group and kind; a test says what is missing.
pub(super) const CRDS: &[Embedded] = &[
    crd!("", "Namespace"),
    crd!("", "Service"),
    crd!("extensions.istio.io", "TrafficExtension"),
    crd!("extensions.istio.io", "WasmPlugin"),
    crd!("gateway.envoyproxy.io", "Backend"),
    crd!("gateway.envoyproxy.io", "BackendTrafficPolicy"),
    crd!("gateway.envoyproxy.io", "ClientTrafficPolicy"),
    crd!("gateway.envoyproxy.io", "EnvoyExtensionPolicy"),
    crd!("gateway.envoyproxy.io", "EnvoyPatchPolicy"),
    crd!("gateway.envoyproxy.io", "EnvoyProxy"),
    crd!("gateway.envoyproxy.io", "HTTPRouteFilter"),
    crd!("gateway.envoyproxy.io", "SecurityPolicy"),
    crd!("gateway.networking.k8s.io", "BackendTLSPolicy"),
    crd!("gateway.networking.k8s.io", "GRPCRoute"),
    crd!("gateway.networking.k8s.io", "Gateway"),
    crd!("gateway.networking.k8s.io", "GatewayClass"),
    crd!("gateway.networking.k8s.io", "HTTPRoute"),
    crd!("gateway.networking.k8s.io", "ListenerSet"),
    crd!("gateway.networking.k8s.io", "ReferenceGrant"),
    crd!("gateway.networking.k8s.io", "TCPRoute"),
    crd!("gateway.networking.k8s.io", "TLSRoute"),
    crd!("gateway.networking.k8s.io", "UDPRoute"),
    crd!("networking.istio.io", "DestinationRule"),
    crd!("networking.istio.io", "EnvoyFilter"),
    crd!("networking.istio.io", "Gateway"),
    crd!("networking.istio.io", "ProxyConfig"),
    crd!("networking.istio.io", "ServiceEntry"),
    crd!("networking.istio.io", "Sidecar"),
    crd!("networking.istio.io", "VirtualService"),
    crd!("networking.istio.io", "WorkloadEntry"),
    crd!("networking.istio.io", "WorkloadGroup"),
    crd!("security.istio.io", "AuthorizationPolicy"),
    crd!("security.istio.io", "PeerAuthentication"),
    crd!("security.istio.io", "RequestAuthentication"),
    crd!("telemetry.istio.io", "Telemetry"),
];
