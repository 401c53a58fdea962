//! Consents to references across namespaces.

use std::collections::BTreeMap;

use crate::config::{DnsLabel, ObjectName};
use crate::model::ReferenceGrant;
use crate::model::digest::hex_digits;
use crate::source::{Causes, Origin, Sourced};

/// The longest name that an object may have.
const LONGEST_NAME: usize = 253;

/// What refers to something in another namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum From {
    Gateway,
    HttpRoute,
    GrpcRoute,
    SecurityPolicy,
}

impl From {
    fn group_and_kind(self) -> (&'static str, &'static str) {
        match self {
            From::Gateway => ("gateway.networking.k8s.io", "Gateway"),
            From::HttpRoute => ("gateway.networking.k8s.io", "HTTPRoute"),
            From::GrpcRoute => ("gateway.networking.k8s.io", "GRPCRoute"),
            From::SecurityPolicy => ("gateway.envoyproxy.io", "SecurityPolicy"),
        }
    }
}

/// What is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum To {
    Secret,
    Service,
}

impl To {
    fn kind(self) -> &'static str {
        match self {
            To::Secret => "Secret",
            To::Service => "Service",
        }
    }
}

/// The references across namespaces, each kept once.
#[derive(Debug, Default)]
pub(super) struct Grants {
    all: BTreeMap<(DnsLabel, From, DnsLabel, To, ObjectName), Causes>,
}

impl Grants {
    /// Notes a reference and where it is written; one inside a namespace needs no consent.
    pub(super) fn add(
        &mut self,
        from: From,
        from_namespace: &Sourced<DnsLabel>,
        to: To,
        to_namespace: &Sourced<DnsLabel>,
        to_name: &ObjectName,
        reference: Causes,
    ) {
        if from_namespace.value != to_namespace.value {
            let key = (
                to_namespace.value.clone(),
                from,
                from_namespace.value.clone(),
                to,
                to_name.clone(),
            );
            let namespaces = [to_namespace.pos(), from_namespace.pos()];
            let causes = Causes::of(reference.iter().chain(namespaces));
            self.all.entry(key).or_insert(causes);
        }
    }

    /// One grant for each: whoever consents sees exactly what may refer to what.
    pub(super) fn finish(self) -> Vec<ReferenceGrant> {
        self.all
            .into_iter()
            .map(
                |((namespace, from, from_namespace, to, to_name), from_places)| {
                    let (from_group, from_kind) = from.group_and_kind();
                    let name = shortened(format!(
                        "{}-{from_namespace}-to-{}-{to_name}",
                        from_kind.to_lowercase(),
                        to.kind().to_lowercase(),
                    ));
                    ReferenceGrant {
                        name: ObjectName::new(name),
                        namespace,
                        from_group,
                        from_kind,
                        from_namespace,
                        to_kind: to.kind(),
                        to_name,
                        origin: Origin::derived("a reference across namespaces", from_places),
                    }
                },
            )
            .collect()
    }
}

/// A name as it is, or cut to what an object may be called and told apart by a digest.
pub(super) fn shortened(name: String) -> String {
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let digest = digest_of(&name);
    let cut = name[..LONGEST_NAME - digest.len() - 1].trim_end_matches(['-', '.']);
    format!("{cut}-{digest}")
}

/// Five characters that tell names apart.
pub(super) fn digest_of(text: &str) -> String {
    hex_digits(text, 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Pos;

    #[test]
    fn a_reference_is_granted_once_and_only_across_namespaces() {
        let label = |name: &str| Sourced::written(DnsLabel::new(name), Pos::new(9));
        let (a, b) = (label("a"), label("b"));
        let service = ObjectName::new("cart");
        let mut grants = Grants::default();
        for _ in 0..2 {
            grants.add(
                From::HttpRoute,
                &a,
                To::Service,
                &b,
                &service,
                Pos::new(1).into(),
            );
            grants.add(
                From::HttpRoute,
                &a,
                To::Service,
                &a,
                &service,
                Pos::new(1).into(),
            );
        }
        let all = grants.finish();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].name.as_str(), "httproute-a-to-service-cart");
        assert_eq!(all[0].namespace, b.value);
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let long = "x".repeat(300);
        let (one, two) = (shortened(format!("{long}1")), shortened(format!("{long}2")));
        assert_eq!(one.len(), LONGEST_NAME);
        assert_ne!(one, two);
        assert_eq!(shortened("short".to_owned()), "short");
    }
}
