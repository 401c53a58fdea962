//! Whether objects live in namespaces.

/// Whether the objects of a kind live in namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// They belong to the cluster as a whole.
    Cluster,
    /// Each lives in a namespace.
    Namespaced,
}

/// Well-known kinds that are cluster-scoped, sorted by group and kind.
const CLUSTER: &[(&str, &str)] = &[
    ("", "ComponentStatus"),
    ("", "Namespace"),
    ("", "Node"),
    ("", "PersistentVolume"),
    ("admissionregistration.k8s.io", "MutatingAdmissionPolicy"),
    (
        "admissionregistration.k8s.io",
        "MutatingAdmissionPolicyBinding",
    ),
    (
        "admissionregistration.k8s.io",
        "MutatingWebhookConfiguration",
    ),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
    (
        "admissionregistration.k8s.io",
        "ValidatingAdmissionPolicyBinding",
    ),
    (
        "admissionregistration.k8s.io",
        "ValidatingWebhookConfiguration",
    ),
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("apiregistration.k8s.io", "APIService"),
    ("cert-manager.io", "ClusterIssuer"),
    ("certificates.k8s.io", "CertificateSigningRequest"),
    ("certificates.k8s.io", "ClusterTrustBundle"),
    ("flowcontrol.apiserver.k8s.io", "FlowSchema"),
    ("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"),
    ("gateway.networking.k8s.io", "GatewayClass"),
    ("gateway.networking.x-k8s.io", "XMesh"),
    ("networking.k8s.io", "IPAddress"),
    ("networking.k8s.io", "IngressClass"),
    ("networking.k8s.io", "ServiceCIDR"),
    ("node.k8s.io", "RuntimeClass"),
    ("policy.networking.k8s.io", "AdminNetworkPolicy"),
    ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy"),
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    ("resource.k8s.io", "DeviceClass"),
    ("resource.k8s.io", "ResourceSlice"),
    ("scheduling.k8s.io", "PriorityClass"),
    ("storage.k8s.io", "CSIDriver"),
    ("storage.k8s.io", "CSINode"),
    ("storage.k8s.io", "StorageClass"),
    ("storage.k8s.io", "VolumeAttachment"),
    ("storage.k8s.io", "VolumeAttributesClass"),
];

impl Scope {
    /// The scope of a kind; one that is not well known is taken to be namespaced.
    pub fn of(group: &str, kind: &str) -> Self {
        match CLUSTER.binary_search(&(group, kind)) {
            Ok(_) => Scope::Cluster,
            Err(_) => Scope::Namespaced,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube;

    #[test]
    fn the_table_is_sorted_and_agrees_with_the_facts() {
        assert!(
            CLUSTER.is_sorted_by(|a, b| a < b),
            "sort CLUSTER by group and kind"
        );
        for (group, kind) in kube::kinds() {
            let scope = kube::facts(group, kind).unwrap().scope;
            assert_eq!(Scope::of(group, kind), scope, "{group} {kind}");
        }
        assert_eq!(Scope::of("apps", "Deployment"), Scope::Namespaced);
    }
}
