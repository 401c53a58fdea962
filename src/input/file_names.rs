//! What the names of files tell.

/// Whether a file of this name may hold YAML: `.yaml`, `.yml`, `.json`.
pub(super) fn may_hold_yaml(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        let known = ["yaml", "yml", "json"];
        !stem.is_empty() && known.iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Whether a file of this name may hold objects: YAML, or one object that `kubectl diff` put there.
pub(super) fn may_hold_objects(name: &str) -> bool {
    may_hold_yaml(name) || is_named_by_kubectl(name)
}

/// Whether one of the parts of a path is hidden.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Whether a name is `[<group>.]<version>.<Kind>.[<namespace>].<name>`, as `kubectl diff` names the
/// files of the two folders that it hands over.
fn is_named_by_kubectl(name: &str) -> bool {
    let parts: Vec<_> = name.split('.').collect();
    let Some(kind) = parts
        .iter()
        .position(|part| part.starts_with(|c: char| c.is_ascii_uppercase()))
    else {
        return false;
    };
    let lower = |part: &&str| {
        let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        !part.is_empty() && part.bytes().all(known)
    };
    let named = parts
        .get(kind + 2..)
        .is_some_and(|rest| !rest.join(".").is_empty());
    kind > 0
        && named
        && parts[..kind].iter().all(lower)
        && is_version(parts[kind - 1])
        && parts[kind].bytes().all(|b| b.is_ascii_alphanumeric())
}

/// `v1`, `v1beta1`.
fn is_version(part: &str) -> bool {
    part.strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hold_objects() {
        for name in [
            "a.yaml",
            "a.YML",
            "a.json",
            "apps.v1.Deployment.default.nginx",
            "v1.Namespace..web",
            "v1.ConfigMap.default.app.properties",
            "apiextensions.k8s.io.v1.CustomResourceDefinition..foos.example.com",
            "gateway.networking.k8s.io.v1alpha2.TCPRoute.a.b",
            "rbac.authorization.k8s.io.v1.ClusterRole..system:node",
        ] {
            assert!(may_hold_objects(name), "{name}");
        }
        for name in [
            ".yaml",
            "yaml",
            "README.md",
            "v1.README.md",
            "docs.README.md.txt",
            "v1.Namespace..",
            "Deployment.default.nginx",
            "a.yaml.bak",
        ] {
            assert!(!may_hold_objects(name), "{name}");
        }
    }
}
