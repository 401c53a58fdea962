//! The API groups of Kubernetes itself.

/// The groups whose kinds every API server has, sorted.
const GROUPS: &[&str] = &[
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "extensions",
    "flowcontrol.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

/// Whether the kinds of a group are Kubernetes' own and no custom resources. Tools know their
/// scope and how their lists merge; of custom resources they know neither.
pub fn is_built_in(group: &str) -> bool {
    GROUPS.binary_search(&group).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gateway_api_is_no_part_of_kubernetes() {
        assert!(GROUPS.is_sorted());
        assert!(is_built_in("") && is_built_in("networking.k8s.io"));
        assert!(!is_built_in("gateway.networking.k8s.io") && !is_built_in("cert-manager.io"));
    }
}
