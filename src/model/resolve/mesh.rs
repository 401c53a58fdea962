//! The mesh, and who has to speak mutual TLS in it.

use std::collections::BTreeMap;

use crate::config::{
    self, Authorization, DnsLabel, Inject, LabelKey, LabelValue, MtlsMode, ObjectName,
    OutboundTrafficPolicy, TrustDomain, WorkloadMtls,
};
use crate::diag::Diagnostic;
use crate::model::{Mesh, MeshMode, PeerAuthentication};
use crate::source::{Causes, Located, Origin, Sourced};

use super::resolver::Resolver;

const MTLS: &str = "mutual TLS is asked for in a mesh";

/// What `spec.mesh` says beside the mesh itself.
#[derive(Debug, Default)]
pub(super) struct MeshPolicies {
    /// Who has to speak mutual TLS.
    pub(super) peer_authentications: Vec<PeerAuthentication>,
    /// Who may call; resolved when the routes are known.
    pub(super) authorization: Vec<Located<Authorization>>,
}

/// The mesh, unless its mode is `none`, which takes its policies away too.
pub(super) fn resolve(
    written: Located<config::Mesh>,
    cx: &mut Resolver<'_>,
) -> (Option<Mesh>, MeshPolicies) {
    let written = written.value;
    let mode = match written.mode.value {
        config::MeshMode::None => return (None, MeshPolicies::default()),
        config::MeshMode::Sidecar => MeshMode::Sidecar,
        config::MeshMode::Ambient => MeshMode::Ambient,
    };
    let namespace_label = match (mode, &written.revision) {
        (MeshMode::Ambient, _) => ("istio.io/dataplane-mode", "ambient".to_owned()),
        (MeshMode::Sidecar, Some(revision)) => ("istio.io/rev", revision.to_string()),
        (MeshMode::Sidecar, None) => ("istio-injection", "enabled".to_owned()),
    };
    let mesh = Mesh {
        mode: Located::new(mode, written.mode.pos),
        inject: written.inject.map_or(
            Sourced::default(Inject::Namespace, "spec.mesh.inject"),
            Sourced::from,
        ),
        revision: written.revision,
        root_namespace: written.root_namespace.map_or(
            Sourced::default(DnsLabel::new("istio-system"), "spec.mesh.rootNamespace"),
            Sourced::from,
        ),
        trust_domain: written.trust_domain.map_or(
            Sourced::default(TrustDomain::new("cluster.local"), "spec.mesh.trustDomain"),
            Sourced::from,
        ),
        cluster_domain: written.cluster_domain.map_or(
            Sourced::default(ObjectName::new("cluster.local"), "spec.mesh.clusterDomain"),
            Sourced::from,
        ),
        native_sidecars: written.native_sidecars.map_or(
            Sourced::default(true, "spec.mesh.nativeSidecars"),
            Sourced::from,
        ),
        outbound: written.outbound_traffic_policy.map_or(
            Sourced::default(
                OutboundTrafficPolicy::AllowAny,
                "spec.mesh.outboundTrafficPolicy",
            ),
            Sourced::from,
        ),
        namespace_label: (
            LabelKey::new(namespace_label.0),
            LabelValue(namespace_label.1),
        ),
    };
    let peer_authentications = peer_authentications(written.mtls, &mesh, cx);
    (
        Some(mesh),
        MeshPolicies {
            peer_authentications,
            authorization: written.authorization,
        },
    )
}

fn peer_authentications(
    scopes: config::MtlsScopes,
    mesh: &Mesh,
    cx: &mut Resolver<'_>,
) -> Vec<PeerAuthentication> {
    let root = &mesh.root_namespace.value;
    let mut all = Vec::new();
    let wide = |namespace: Sourced<DnsLabel>, mode: Located<MtlsMode>| PeerAuthentication {
        name: Sourced::derived(
            ObjectName::new("default"),
            "the one policy that a whole scope has",
            mode.pos,
        ),
        namespace,
        selector: BTreeMap::new(),
        mode: Some(mode),
        ports: BTreeMap::new(),
        origin: Origin::derived(MTLS, Causes::of([mode.pos, mesh.mode.pos])),
    };
    if let Some(mode) = scopes.mesh {
        refuse_disable(mode, mesh, cx);
        let from = Causes::of([mode.pos, mesh.root_namespace.pos()]);
        let rule = "the root namespace, whose policies are for the whole mesh";
        all.push(wide(Sourced::derived(root.clone(), rule, from), mode));
    }
    for (namespace, mode) in scopes.namespaces {
        refuse_disable(mode, mesh, cx);
        if namespace == *root {
            cx.report.push(
                Diagnostic::error(
                    "mtls-of-root-namespace",
                    format!("a mode for `{namespace}` alone cannot be set"),
                    mode.pos,
                )
                .because(
                    "It is the mesh's root namespace, and a policy there is for the whole mesh.",
                )
                .help("Set `mtls.mesh`, or name the workloads under `mtls.workloads`."),
            );
            continue;
        }
        let rule = "the namespace that `mtls.namespaces` names";
        all.push(wide(Sourced::derived(namespace, rule, mode.pos), mode));
    }
    for workload in scopes.workloads {
        all.extend(workload_mode(workload.value, mesh, cx));
    }
    all
}

fn workload_mode(
    workload: WorkloadMtls,
    mesh: &Mesh,
    cx: &mut Resolver<'_>,
) -> Option<PeerAuthentication> {
    if workload.namespace.value == mesh.root_namespace.value {
        cx.report.push(
            Diagnostic::error(
                "selector-in-root-namespace",
                format!(
                    "workloads of `{}` cannot have a mode of their own",
                    workload.namespace
                ),
                workload.namespace.pos,
            )
            .because("Istio ignores policies with a selector in the mesh's root namespace.")
            .help("Set `mtls.mesh`, or move the workload to another namespace."),
        );
        return None;
    }
    for mode in workload.mode.iter().chain(workload.ports.values()) {
        refuse_disable(*mode, mesh, cx);
    }
    let ports = workload
        .ports
        .iter()
        .filter_map(|(port, mode)| Some((port.parse().ok()?, *mode)))
        .collect();
    Some(PeerAuthentication {
        origin: Origin::derived(MTLS, Causes::of([workload.name.pos, mesh.mode.pos])),
        name: Sourced::from(workload.name),
        namespace: Sourced::from(workload.namespace),
        selector: workload.selector,
        mode: workload.mode,
        ports,
    })
}

fn refuse_disable(mode: Located<MtlsMode>, mesh: &Mesh, cx: &mut Resolver<'_>) {
    if mode.value == MtlsMode::Disable && mesh.mode.value == MeshMode::Ambient {
        cx.report.push(
            Diagnostic::error(
                "disable-in-ambient",
                "mutual TLS cannot be disabled in ambient mode",
                mode.pos,
            )
            .related(mesh.mode.pos, "ambient mode is chosen here")
            .because("The node proxies always speak mutual TLS to each other.")
            .help("Write `PERMISSIVE`: the workload then takes plaintext too."),
        );
    }
}
