//! The order in which a config is resolved.

use crate::config::{Defaults, Dropped, Edge};
use crate::diag::{Report, closest};
use crate::model::{Model, Resource, Versions};
use crate::source::{Pos, Sourced};

use super::grants::Grants;
use super::preserved::PreservedHosts;
use super::services::Services;
use super::{
    auth, authorization, control_plane, envoy_proxy, gateways, mesh, namespaces, output, redirects,
    routes, versions,
};

/// A name that is not there is compared with all that are. Of thousands of mistakes, which come
/// from a file that was left out, the later ones are told without.
const MOST_SEARCHES: usize = 200;

/// What every part of resolving needs: where to report, and what not to complain about.
pub(super) struct Resolver<'a> {
    /// Where mistakes go.
    pub(super) report: &'a mut Report,
    /// What was written but is not there, because it was wrong and has been reported.
    pub(super) dropped: &'a Dropped,
    /// What the manifests are for.
    pub(super) versions: Versions,
    /// How many more names are compared with all others.
    searches: usize,
}

impl<'a> Resolver<'a> {
    fn new(report: &'a mut Report, dropped: &'a Dropped, versions: Versions) -> Self {
        Resolver {
            report,
            dropped,
            versions,
            searches: MOST_SEARCHES,
        }
    }

    /// The nearest of many names, if one is near enough to be meant.
    pub(super) fn closest<'n>(
        &mut self,
        wanted: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        self.searches = self.searches.checked_sub(1)?;
        closest(wanted, names)
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
    let spec = edge.spec;
    let name = edge.metadata.and_then(|metadata| metadata.name);
    let versions = versions::resolve(&spec.target);
    let mut cx = Resolver::new(report, dropped, versions);
    let services = Services::index(spec.services, &mut cx);
    let mode = spec.mesh.as_ref().map_or(Pos::NONE, |mesh| mesh.mode.pos);
    let (mesh, mesh_policies) = match spec.mesh {
        Some(written) => mesh::resolve(written, &mut cx),
        None => (None, mesh::MeshPolicies::default()),
    };
    let mut control_plane = control_plane::resolve(spec.control_plane);
    let service_account = spec.proxy.service_account.clone();
    let mut grants = Grants::default();
    // Their order says nothing, so that it must not show in what is rendered either.
    let mut written = spec.gateways;
    written.sort_by(|a, b| (&*a.namespace, &*a.name).cmp(&(&*b.namespace, &*b.name)));
    let gateways = gateways::resolve(
        written,
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
        &gateways.all,
        &services,
        &mut cx,
    );
    control_plane.xds_is_tls =
        control_plane::xds_is_tls(mesh.as_ref(), &control_plane, &namespaces.in_mesh);
    let mut preserved = PreservedHosts::default();
    let world = routes::World {
        gateways: &gateways.all,
        incomplete_gateways: &gateways.incomplete,
        gateway_index: &gateways.index,
        services: &services,
        mesh: mesh.as_ref(),
        namespace_labels: &namespaces.labels,
    };
    let mut resolved = routes::resolve(spec.routes, &world, &mut grants, &mut preserved, &mut cx);
    redirects::resolve(&gateways.redirects, &world, &mut resolved.all, &mut cx);
    let mut security_policies = auth::resolve(
        gateways.auth,
        resolved.auth,
        &gateways.all,
        &resolved.all,
        &resolved.incomplete,
        &mut grants,
        &mut cx,
    );
    let authorization_policies = authorization::resolve(
        mesh_policies.authorization,
        mesh.as_ref(),
        &gateways.all,
        &resolved.all,
        &services,
        &mut cx,
    );
    security_policies.sort_by(|a, b| (&*a.namespace, &*a.name).cmp(&(&*b.namespace, &*b.name)));
    let (virtual_services, service_entries) = preserved.finish(&mut cx);
    let mut routes = resolved.all;
    routes.sort_by(|a, b| (&*a.namespace, &*a.name).cmp(&(&*b.namespace, &*b.name)));
    let defaults = spec.output.defaults.as_ref().map_or(
        Sourced::default(Defaults::Explicit, "spec.output.defaults"),
        |defaults| Sourced::written(defaults.value, defaults.pos),
    );
    let output = output::resolve(spec.output, &mut cx);
    let envoy_proxy = envoy_proxy::resolve(spec.proxy, mesh.as_ref(), mode, &control_plane);

    Model {
        name: name
            .map(|name| name.value.into_string())
            .unwrap_or_default(),
        versions,
        defaults,
        output,
        control_plane,
        mesh,
        namespaces: namespaces.managed,
        envoy_proxy,
        gateways: gateways.all,
        routes,
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
