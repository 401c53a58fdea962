//! Every field.

use std::collections::BTreeMap;

use crate::config::{
    Duration, ExternalTrafficPolicy, FromNamespaces, HeaderName, LabelKey, LabelRequirement,
    LabelSelector, LogLevel, Manage, Method, MtlsMode, Operator, PathText, Port, Protocol,
    Quantity, RedirectScheme, ServiceType, Url,
};
use crate::model::{
    AllowedNamespaces, AuthorizationPolicy, EnvoyProxy, Gateway, GrpcMatch, HeaderModifier, Match,
    Mirror, Model, Oidc, PathMatch, PathModifier, PeerAuthentication, PolicyTarget, Principal,
    ProxyService, Redirect, ReferenceGrant, Route, RouteKind, SecurityPolicy, ServiceEntry,
    TargetKind, Timeouts, VirtualService,
};

use super::parts::{
    SOMEWHERE, annotation, at, backend, envoy_proxy, exact, gateway, header, host, label,
    label_value, labels, left, listener, name, named, namespace, nothing, path, regex, route, rule,
    secret, wrote,
};
use super::recipe::mesh;

/// Every field of every kind.
pub(crate) fn everything() -> Model {
    let mut model = nothing();
    model.mesh = Some(mesh());
    model.control_plane.class.manage = wrote(Manage::Create);
    model.namespaces = vec![
        namespace("on", Manage::Create, &[]),
        namespace(
            "shop",
            Manage::Create,
            &[("istio.io/rev", "1-30"), ("tier", "")],
        ),
    ];
    model.envoy_proxy = Some(full_proxy());
    model.gateways = vec![full_gateway()];
    model.routes = vec![full_http_route(), full_grpc_route()];
    model.reference_grants = vec![ReferenceGrant {
        name: name("httproute-shop-to-pay"),
        namespace: label("payments"),
        from_group: "gateway.networking.k8s.io",
        from_kind: "HTTPRoute",
        from_namespace: label("shop"),
        to_kind: "Service",
        to_name: name("pay"),
        origin: SOMEWHERE,
    }];
    model.security_policies = vec![full_security_policy()];
    model.peer_authentications = vec![PeerAuthentication {
        name: wrote(name("metrics")),
        namespace: wrote(label("shop")),
        selector: labels(&[("app", "shop")], label_value),
        mode: Some(at(MtlsMode::Permissive)),
        ports: BTreeMap::from([(8080, at(MtlsMode::Strict)), (9090, at(MtlsMode::Disable))]),
        origin: SOMEWHERE,
    }];
    model.authorization_policies = vec![AuthorizationPolicy {
        name: wrote(name("shop")),
        namespace: wrote(label("shop")),
        selector: labels(&[("app", "shop")], label_value),
        allow: vec![
            wrote(Principal::Identity("cluster.local/ns/a/sa/b".to_owned())),
            wrote(Principal::Identity("cluster.local/ns/c/sa/d".to_owned())),
            wrote(Principal::Namespace(label("monitoring"))),
        ],
        dry_run: wrote(true),
        origin: SOMEWHERE,
    }];
    model.virtual_services = vec![VirtualService {
        name: wrote(name("shop")),
        namespace: wrote(label("shop")),
        hosts: vec![wrote(host("*.example.com")), wrote(host("www.example.com"))],
        destinations: BTreeMap::from([
            (Port(80), wrote("web.shop.svc.cluster.local".to_owned())),
            (Port(8000), wrote("api.shop.svc.cluster.local".to_owned())),
        ]),
        export_to: vec![wrote(label("envoy-gateway-system"))],
        origin: SOMEWHERE,
    }];
    model.service_entries = vec![ServiceEntry {
        name: wrote(name("shop")),
        namespace: wrote(label("shop")),
        hosts: vec![wrote(host("www.example.com"))],
        ports: vec![wrote(Port(8000)), wrote(Port(8080))],
        export_to: vec![wrote(label("envoy-gateway-system"))],
        origin: SOMEWHERE,
    }];
    model
}

fn full_proxy() -> EnvoyProxy {
    let written = |value: &str| wrote(value.to_owned());
    EnvoyProxy {
        pod_labels: labels(&[("sidecar.istio.io/inject", "true")], written),
        pod_annotations: labels(&[("a", ""), ("b", "18000,18001"), ("c", "0x1F")], written),
        routes_to_service: Some(SOMEWHERE),
        replicas: Some(at(3)),
        cpu: Some(at(Quantity::new("1"))),
        memory: Some(at(Quantity::new("512Mi"))),
        log_level: Some(at(LogLevel::Info)),
        service_account: Some(at(name("edge"))),
        service: Some(ProxyService {
            service_type: wrote(ServiceType::ClusterIp),
            external_traffic_policy: Some(wrote(ExternalTrafficPolicy::Cluster)),
            annotations: labels(&[("example.com/kind", "null")], annotation),
        }),
        ..envoy_proxy("proxy")
    }
}

fn full_gateway() -> Gateway {
    let mut https = listener("https", Protocol::Https, 443);
    https.hostname = Some(at(host("*.example.com")));
    https.certificates = vec![secret("wildcard", "shop"), secret("legacy", "certificates")];
    https.allowed_routes = AllowedNamespaces {
        from: wrote(FromNamespaces::Selector),
        selector: Some(LabelSelector {
            match_labels: labels(&[("team", "web")], label_value),
            match_expressions: vec![
                at(LabelRequirement {
                    key: at(LabelKey::new("kubernetes.io/metadata.name")),
                    operator: at(Operator::In),
                    values: vec![label_value("web"), label_value("no")],
                }),
                at(LabelRequirement {
                    key: at(LabelKey::new("edge")),
                    operator: at(Operator::Exists),
                    values: Vec::new(),
                }),
            ],
        }),
    };
    let mut http = listener("http", Protocol::Http, 80);
    http.allowed_routes.from = wrote(FromNamespaces::All);
    Gateway {
        labels: labels(&[("team", "web")], label_value),
        annotations: labels(&[("example.com/owner", "web: the team")], annotation),
        ..gateway("apps", "shop", vec![http, https])
    }
}

fn full_http_route() -> Route {
    let mut weighted = backend("web", "shop", 8080);
    weighted.weight = wrote(90);
    weighted.rewrite_host = Some(wrote("web.shop.svc.cluster.local".to_owned()));
    let mut elsewhere = backend("pay", "payments", 80);
    elsewhere.weight = wrote(0);
    let condition = Match {
        path: Some(PathMatch::Regex(at("/v[0-9]+: x".to_owned()))),
        method: Some(at(Method::Get)),
        headers: vec![
            named("x-canary", exact("true")),
            named("x-id", regex("[0-9]+")),
        ],
        query: vec![named("a", exact("1")), named("b", regex("x.*"))],
        grpc: None,
    };
    let only_method = Match {
        method: Some(at(Method::Post)),
        ..Match::default()
    };
    let mut all = rule(vec![condition, only_method], vec![weighted, elsewhere]);
    all.name = Some(at(name("all")));
    all.request_headers = Some(HeaderModifier {
        set: vec![header("x-edge", "apps")],
        add: vec![header("via", "1.1 edge")],
        remove: vec![at(HeaderName::new("server"))],
    });
    all.response_headers = Some(HeaderModifier {
        remove: vec![at(HeaderName::new("x-powered-by"))],
        ..HeaderModifier::default()
    });
    all.rewrite_path = Some(PathModifier::Full(path("/")));
    all.mirrors = vec![
        Mirror {
            service: at(name("shadow")),
            namespace: left(label("shop")),
            port: left(Port(8080)),
            percent: Some(at(0)),
        },
        Mirror {
            service: at(name("audit")),
            namespace: wrote(label("payments")),
            port: left(Port(80)),
            percent: None,
        },
    ];
    all.timeouts = Timeouts {
        request: Some(at(Duration::new("30s"))),
        backend_request: Some(at(Duration::new("10s"))),
    };
    let exactly = Match {
        path: Some(PathMatch::Exact(path("/old"))),
        ..Match::default()
    };
    let mut redirect = rule(vec![exactly], Vec::new());
    redirect.redirect = Some(Redirect {
        scheme: Some(wrote(RedirectScheme::Https)),
        host: Some(wrote("new.example.com".to_owned())),
        port: Some(wrote(Port(8443))),
        path: Some(PathModifier::Full(path("/new"))),
        status: wrote(301),
    });
    let mut route = route(RouteKind::Http, "web", "shop", vec![all, redirect]);
    route.labels = labels(&[("team", "web")], label_value);
    route.annotations = labels(&[("example.com/note", "a #b")], annotation);
    route.parents[0].section_name = Some(wrote(name("https")));
    route.hostnames.push(at(host("*.shop.example.com")));
    route
}

fn full_grpc_route() -> Route {
    let grpc = |service: Option<&str>, method: Option<&str>| {
        let text = |text: &str| at(text.to_owned());
        Some(GrpcMatch {
            service: service.map(text),
            method: method.map(text),
        })
    };
    let both = Match {
        grpc: grpc(Some("shop.v1.Cart"), Some("Add")),
        headers: vec![named("x-canary", exact("true"))],
        ..Match::default()
    };
    let only_headers = Match {
        headers: vec![named("x-id", regex("[0-9]+"))],
        ..Match::default()
    };
    let only_service = Match {
        grpc: grpc(Some("shop.v1.Pay"), None),
        ..Match::default()
    };
    let matches = vec![both, only_headers, only_service, Match::default()];
    let mut rule = rule(matches, vec![backend("cart", "shop", 9090)]);
    rule.name = Some(at(name("cart")));
    rule.request_headers = Some(HeaderModifier {
        add: vec![header("x-edge", "apps")],
        ..HeaderModifier::default()
    });
    let mut route = route(RouteKind::Grpc, "cart", "shop", vec![rule]);
    route.hostnames.clear();
    route
}

pub(super) fn full_security_policy() -> SecurityPolicy {
    let url = |text: &str| at(Url::new(text));
    SecurityPolicy {
        name: wrote(name("web")),
        namespace: wrote(label("shop")),
        target: PolicyTarget {
            kind: TargetKind::HttpRoute,
            name: wrote(name("web")),
        },
        oidc: Oidc {
            issuer: url("https://accounts.example.com"),
            client_id: at("0123".to_owned()),
            secret: at(name("client")),
            secret_namespace: wrote(label("secrets")),
            redirect_url: Some(url("https://www.example.com/oauth2/callback")),
            logout_path: wrote(PathText::new("/bye")),
            scopes: vec![at("email".to_owned()), at("off".to_owned())],
            cookie_domain: Some(at(host("example.com"))),
            forward_access_token: wrote(true),
        },
        origin: SOMEWHERE,
    }
}
