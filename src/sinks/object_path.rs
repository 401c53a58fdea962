//! The path of an object's file below `manifests/`, by layout.

use crate::kube::{ObjectId, Scope, is_built_in};
use crate::plan::{file_name, fitted, folder};

/// The one file of the layout `stream`.
pub(super) const STREAM: &str = "all.yaml";

/// Kinds whose name another API group uses too, and what their files are called.
const SHARED_KINDS: &[(&str, &str, &str)] = &[
    ("networking.istio.io", "Gateway", "istio-gateway"),
    ("serving.knative.dev", "Service", "knative-service"),
];

/// `<namespace>/<kind>-<name>.yaml`.
pub(super) fn by_namespace(id: &ObjectId) -> String {
    let folder = folder(id.namespace.as_deref());
    format!("{folder}/{}", file_name(&stem(id), &id.name))
}

/// `<kind>/<namespace>_<name>.yaml`; no namespace has a `_` in its name, so that two never meet.
pub(super) fn by_kind(id: &ObjectId) -> String {
    let name = id.name.replace(':', "_");
    let file = match &id.namespace {
        Some(namespace) => format!("{namespace}_{name}.yaml"),
        None => format!("{name}.yaml"),
    };
    format!("{}/{}", stem(id), fitted(file, &id.name))
}

fn stem(id: &ObjectId) -> String {
    let shared = SHARED_KINDS
        .iter()
        .find(|(group, kind, _)| *group == id.group && *kind == id.kind);
    shared.map_or_else(|| id.kind.to_lowercase(), |(.., stem)| (*stem).to_owned())
}

/// The namespace by which kustomize groups an object: none for kinds that it knows to belong to
/// the cluster, and `default` where none is written.
pub(super) fn kustomize_namespace(id: &ObjectId) -> Option<&str> {
    if is_built_in(&id.group) && Scope::of(&id.group, &id.kind) == Scope::Cluster {
        return None;
    }
    Some(id.namespace.as_deref().unwrap_or("default"))
}

/// What `kustomize build -o` calls the file of an object: group, version, kind and name in lower
/// case, after the namespace if there are `several`.
///
/// Kustomize keeps a colon in a name, which some file systems refuse; here it becomes `_`.
pub(super) fn by_kustomize(id: &ObjectId, version: &str, several: bool) -> String {
    let namespace = kustomize_namespace(id).filter(|_| several);
    let parts = [
        namespace,
        Some(&id.group),
        Some(version),
        Some(&id.kind),
        Some(&id.name),
    ];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let whole = parts.collect::<Vec<_>>().join("_").to_lowercase();
    fitted(format!("{}.yaml", whole.replace(':', "_")), &whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(group: &str, kind: &str, namespace: Option<&str>, name: &str) -> ObjectId {
        ObjectId {
            group: group.to_owned(),
            kind: kind.to_owned(),
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
        }
    }

    #[test]
    fn objects_are_found_by_what_they_are() {
        for (id, namespace, kind, kustomize) in [
            (
                id("", "Namespace", None, "web"),
                "_cluster/namespace-web.yaml",
                "namespace/web.yaml",
                "v1_namespace_web.yaml",
            ),
            (
                id("x.io", "HTTPRoute", Some("a"), "b"),
                "a/httproute-b.yaml",
                "httproute/a_b.yaml",
                "a_x.io_v1_httproute_b.yaml",
            ),
            (
                id("networking.istio.io", "Gateway", Some("a"), "b"),
                "a/istio-gateway-b.yaml",
                "istio-gateway/a_b.yaml",
                "a_networking.istio.io_v1_gateway_b.yaml",
            ),
            (
                id("gateway.networking.k8s.io", "Gateway", Some("a"), "b"),
                "a/gateway-b.yaml",
                "gateway/a_b.yaml",
                "a_gateway.networking.k8s.io_v1_gateway_b.yaml",
            ),
            (
                id("gateway.networking.k8s.io", "GatewayClass", None, "eg"),
                "_cluster/gatewayclass-eg.yaml",
                "gatewayclass/eg.yaml",
                "default_gateway.networking.k8s.io_v1_gatewayclass_eg.yaml",
            ),
            (
                id("rbac.authorization.k8s.io", "ClusterRole", None, "a:b"),
                "_cluster/clusterrole-a_b.yaml",
                "clusterrole/a_b.yaml",
                "rbac.authorization.k8s.io_v1_clusterrole_a_b.yaml",
            ),
        ] {
            assert_eq!(by_namespace(&id), namespace);
            assert_eq!(by_kind(&id), kind);
            assert_eq!(by_kustomize(&id, "v1", true), kustomize);
        }
        let alone = by_kustomize(&id("", "Service", Some("a"), "b"), "v1", false);
        assert_eq!(alone, "v1_service_b.yaml");
    }
}
