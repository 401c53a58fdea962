//! The order in which a config is resolved.

use crate::config::{Defaults, Dropped, Edge};
use crate::diag::{Report, closest};
use crate::model::{Model, Resource};
use crate::source::Sourced;

use super::grants::Grants;
use super::preserved::PreservedHosts;
use super::services::Services;
use super::{
    auth, authorization, control_plane, envoy_proxy, gateways, mesh, namespaces, redirects, routes,
    versions,
};

/// What every part of resolving needs: where to report, and what not to complain about.
pub(super) struct Resolver<'a> {
    /// Where mistakes go.
    pub(super) report: &'a mut Report,
    /// What was written but is not there, because it was wrong and has been reported.
    pub(super) dropped: &'a Dropped,
    /// How many names may still be compared in the search for similar ones.
    comparisons: usize,
}

/// In so many comparisons a similar name is looked for; it takes about a second. A config with
/// more mistakes than that allows is told of all of them, and of similar names for the first.
const MOST_COMPARISONS: usize = 5_000_000;

impl Resolver<'_> {
    /// The candidate nearest to a name, if one is near enough to be meant.
    pub(super) fn closest<'c>(
        &mut self,
        wanted: &str,
        candidates: impl Iterator<Item = &'c str>,
    ) -> Option<&'c str> {
        let mut left = self.comparisons;
        let candidates = candidates.take(left).inspect(|_| left -= 1);
        let near = closest(wanted, candidates);
        self.comparisons = left;
        near
    }
}

/// Resolves a config: references to what they name, defaults, and derived values.
///
/// Every mistake is reported; a model that comes with errors is good for finding more of them
/// and for nothing else.
pub fn resolve(
    edge: Edge,
    dropped: &Dropped,
    resources: Vec<Resource>,
    report: &mut Report,
) -> Model {
    let mut cx = Resolver {
        report,
        dropped,
        comparisons: MOST_COMPARISONS,
    };
    let spec = edge.spec;
    let versions = versions::resolve(&spec.target);
    let services = Services::index(spec.services, &mut cx);
    let (mesh, mesh_policies) = match spec.mesh {
        Some(written) => mesh::resolve(written, &mut cx),
        None => (None, mesh::MeshPolicies::default()),
    };
    let mut control_plane = control_plane::resolve(spec.control_plane);
    let service_account = spec
        .proxy
        .service_account
        .as_ref()
        .map(|name| name.value.clone());
    let mut grants = Grants::default();
    let gateways = gateways::resolve(
        spec.gateways,
        spec.certificates,
        &control_plane,
        service_account.as_ref(),
        &mut grants,
        &mut cx,
    );
    let namespaces = namespaces::resolve(
        spec.namespaces,
        mesh.as_ref(),
        &control_plane,
        &gateways.gateways,
        &services,
        &mut cx,
    );
    control_plane.xds_is_tls =
        control_plane::xds_is_tls(mesh.as_ref(), &control_plane, &namespaces.in_mesh);
    let mut preserved = PreservedHosts::default();
    let world = routes::World {
        gateways: &gateways.gateways,
        gateway_index: &gateways.index,
        services: &services,
        mesh: mesh.as_ref(),
        namespace_labels: &namespaces.labels,
    };
    let mut resolved = routes::resolve(spec.routes, &world, &mut grants, &mut preserved, &mut cx);
    redirects::resolve(&gateways.redirects, &world, &mut resolved.routes, &mut cx);
    let security_policies = auth::resolve(
        gateways.auth,
        resolved.auth,
        &gateways.gateways,
        &resolved.routes,
        &mut grants,
        &mut cx,
    );
    let authorization_policies = authorization::resolve(
        mesh_policies.authorization,
        mesh.as_ref(),
        &gateways.gateways,
        &resolved.routes,
        &services,
        &mut cx,
    );
    let (virtual_services, service_entries) = preserved.finish();
    let envoy_proxy = envoy_proxy::resolve(spec.proxy, mesh.as_ref(), &control_plane);

    Model {
        name: edge.metadata.name.value.into_string(),
        versions,
        defaults: spec.output.defaults.map_or(
            Sourced::default(Defaults::Explicit, "spec.output.defaults"),
            Sourced::from,
        ),
        control_plane,
        mesh,
        namespaces: namespaces.namespaces,
        envoy_proxy,
        gateways: gateways.gateways,
        routes: resolved.routes,
        reference_grants: grants.finish(),
        security_policies,
        peer_authentications: mesh_policies.peer_authentications,
        authorization_policies,
        virtual_services,
        service_entries,
        resources,
        tests: spec.tests,
    }
}
