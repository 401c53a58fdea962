//! The mesh, and the Istio objects that follow from it.

use std::collections::BTreeMap;

use crate::config::{
    DnsLabel, Hostname, Inject, LabelKey, LabelValue, MtlsMode, ObjectName, OutboundTrafficPolicy,
    Port, TrustDomain,
};
use crate::source::{Located, Origin, Sourced};

/// The data plane of a mesh that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeshMode {
    /// A sidecar in every pod.
    Sidecar,
    /// One proxy a node.
    Ambient,
}

/// The mesh that the gateways are in.
#[derive(Debug)]
pub struct Mesh {
    /// Its data plane.
    pub mode: Located<MeshMode>,
    /// How the proxies come into it.
    pub inject: Sourced<Inject>,
    /// The revision of Istio; none is the default revision.
    pub revision: Option<Located<DnsLabel>>,
    /// Istio's root namespace.
    pub root_namespace: Sourced<DnsLabel>,
    /// The trust domain of identities.
    pub trust_domain: Sourced<TrustDomain>,
    /// The DNS domain of the cluster.
    pub cluster_domain: Sourced<ObjectName>,
    /// Whether sidecars are native.
    pub native_sidecars: Sourced<bool>,
    /// What becomes of traffic to hosts that the mesh does not know.
    pub outbound: Sourced<OutboundTrafficPolicy>,
    /// The label that brings a namespace into the mesh.
    pub namespace_label: (LabelKey, LabelValue),
}

/// A `PeerAuthentication`.
#[derive(Debug)]
pub struct PeerAuthentication {
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// Its namespace; the root namespace for the whole mesh.
    pub namespace: Sourced<DnsLabel>,
    /// The pods it is for; empty is all of the scope.
    pub selector: BTreeMap<LabelKey, Located<LabelValue>>,
    /// The mode of all ports; none inherits.
    pub mode: Option<Located<MtlsMode>>,
    /// The mode of single container ports.
    pub ports: BTreeMap<u16, Located<MtlsMode>>,
    /// What called for it.
    pub origin: Origin,
}

/// A caller, as a policy names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Principal {
    /// A service account: `<trust domain>/ns/<namespace>/sa/<name>`, without `spiffe://`.
    Identity(String),
    /// Every service account of a namespace.
    Namespace(DnsLabel),
}

/// An `AuthorizationPolicy` that allows.
#[derive(Debug)]
pub struct AuthorizationPolicy {
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// Its namespace.
    pub namespace: Sourced<DnsLabel>,
    /// The pods it is for; empty is all of the namespace.
    pub selector: BTreeMap<LabelKey, Located<LabelValue>>,
    /// Who may call, sorted, each with what called for it.
    pub allow: Vec<Sourced<Principal>>,
    /// Whether it only reports.
    pub dry_run: Sourced<bool>,
    /// What called for it.
    pub origin: Origin,
}

/// A `VirtualService` by which sidecars route a public name to a Service, so that the name can
/// stay on the request.
#[derive(Debug)]
pub struct VirtualService {
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// Its namespace.
    pub namespace: Sourced<DnsLabel>,
    /// The public names.
    pub hosts: Vec<Sourced<Hostname>>,
    /// Where they go, by the port of the Service: its full name. One entry at least.
    pub destinations: BTreeMap<Port, Sourced<String>>,
    /// The namespaces whose sidecars see it: the proxies'.
    pub export_to: Vec<Sourced<DnsLabel>>,
    /// What called for it.
    pub origin: Origin,
}

/// A `ServiceEntry` by which sidecars know a public name on a port other than 80.
#[derive(Debug)]
pub struct ServiceEntry {
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// Its namespace.
    pub namespace: Sourced<DnsLabel>,
    /// The public names.
    pub hosts: Vec<Sourced<Hostname>>,
    /// The ports.
    pub ports: Vec<Sourced<Port>>,
    /// The namespaces whose sidecars see it: the proxies'.
    pub export_to: Vec<Sourced<DnsLabel>>,
    /// What called for it.
    pub origin: Origin,
}
