//! The order in which kustomize writes objects, which users know and tools depend on.
//!
//! Source: kustomize `plugin/builtin/sortordertransformer/SortOrderTransformer.go`, the order named
//! `legacy`: by kind as in the tables below, then by group, kind, namespace and name.

use std::cmp::Ordering;

use super::object_id::ObjectId;

/// Kinds that come before all others, in this order.
const FIRST: &[&str] = &[
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];

/// Kinds that come after all others, in this order.
const LAST: &[&str] = &[
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

fn rank(kind: &str) -> usize {
    let others = FIRST.len();
    let last = LAST
        .iter()
        .position(|k| *k == kind)
        .map(|at| others + 1 + at);
    FIRST
        .iter()
        .position(|k| *k == kind)
        .or(last)
        .unwrap_or(others)
}

/// Which of two objects is applied first.
pub fn apply_order(a: &ObjectId, b: &ObjectId) -> Ordering {
    rank(&a.kind).cmp(&rank(&b.kind)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_first_webhooks_last_and_the_rest_by_group_and_name() {
        let id = |text: &str| {
            let parts: Vec<&str> = text.split(' ').collect();
            let [group, kind, namespace, name] = parts[..] else {
                panic!("four parts")
            };
            let namespace = (namespace != "-").then(|| namespace.to_owned());
            ObjectId {
                group: group.into(),
                kind: kind.into(),
                namespace,
                name: name.into(),
            }
        };
        let sorted = [
            " Namespace - b",
            "apiextensions.k8s.io CustomResourceDefinition - a",
            " Service a z",
            " Service b a",
            "apps Deployment a a",
            " Pod a a",
            "gateway.networking.k8s.io Gateway a a",
            "gateway.networking.k8s.io HTTPRoute a a",
            "gateway.networking.k8s.io HTTPRoute a b",
            "networking.istio.io Gateway - a",
            "admissionregistration.k8s.io MutatingWebhookConfiguration - a",
            "admissionregistration.k8s.io ValidatingWebhookConfiguration - a",
        ]
        .map(id);
        let mut ids = sorted.to_vec();
        ids.reverse();
        ids.sort_by(apply_order);
        assert_eq!(ids, sorted);
    }
}
