//! Objects as people name them.

use std::fmt;

use super::object_id::ObjectId;

/// The short names of kinds, as their CRDs and Kubernetes declare them.
const SHORT: &[(&str, &str)] = &[
    ("ap", "AuthorizationPolicy"),
    ("gc", "GatewayClass"),
    ("gtw", "Gateway"),
    ("ns", "Namespace"),
    ("pa", "PeerAuthentication"),
    ("refgrant", "ReferenceGrant"),
    ("se", "ServiceEntry"),
    ("sp", "SecurityPolicy"),
    ("svc", "Service"),
    ("vs", "VirtualService"),
];

/// What a person types to name an object: `KIND/NAME` or `KIND/NAMESPACE/NAME`.
///
/// The kind is in upper or lower case, singular, plural or its short name, and may be followed by
/// a dot and its group, with or without a version before that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectRef {
    kind: String,
    group: Option<String>,
    namespace: Option<String>,
    name: String,
}

impl ObjectRef {
    /// Reads what was typed; none if it has another form.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let (kind, second, third) = (parts.next()?, parts.next()?, parts.next());
        let (namespace, name) = match third {
            Some(name) => (Some(second), name),
            None => (None, second),
        };
        let (kind, group) = match kind.split_once('.') {
            Some((kind, group)) => (kind, Some(group)),
            None => (kind, None),
        };
        let wrong = kind.is_empty() || name.is_empty() || namespace.is_some_and(str::is_empty);
        if wrong || parts.next().is_some() {
            return None;
        }
        Some(ObjectRef {
            kind: kind.to_lowercase(),
            group: group.map(str::to_lowercase),
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
        })
    }

    /// Whether this may mean an object.
    pub fn means(&self, id: &ObjectId) -> bool {
        let group = self.group.as_ref().is_none_or(|group| {
            // `httproutes.v1.gateway.networking.k8s.io` has the version before the group.
            let versioned = group.strip_suffix(&id.group);
            let version = versioned.and_then(|rest| rest.strip_suffix('.'));
            *group == id.group || version.is_some_and(|version| version.starts_with('v'))
        });
        let namespace = self.namespace.is_none() || self.namespace == id.namespace;
        group && namespace && self.name == id.name && self.means_kind(&id.kind)
    }

    /// Whether this may mean a kind.
    pub fn means_kind(&self, kind: &str) -> bool {
        let lower = kind.to_lowercase();
        let short = SHORT.iter().find(|(short, _)| *short == self.kind);
        self.kind == lower
            || self.kind == plural(&lower)
            || short.is_some_and(|(_, long)| *long == kind)
    }

    /// The name alone.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        if let Some(group) = &self.group {
            write!(f, ".{group}")?;
        }
        if let Some(namespace) = &self.namespace {
            write!(f, "/{namespace}")?;
        }
        write!(f, "/{}", self.name)
    }
}

/// The plural of a kind in lower case, as resources are called.
fn plural(kind: &str) -> String {
    if kind.ends_with(['s', 'x']) || kind.ends_with("ch") || kind.ends_with("sh") {
        return format!("{kind}es");
    }
    match kind.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => {
            // Envoy Gateway's EnvoyProxy is `envoyproxies`.
            format!("{stem}ies")
        }
        _ => format!("{kind}s"),
    }
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
    fn kinds_as_people_type_them() {
        let route = id("gateway.networking.k8s.io", "HTTPRoute", Some("a"), "b");
        for text in [
            "HTTPRoute/b",
            "httproute/a/b",
            "httproutes/b",
            "httproute.gateway.networking.k8s.io/a/b",
            "httproutes.v1.gateway.networking.k8s.io/b",
            "HTTPRoute.gateway.networking.k8s.io/a/b",
        ] {
            assert!(ObjectRef::parse(text).unwrap().means(&route), "{text}");
        }
        for text in [
            "httproute/c/b",
            "grpcroute/b",
            "httproute.x.io/b",
            "httproute/B",
        ] {
            assert!(!ObjectRef::parse(text).unwrap().means(&route), "{text}");
        }
        for text in ["httproute", "a/b/c/d", "/b", "httproute//b", "httproute/"] {
            assert_eq!(ObjectRef::parse(text), None, "{text}");
        }
        for (plural, kind) in [
            ("gatewayclasses", "GatewayClass"),
            ("gateways", "Gateway"),
            ("envoyproxies", "EnvoyProxy"),
            ("serviceentries", "ServiceEntry"),
            ("svc", "Service"),
        ] {
            let typed = ObjectRef::parse(&format!("{plural}/x")).unwrap();
            assert!(typed.means_kind(kind), "{plural}");
        }
    }
}
