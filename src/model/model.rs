//! The resolved edge.

use crate::config::{Defaults, Test};
use crate::source::{Located, Sourced};

use super::{
    AuthorizationPolicy, ControlPlane, EnvoyProxy, Gateway, Mesh, Namespace, Output,
    PeerAuthentication, ReferenceGrant, Resource, Route, SecurityPolicy, ServiceEntry, Versions,
    VirtualService,
};

/// The edge as it is meant, with nothing left to look up.
///
/// Lists are in the order of the config where that carries meaning (listeners, rules, backends),
/// and otherwise sorted by namespace and name, so that their order in the config shows nowhere.
#[derive(Debug)]
pub struct Model {
    /// The name of the edge.
    pub name: String,
    /// The versions to render for.
    pub versions: Versions,
    /// Whether values that the API server would fill in are written out.
    pub defaults: Sourced<Defaults>,
    /// How the result is written.
    pub output: Output,
    /// Envoy Gateway's control plane.
    pub control_plane: ControlPlane,
    /// The mesh, if the gateways are in one.
    pub mesh: Option<Mesh>,
    /// Namespaces to create or to label, sorted by name.
    pub namespaces: Vec<Namespace>,
    /// The class-wide settings of the proxies, if there is anything to set.
    pub envoy_proxy: Option<EnvoyProxy>,
    /// The gateways.
    pub gateways: Vec<Gateway>,
    /// The routes, those among them that listeners' `redirectTo` makes.
    pub routes: Vec<Route>,
    /// Consents to references across namespaces.
    pub reference_grants: Vec<ReferenceGrant>,
    /// Policies of authentication.
    pub security_policies: Vec<SecurityPolicy>,
    /// Who has to speak mutual TLS.
    pub peer_authentications: Vec<PeerAuthentication>,
    /// Who may call a workload.
    pub authorization_policies: Vec<AuthorizationPolicy>,
    /// Public names that sidecars route to Services.
    pub virtual_services: Vec<VirtualService>,
    /// Public names that sidecars have to know on ports other than 80.
    pub service_entries: Vec<ServiceEntry>,
    /// The user's own manifests.
    pub resources: Vec<Resource>,
    /// Requests and what shall become of them.
    pub tests: Vec<Located<Test>>,
}
