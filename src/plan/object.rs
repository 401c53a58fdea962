//! The groups and versions of the APIs whose objects are planned.

use crate::kube::ObjectId;

/// Gateway API.
pub(super) const GATEWAY_API: &str = "gateway.networking.k8s.io";
/// Envoy Gateway.
pub(super) const ENVOY_GATEWAY: &str = "gateway.envoyproxy.io";
/// Istio's routing.
pub(super) const ISTIO_NETWORKING: &str = "networking.istio.io";
/// Istio's security.
pub(super) const ISTIO_SECURITY: &str = "security.istio.io";

/// The identity of an object.
pub(super) fn object_id(group: &str, kind: &str, namespace: Option<&str>, name: &str) -> ObjectId {
    ObjectId {
        group: group.to_owned(),
        kind: kind.to_owned(),
        namespace: namespace.map(str::to_owned),
        name: name.to_owned(),
    }
}
