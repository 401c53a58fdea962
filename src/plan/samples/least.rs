//! The least.

use std::collections::BTreeMap;

use crate::config::{Manage, Method, PathText, Port, Protocol, ServiceType};
use crate::model::{
    AuthorizationPolicy, Match, Model, PathModifier, PeerAuthentication, Principal, ProxyService,
    Redirect, RouteKind, VirtualService,
};

use super::everything::full_security_policy;
use super::gitops::least_gitops;
use super::parts::{
    SOMEWHERE, at, backend, envoy_proxy, gateway, host, label, left, listener, name, namespace,
    nothing, path, route, rule, wrote,
};
use super::recipe::mesh;

/// The least of each kind: all that can be left out is.
pub(crate) fn least() -> Model {
    let mut model = nothing();
    model.mesh = Some(mesh());
    model.control_plane.class.manage = wrote(Manage::Create);
    model.output = least_gitops();
    model.namespaces = vec![namespace("shop", Manage::Create, &[])];
    let mut proxy = envoy_proxy("proxy");
    proxy.service = Some(ProxyService {
        service_type: left(ServiceType::LoadBalancer),
        external_traffic_policy: None,
        annotations: BTreeMap::new(),
    });
    model.envoy_proxy = Some(proxy);
    model.gateways = vec![gateway(
        "apps",
        "shop",
        vec![listener("http", Protocol::Http, 80)],
    )];
    let every = || rule(Vec::new(), vec![backend("web", "shop", 80)]);
    let mut redirect = rule(vec![Match::default()], Vec::new());
    redirect.redirect = Some(Redirect {
        scheme: None,
        host: None,
        port: None,
        path: Some(PathModifier::Prefix(path("/new"))),
        status: left(302),
    });
    let get = Match {
        method: Some(at(Method::Get)),
        ..Match::default()
    };
    let get = rule(vec![get], vec![backend("web", "shop", 80)]);
    let mut http = route(
        RouteKind::Http,
        "web",
        "httpbin",
        vec![every(), redirect, get],
    );
    http.hostnames.clear();
    let mut grpc = route(RouteKind::Grpc, "cart", "httpbin", vec![every()]);
    grpc.hostnames.clear();
    let none = route(RouteKind::Http, "none", "httpbin", Vec::new());
    model.routes = vec![http, grpc, none];
    let mut policy = full_security_policy();
    policy.oidc.secret_namespace = left(label("shop"));
    policy.oidc.redirect_url = None;
    policy.oidc.logout_path = left(PathText::new("/logout"));
    policy.oidc.scopes.clear();
    policy.oidc.cookie_domain = None;
    policy.oidc.forward_access_token = left(false);
    model.security_policies = vec![policy];
    model.peer_authentications = vec![PeerAuthentication {
        name: wrote(name("nothing")),
        namespace: wrote(label("shop")),
        selector: BTreeMap::new(),
        mode: None,
        ports: BTreeMap::new(),
        origin: SOMEWHERE,
    }];
    model.authorization_policies = vec![AuthorizationPolicy {
        name: wrote(name("shop")),
        namespace: wrote(label("shop")),
        selector: BTreeMap::new(),
        allow: vec![wrote(Principal::Namespace(label("monitoring")))],
        dry_run: wrote(false),
        origin: SOMEWHERE,
    }];
    model.virtual_services = vec![VirtualService {
        name: wrote(name("shop")),
        namespace: wrote(label("shop")),
        hosts: vec![wrote(host("www.example.com"))],
        destinations: BTreeMap::from([(Port(80), wrote("web.shop.svc.cluster.local".to_owned()))]),
        export_to: Vec::new(),
        origin: SOMEWHERE,
    }];
    model
}
