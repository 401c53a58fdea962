//! What Envoy Gateway calls the objects of a gateway's proxies.

use crate::config::{DeployMode, DnsLabel, ObjectName};

use crate::source::Causes;

use super::digest::hex_digits;

/// The names of a gateway's proxies.
///
/// Source: Envoy Gateway, `internal/infrastructure/kubernetes/proxy/resource.go` and
/// `internal/utils/misc.go`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyIdentity {
    /// The namespace where the pods run.
    pub namespace: DnsLabel,
    /// The name of the Deployment and the Service.
    pub name: String,
    /// The name of the service account.
    pub service_account: String,
    /// What the names follow from.
    pub from: Causes,
}

impl ProxyIdentity {
    /// The names for the gateway `namespace/name`.
    pub fn new(
        mode: DeployMode,
        control_plane: &DnsLabel,
        namespace: &DnsLabel,
        name: &ObjectName,
        service_account: Option<&ObjectName>,
    ) -> Self {
        let (home, generated) = match mode {
            DeployMode::GatewayNamespace => (namespace.clone(), name.as_str().to_owned()),
            DeployMode::ControllerNamespace => (
                control_plane.clone(),
                hashed_name(&format!("{namespace}/{name}")),
            ),
        };
        let service_account =
            service_account.map_or_else(|| generated.clone(), |fixed| fixed.as_str().to_owned());
        ProxyIdentity {
            namespace: home,
            name: generated,
            service_account,
            from: Causes::NONE,
        }
    }

    /// The same, which follows from what is written at these places.
    #[must_use]
    pub fn because(self, from: Causes) -> Self {
        ProxyIdentity { from, ..self }
    }

    /// The identity in the mesh, as policies name it: without `spiffe://`.
    pub fn principal(&self, trust_domain: &str) -> String {
        format!(
            "{trust_domain}/ns/{}/sa/{}",
            self.namespace, self.service_account
        )
    }
}

/// `envoy-` and what is owned, `/` turned to `-` and cut to 48 characters, and eight hexadecimal
/// digits of its SHA-256.
fn hashed_name(owner: &str) -> String {
    let hash = hex_digits(owner, 8);
    let flat = owner.replace('/', "-");
    let cut = flat.get(..48).unwrap_or(&flat);
    let cut = cut.strip_suffix('-').unwrap_or(cut);
    format!("envoy-{cut}-{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(mode: DeployMode, namespace: &str, name: &str) -> ProxyIdentity {
        let control_plane = DnsLabel::new("envoy-gateway-system");
        ProxyIdentity::new(
            mode,
            &control_plane,
            &DnsLabel::new(namespace),
            &ObjectName::new(name),
            None,
        )
    }

    /// The vectors are names that Envoy Gateway was seen to give.
    #[test]
    fn names_in_the_controller_namespace() {
        for (namespace, name, expected) in [
            ("default", "eg", "envoy-default-eg-e41e7b31"),
            ("httpbin", "apps", "envoy-httpbin-apps-c67ca8f9"),
        ] {
            let proxy = identity(DeployMode::ControllerNamespace, namespace, name);
            assert_eq!(proxy.name, expected);
            assert_eq!(proxy.service_account, expected);
            assert_eq!(proxy.namespace.as_str(), "envoy-gateway-system");
        }
        assert_eq!(hashed_name("teg"), "envoy-teg-468aba26");
    }

    #[test]
    fn a_long_name_is_cut_and_loses_one_trailing_hyphen() {
        let name = format!("{}-{}", "a".repeat(43), "b".repeat(20));
        let proxy = identity(DeployMode::ControllerNamespace, "team", &name);
        // `team-` and 43 letters are 48 characters; the hyphen after them is the 49th.
        let expected = format!("envoy-team-{}-", "a".repeat(43));
        assert!(proxy.name.starts_with(&expected), "{}", proxy.name);
        assert_eq!(proxy.name.len(), 6 + 48 + 9);
        let at_hyphen = format!("{}-{}", "a".repeat(42), "b".repeat(20));
        let proxy = identity(DeployMode::ControllerNamespace, "team", &at_hyphen);
        assert_eq!(proxy.name.len(), 6 + 47 + 9);
    }

    #[test]
    fn names_in_the_gateway_namespace() {
        let proxy = identity(DeployMode::GatewayNamespace, "httpbin", "apps");
        assert_eq!(
            (proxy.namespace.as_str(), proxy.name.as_str()),
            ("httpbin", "apps")
        );
        assert_eq!(
            proxy.principal("cluster.local"),
            "cluster.local/ns/httpbin/sa/apps"
        );
    }

    #[test]
    fn a_fixed_service_account_is_kept() {
        let ns = DnsLabel::new("x");
        let fixed = ObjectName::new("edge");
        let mode = DeployMode::ControllerNamespace;
        let proxy = ProxyIdentity::new(mode, &ns, &ns, &ObjectName::new("g"), Some(&fixed));
        assert_eq!(proxy.principal("td"), "td/ns/x/sa/edge");
    }
}
