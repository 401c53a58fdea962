//! In which phase an object is applied, where a GitOps tool applies in phases.
//!
//! What decides: an object comes after what it needs to be accepted, no route is live before what
//! protects it, what refuses traffic comes last, and nothing waits for what only a later phase
//! brings. The last one is about Argo CD, which goes on to the next wave when every object of this
//! one is healthy: a `SecurityPolicy` without its route never gets a status, nor does a `Backend`
//! that no route refers to, so the policies share a wave with the routes. Source: Argo CD,
//! `resource_customizations/*/*/health.lua`; Flux goes by kstatus, which takes an object without a
//! condition `Ready` for current, so that policies have a phase of their own there.

use crate::kube::ObjectId;

use super::object::{ENVOY_GATEWAY, GATEWAY_API, ISTIO_NETWORKING, ISTIO_SECURITY};

/// When an object is applied; earlier phases are less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// What all else lives in or is an instance of: namespaces, and definitions of custom resources.
    Namespaces,
    /// Classes, proxies, gateways, consents, and everything that no other phase names: whatever
    /// policies and routes refer to.
    #[default]
    Base,
    /// What routes rely on, and what protects them.
    Policies,
    /// Routes: from here on there is traffic.
    Routes,
    /// What refuses traffic that was let through before.
    Enforcement,
}

/// A row of the table: kinds of a group that have a phase of their own, and why.
struct Row {
    group: &'static str,
    kinds: &'static [&'static str],
    phase: Phase,
    /// Why they are in this phase, for those who change the table and for its test.
    #[cfg_attr(not(test), expect(dead_code, reason = "it is there to be read"))]
    reason: &'static str,
}

/// Every kind that is not of [`Phase::Base`]. Whether some policies of Istio refuse anything
/// depends on what they say; see [`phase_of`].
const TABLE: &[Row] = &[
    Row {
        group: "",
        kinds: &["Namespace"],
        phase: Phase::Namespaces,
        reason: "objects live in it, and its labels decide over the pods that start in it",
    },
    Row {
        group: "apiextensions.k8s.io",
        kinds: &["CustomResourceDefinition"],
        phase: Phase::Namespaces,
        reason: "without it no object of its kind can be applied",
    },
    Row {
        group: ENVOY_GATEWAY,
        kinds: &[
            "Backend",
            "BackendTrafficPolicy",
            "EnvoyExtensionPolicy",
            "HTTPRouteFilter",
            "SecurityPolicy",
        ],
        phase: Phase::Policies,
        reason: "a route must not be live before them, and without a route they get no status",
    },
    Row {
        group: GATEWAY_API,
        kinds: &["BackendTLSPolicy"],
        phase: Phase::Policies,
        reason: "a route must not send plaintext first, and without a route it gets no status",
    },
    Row {
        group: ISTIO_NETWORKING,
        kinds: &["DestinationRule", "ServiceEntry", "VirtualService"],
        phase: Phase::Policies,
        reason: "sidecars have to know a host before a route sends there",
    },
    Row {
        group: ISTIO_SECURITY,
        kinds: &["AuthorizationPolicy", "PeerAuthentication"],
        phase: Phase::Policies,
        reason: "exceptions and refusals by name have to be there before what they are for",
    },
    Row {
        group: GATEWAY_API,
        kinds: &["GRPCRoute", "HTTPRoute", "TCPRoute", "TLSRoute", "UDPRoute"],
        phase: Phase::Routes,
        reason: "a route is accepted when its gateway, its backends and the consents are there",
    },
    Row {
        group: ISTIO_SECURITY,
        kinds: &["RequestAuthentication"],
        phase: Phase::Enforcement,
        reason: "it refuses requests with a token that it does not know",
    },
];

/// The phase of an object. `refuses` says of a `PeerAuthentication` that it refuses plaintext, and
/// of an `AuthorizationPolicy` that it refuses all but what it allows.
pub(super) fn phase_of(id: &ObjectId, refuses: bool) -> Phase {
    if id.group == ISTIO_SECURITY && refuses {
        return Phase::Enforcement;
    }
    let row = TABLE
        .iter()
        .find(|row| row.group == id.group && row.kinds.contains(&&*id.kind));
    row.map_or(Phase::Base, |row| row.phase)
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Phase; 5] = [
        Phase::Namespaces,
        Phase::Base,
        Phase::Policies,
        Phase::Routes,
        Phase::Enforcement,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Namespaces => "namespaces",
            Phase::Base => "base",
            Phase::Policies => "policies",
            Phase::Routes => "routes",
            Phase::Enforcement => "enforcement",
        }
    }

    /// Its folder below `manifests/`, which sorts by phase: `4-routes`.
    pub fn folder(self) -> String {
        format!("{}-{}", self as u8 + 1, self.name())
    }

    /// The sync wave of Argo CD. Objects that say none are of wave 0, with the base.
    pub fn wave(self) -> &'static str {
        match self {
            Phase::Namespaces => "-1",
            Phase::Base => "0",
            Phase::Policies | Phase::Routes => "1",
            Phase::Enforcement => "2",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::object::object_id;

    fn of(group: &str, kind: &str, refuses: bool) -> Phase {
        phase_of(&object_id(group, kind, Some("a"), "b"), refuses)
    }

    #[test]
    fn what_needs_another_comes_after_it() {
        let order = [
            of("", "Namespace", false),
            of(GATEWAY_API, "Gateway", false),
            of(ENVOY_GATEWAY, "SecurityPolicy", false),
            of(GATEWAY_API, "HTTPRoute", false),
            of(ISTIO_SECURITY, "PeerAuthentication", true),
        ];
        assert_eq!(order, Phase::ALL);
        // A gateway waits for the consent to use a Secret elsewhere, and a route for its Service.
        for (group, kind) in [
            (GATEWAY_API, "ReferenceGrant"),
            (GATEWAY_API, "GatewayClass"),
            (ENVOY_GATEWAY, "EnvoyProxy"),
            ("", "Service"),
            ("apps", "Deployment"),
            ("cert-manager.io", "Certificate"),
        ] {
            assert_eq!(of(group, kind, false), Phase::Base, "{kind}");
        }
        assert_eq!(
            of(ISTIO_SECURITY, "PeerAuthentication", false),
            Phase::Policies
        );
        assert_eq!(
            of(ISTIO_SECURITY, "AuthorizationPolicy", true),
            Phase::Enforcement
        );
    }

    /// Group and kind.
    type Name = (&'static str, &'static str);

    /// Kinds whose health in Argo CD comes from objects that refer to them, or that they attach
    /// to, and those objects.
    const HEALTH_NEEDS: &[(Name, &[Name])] = &[
        (
            (ENVOY_GATEWAY, "SecurityPolicy"),
            &[(GATEWAY_API, "HTTPRoute")],
        ),
        (
            (ENVOY_GATEWAY, "BackendTrafficPolicy"),
            &[(GATEWAY_API, "HTTPRoute")],
        ),
        (
            (ENVOY_GATEWAY, "EnvoyExtensionPolicy"),
            &[(GATEWAY_API, "HTTPRoute")],
        ),
        ((ENVOY_GATEWAY, "Backend"), &[(GATEWAY_API, "HTTPRoute")]),
        (
            (GATEWAY_API, "BackendTLSPolicy"),
            &[(GATEWAY_API, "HTTPRoute")],
        ),
        (
            (ENVOY_GATEWAY, "ClientTrafficPolicy"),
            &[(GATEWAY_API, "Gateway")],
        ),
        (
            (ENVOY_GATEWAY, "EnvoyPatchPolicy"),
            &[(GATEWAY_API, "Gateway")],
        ),
        ((GATEWAY_API, "ListenerSet"), &[(GATEWAY_API, "Gateway")]),
        (
            (GATEWAY_API, "Gateway"),
            &[
                (GATEWAY_API, "GatewayClass"),
                (GATEWAY_API, "ReferenceGrant"),
                ("", "Secret"),
                ("cert-manager.io", "Certificate"),
            ],
        ),
        (
            (GATEWAY_API, "GatewayClass"),
            &[(ENVOY_GATEWAY, "EnvoyProxy")],
        ),
        (
            (GATEWAY_API, "HTTPRoute"),
            &[
                (GATEWAY_API, "Gateway"),
                (GATEWAY_API, "ReferenceGrant"),
                ("", "Service"),
                (ENVOY_GATEWAY, "Backend"),
                (ENVOY_GATEWAY, "HTTPRouteFilter"),
            ],
        ),
    ];

    #[test]
    fn no_wave_waits_for_the_health_that_a_later_one_gives() {
        let wave =
            |(group, kind): (&str, &str)| of(group, kind, false).wave().parse::<i8>().unwrap();
        for (kind, needed) in HEALTH_NEEDS {
            for other in *needed {
                assert!(wave(*other) <= wave(*kind), "{kind:?} waits for {other:?}");
            }
        }
    }

    #[test]
    fn nothing_protects_a_route_after_it_is_live() {
        for kind in [
            "SecurityPolicy",
            "BackendTrafficPolicy",
            "EnvoyExtensionPolicy",
        ] {
            assert!(of(ENVOY_GATEWAY, kind, false) < Phase::Routes, "{kind}");
        }
        let waves: Vec<i8> = Phase::ALL
            .iter()
            .map(|p| p.wave().parse().unwrap())
            .collect();
        assert!(waves.is_sorted());
    }

    #[test]
    fn every_kind_is_in_one_row_with_a_reason() {
        let mut seen = Vec::new();
        for row in TABLE {
            assert!(!row.reason.is_empty());
            for kind in row.kinds {
                assert!(!seen.contains(&(row.group, *kind)), "{kind} twice");
                seen.push((row.group, *kind));
            }
        }
        let folders: Vec<String> = Phase::ALL.iter().map(|phase| phase.folder()).collect();
        assert_eq!(folders[0], "1-namespaces");
        assert!(folders.is_sorted());
    }
}
