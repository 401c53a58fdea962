//! The page as a whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::config::{GitOpsTool, Hostname, Layout};
use crate::model::{Model, Naming, PathMatch, PathModifier, RouteKind, SecurityPolicy};
use crate::source::Origin;

use super::super::{
    artifact::Artifact,
    file_name::{file_name, folder},
    plan::Plan,
    planned::Planned,
};
use super::attached::Attached;
use super::certificates::{self, Certificate, concrete};
use super::checks::{self, GatewayChecks};
use super::control_plane::{self, ControlPlaneSteps, NamespaceSteps, NeededNamespace};
use super::mesh::{self, MeshSteps};
use super::releases::Releases;

/// What `runbook.md.j2` sees.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a condition of a template"
)]
pub(in crate::plan) struct Runbook<'m> {
    edge: &'m str,
    /// Whether the path of an object's file tells the object, so that commands can name files.
    by_path: bool,
    releases: Releases,
    mesh: Option<MeshSteps>,
    control_plane: ControlPlaneSteps,
    namespaces: Vec<NamespaceSteps>,
    needed: Vec<NeededNamespace<'m>>,
    created: bool,
    patched: bool,
    guards: Vec<File>,
    tls: bool,
    certificates: Vec<Certificate>,
    logins: Vec<Login>,
    gateways: Vec<GatewayChecks>,
    grpc: bool,
    kinds: Vec<RenderedKind>,
    policies: bool,
    route_kinds: Vec<RouteFiles>,
    slashed_prefix: Option<String>,
}

/// A rendered file.
#[derive(Debug, Serialize)]
struct File {
    path: String,
    kind: &'static str,
    name: String,
    namespace: String,
}

/// A client of an identity provider.
#[derive(Debug, Serialize)]
struct Login {
    secret: String,
    namespace: String,
    issuer: String,
    client_id: String,
    callback: String,
}

/// A kind of objects that this config renders, in the order in which they are removed.
#[derive(Debug, Serialize)]
struct RenderedKind {
    stem: &'static str,
    /// The files of the user's own objects of this kind, which stay.
    own: Vec<OwnFile>,
}

/// A file of the user's own.
#[derive(Debug, Serialize)]
struct OwnFile {
    path: String,
    namespace: String,
    name: String,
}

/// What the files of one kind of routes begin with.
#[derive(Debug, Serialize)]
struct RouteFiles {
    stem: String,
}

impl<'m> Runbook<'m> {
    /// The page for `model`.
    pub(in crate::plan) fn new(model: &'m Model) -> Self {
        let namespaces = control_plane::namespaces(model);
        let attached = Attached::new(model);
        Runbook {
            edge: &model.name,
            by_path: has_plain_paths(model),
            releases: Releases::new(model.versions),
            mesh: model.mesh.as_ref().map(|mesh| MeshSteps::new(model, mesh)),
            control_plane: ControlPlaneSteps::new(model),
            created: namespaces.iter().any(|namespace| namespace.created),
            patched: namespaces.iter().any(|namespace| !namespace.created),
            needed: control_plane::needed(model),
            namespaces,
            guards: guards(model),
            tls: certificates::has_tls(model),
            certificates: certificates::plan(model, &attached),
            logins: logins(model),
            gateways: checks::plan(model, &attached),
            grpc: model
                .routes
                .iter()
                .any(|route| route.kind == RouteKind::Grpc),
            kinds: kinds(model),
            policies: !model.security_policies.is_empty()
                || own(model, "securitypolicy").next().is_some(),
            route_kinds: route_kinds(model),
            slashed_prefix: slashed_prefix(model),
        }
    }
}

/// Whether objects have the files of the layout that is the default.
fn has_plain_paths(model: &Model) -> bool {
    let naming = &model.output.naming;
    let plain = matches!(naming, Naming::Layout(layout) if layout.value == Layout::Namespace);
    plain && !model.output.phases.contains_key(&GitOpsTool::Flux)
}

/// The objects that refuse traffic, which come last where traffic flows already.
fn guards(model: &Model) -> Vec<File> {
    let file = |kind: &'static str, namespace: &str, name: &str| File {
        path: format!(
            "manifests/{}/{}-{name}.yaml",
            folder(Some(namespace)),
            kind.to_ascii_lowercase()
        ),
        kind,
        name: name.to_owned(),
        namespace: namespace.to_owned(),
    };
    let authorization = model
        .authorization_policies
        .iter()
        .filter(|policy| !policy.dry_run.value)
        .map(|policy| file("AuthorizationPolicy", &policy.namespace, &policy.name));
    // What takes plaintext too refuses nothing, and has to be there before what refuses it.
    let authentication = model
        .peer_authentications
        .iter()
        .filter(|policy| mesh::is_strict(policy))
        .map(|policy| file("PeerAuthentication", &policy.namespace, &policy.name));
    authentication.chain(authorization).collect()
}

fn logins(model: &Model) -> Vec<Login> {
    let mut seen = BTreeSet::new();
    let mut policies = Vec::new();
    for policy in &model.security_policies {
        let oidc = &policy.oidc;
        if seen.insert((oidc.secret_namespace.as_str(), oidc.secret.as_str())) {
            policies.push(policy);
        }
    }
    if policies.is_empty() {
        return Vec::new();
    }
    let hosts = protected_hosts(model);
    let login = |policy: &SecurityPolicy| {
        let target = (policy.namespace.as_str(), policy.target.name.as_str());
        let host = hosts.get(&target).map_or_else(
            || checks::name_without_hostname(model),
            |host| concrete(host),
        );
        let callback = || format!("https://{host}/oauth2/callback");
        let redirect = policy.oidc.redirect_url.as_ref();
        Login {
            secret: policy.oidc.secret.to_string(),
            namespace: policy.oidc.secret_namespace.to_string(),
            issuer: policy.oidc.issuer.to_string(),
            client_id: policy.oidc.client_id.to_string(),
            callback: redirect.map_or_else(callback, ToString::to_string),
        }
    };
    policies.into_iter().map(login).collect()
}

/// A hostname of each route and gateway, by namespace and name.
fn protected_hosts(model: &Model) -> BTreeMap<(&str, &str), &Hostname> {
    let mut hosts = BTreeMap::new();
    for route in &model.routes {
        let Some(host) = route.hostnames.first() else {
            continue;
        };
        for parent in &route.parents {
            let gateway = (parent.namespace.as_str(), parent.name.as_str());
            hosts.entry(gateway).or_insert(&host.value);
        }
    }
    for route in &model.routes {
        if let Some(host) = route.hostnames.first() {
            hosts.insert((route.namespace.as_str(), route.name.as_str()), &host.value);
        }
    }
    hosts
}

fn kinds(model: &Model) -> Vec<RenderedKind> {
    let has = |kind| model.routes.iter().any(|route| route.kind == kind);
    let rendered = [
        ("httproute", has(RouteKind::Http)),
        ("grpcroute", has(RouteKind::Grpc)),
        ("gateway", !model.gateways.is_empty()),
        ("referencegrant", !model.reference_grants.is_empty()),
        ("virtualservice", !model.virtual_services.is_empty()),
        ("serviceentry", !model.service_entries.is_empty()),
        // Without its policy a route would be open, so that it goes last.
        ("securitypolicy", !model.security_policies.is_empty()),
    ];
    rendered
        .into_iter()
        .filter(|(_, there)| *there)
        .map(|(stem, _)| RenderedKind {
            stem,
            own: own(model, stem).collect(),
        })
        .collect()
}

/// The files of the user's own objects whose names begin with this stem.
fn own<'m>(model: &'m Model, stem: &'m str) -> impl Iterator<Item = OwnFile> + 'm {
    let ids = model.resources.iter().map(|own| &own.id);
    ids.filter(move |id| {
        // Istio's gateways have a stem of their own.
        let istio = id.group == "networking.istio.io" && id.kind == "Gateway";
        id.kind.eq_ignore_ascii_case(stem) && !istio
    })
    .map(move |id| {
        let folder = folder(id.namespace.as_deref());
        OwnFile {
            path: format!("manifests/{folder}/{}", file_name(stem, &id.name)),
            namespace: id.namespace.clone().unwrap_or_default(),
            name: id.name.clone(),
        }
    })
}

/// What the files of routes begin with, the user's own among them.
fn route_kinds(model: &Model) -> Vec<RouteFiles> {
    let rendered = model.routes.iter().map(|route| match route.kind {
        RouteKind::Http => "httproute".to_owned(),
        RouteKind::Grpc => "grpcroute".to_owned(),
    });
    let own = model.resources.iter().map(|own| &own.id);
    let own =
        own.filter(|id| id.group == "gateway.networking.k8s.io" && id.kind.ends_with("Route"));
    let stems: BTreeSet<String> = rendered
        .chain(own.map(|id| id.kind.to_lowercase()))
        .collect();
    stems.into_iter().map(|stem| RouteFiles { stem }).collect()
}

/// A prefix with a slash at its end whose replacement a request without that slash escapes.
fn slashed_prefix(model: &Model) -> Option<String> {
    let rules = model.routes.iter().flat_map(|route| &route.rules);
    let mut rewritten =
        rules.filter(|rule| matches!(rule.rewrite_path, Some(PathModifier::Prefix(_))));
    rewritten.find_map(|rule| match &rule.matches.first()?.path {
        Some(PathMatch::Prefix(path)) => {
            let bare = path.strip_suffix('/')?;
            (!bare.is_empty()).then(|| bare.to_owned())
        }
        _ => None,
    })
}

/// Plans the page.
pub(in crate::plan) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let file = "RUNBOOK.md".to_owned();
    let view = || Runbook::new(model);
    plan.push(Planned::new(
        Artifact::Page { file },
        "runbook",
        Origin::Default("spec"),
        view,
    ));
}
