//! Models for tests, made by hand.

use std::collections::BTreeMap;

use crate::config::{
    Channel, Defaults, Delivery, DeployMode, Distribution, DnsLabel, Duration, EnvoyGatewayVersion,
    ExternalTrafficPolicy, FromNamespaces, GatewayApiVersion, HeaderName, HeaderValue, Hostname,
    Inject, IstioVersion, LabelKey, LabelRequirement, LabelSelector, LabelValue, LogLevel, Manage,
    Method, MtlsMode, ObjectName, Operator, OutboundTrafficPolicy, PathText, Port, Protocol,
    Quantity, RedirectScheme, ServiceType, TrustDomain, Url,
};
use crate::model::{
    AllowedNamespaces, AuthorizationPolicy, Backend, ControlPlane, EnvoyProxy, Gateway,
    GatewayClass, GrpcMatch, HeaderModifier, Listener, Match, Mesh, MeshMode, Mirror, Model,
    NamedMatch, Namespace, Oidc, ParentRef, PathMatch, PathModifier, PeerAuthentication,
    PolicyTarget, Principal, ProxyIdentity, ProxyService, Redirect, ReferenceGrant, Route,
    RouteKind, Rule, SecretRef, SecurityPolicy, ServiceEntry, TargetKind, Timeouts, ValueMatch,
    Versions, VirtualService,
};
use crate::source::{Located, Origin, Pos, Sourced};

/// An origin that nothing is shown for.
pub(crate) const SOMEWHERE: Origin = Origin::Default("a test");

pub(crate) fn at<T>(value: T) -> Located<T> {
    Located::new(value, Pos::NONE)
}

/// A value that the user wrote.
pub(crate) fn wrote<T>(value: T) -> Sourced<T> {
    Sourced::written(value, Pos::NONE)
}

/// A value that the user left out.
pub(crate) fn left<T>(value: T) -> Sourced<T> {
    Sourced::default(value, "a test")
}

pub(crate) fn name(text: &str) -> ObjectName {
    ObjectName::new(text)
}

pub(crate) fn label(text: &str) -> DnsLabel {
    DnsLabel::new(text)
}

fn host(text: &str) -> Hostname {
    Hostname::new(text)
}

fn path(text: &str) -> Located<PathText> {
    at(PathText::new(text))
}

fn labels<V>(pairs: &[(&str, &str)], value: impl Fn(&str) -> V) -> BTreeMap<LabelKey, V> {
    let pair = |(k, v): &(&str, &str)| (LabelKey::new(*k), value(v));
    pairs.iter().map(pair).collect()
}

fn label_value(text: &str) -> LabelValue {
    LabelValue(text.to_owned())
}

fn header(name: &str, value: &str) -> Located<HeaderValue> {
    at(HeaderValue {
        name: at(HeaderName::new(name)),
        value: at(value.to_owned()),
    })
}

fn named(name: &str, value: ValueMatch) -> NamedMatch {
    NamedMatch {
        name: at(HeaderName::new(name)),
        value,
    }
}

fn exact(value: &str) -> ValueMatch {
    ValueMatch::Exact(at(value.to_owned()))
}

fn regex(value: &str) -> ValueMatch {
    ValueMatch::Regex(at(value.to_owned()))
}

/// A model of nothing but a control plane that others own.
pub(crate) fn nothing() -> Model {
    Model {
        name: "edge".to_owned(),
        versions: Versions {
            envoy_gateway: EnvoyGatewayVersion::V1_9,
            gateway_api: GatewayApiVersion::V1_6,
            channel: Channel::Standard,
            istio: IstioVersion::V1_30,
        },
        defaults: left(Defaults::Explicit),
        control_plane: ControlPlane {
            distribution: wrote(Distribution::Teg),
            namespace: left(label("envoy-gateway-system")),
            deploy_mode: left(DeployMode::ControllerNamespace),
            delivery: left(Delivery::Patch),
            class: GatewayClass {
                name: left(name("teg")),
                manage: left(Manage::Patch),
            },
            xds_is_tls: None,
        },
        mesh: None,
        namespaces: Vec::new(),
        envoy_proxy: None,
        gateways: Vec::new(),
        routes: Vec::new(),
        reference_grants: Vec::new(),
        security_policies: Vec::new(),
        peer_authentications: Vec::new(),
        authorization_policies: Vec::new(),
        virtual_services: Vec::new(),
        service_entries: Vec::new(),
        resources: Vec::new(),
        tests: Vec::new(),
    }
}

pub(crate) fn backend(service: &str, namespace: &str, port: u16) -> Backend {
    Backend {
        service: at(name(service)),
        namespace: left(label(namespace)),
        port: wrote(Port(port)),
        weight: left(1),
        rewrite_host: None,
    }
}

pub(crate) fn rule(matches: Vec<Match>, backends: Vec<Backend>) -> Rule {
    Rule {
        name: None,
        matches,
        request_headers: None,
        response_headers: None,
        redirect: None,
        rewrite_host: None,
        rewrite_path: None,
        mirrors: Vec::new(),
        timeouts: Timeouts::default(),
        backends,
        origin: SOMEWHERE,
    }
}

pub(crate) fn on_prefix(prefix: &str) -> Match {
    Match {
        path: Some(PathMatch::Prefix(path(prefix))),
        ..Match::default()
    }
}

pub(crate) fn route(kind: RouteKind, of: &str, namespace: &str, rules: Vec<Rule>) -> Route {
    Route {
        kind,
        name: wrote(name(of)),
        namespace: wrote(label(namespace)),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        parents: vec![ParentRef {
            gateway: 0,
            name: name("apps"),
            namespace: label("httpbin"),
            section_name: None,
        }],
        hostnames: vec![at(host("www.example.com"))],
        rules,
    }
}

pub(crate) fn listener(of: &str, protocol: Protocol, port: u16) -> Listener {
    Listener {
        name: at(name(of)),
        protocol: at(protocol),
        port: at(Port(port)),
        hostname: None,
        certificates: Vec::new(),
        allowed_routes: AllowedNamespaces {
            from: left(FromNamespaces::Same),
            selector: None,
        },
        redirects: false,
    }
}

fn secret(of: &str, namespace: &str) -> SecretRef {
    SecretRef {
        name: at(name(of)),
        namespace: left(label(namespace)),
        hostnames: Vec::new(),
    }
}

pub(crate) fn gateway(of: &str, namespace: &str, listeners: Vec<Listener>) -> Gateway {
    Gateway {
        name: at(name(of)),
        namespace: at(label(namespace)),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        listeners,
        proxy: ProxyIdentity::new(
            DeployMode::ControllerNamespace,
            &label("envoy-gateway-system"),
            &label(namespace),
            &name(of),
            None,
        ),
    }
}

pub(crate) fn namespace(of: &str, manage: Manage, pairs: &[(&str, &str)]) -> Namespace {
    Namespace {
        name: label(of),
        manage: wrote(manage),
        labels: labels(pairs, |value| wrote(value.to_owned())),
        origin: SOMEWHERE,
    }
}

fn envoy_proxy(of: &str) -> EnvoyProxy {
    EnvoyProxy {
        name: left(name(of)),
        namespace: left(label("envoy-gateway-system")),
        pod_labels: BTreeMap::new(),
        pod_annotations: BTreeMap::new(),
        routes_to_service: None,
        replicas: None,
        cpu: None,
        memory: None,
        log_level: None,
        service_account: None,
        service: None,
        origin: SOMEWHERE,
    }
}

/// A mesh of sidecars which come by the namespaces' labels.
fn mesh() -> Mesh {
    Mesh {
        mode: at(MeshMode::Sidecar),
        inject: left(Inject::Namespace),
        revision: None,
        root_namespace: left(label("istio-system")),
        trust_domain: left(TrustDomain::new("cluster.local")),
        cluster_domain: left(name("cluster.local")),
        native_sidecars: left(true),
        outbound: left(OutboundTrafficPolicy::AllowAny),
        namespace_label: (LabelKey::new("istio-injection"), label_value("enabled")),
    }
}

/// The recipe: httpbin behind a gateway in the mesh, with the chart's objects patched.
pub(crate) fn recipe() -> Model {
    let mut model = nothing();
    model.mesh = Some(mesh());
    model.namespaces = vec![
        namespace(
            "envoy-gateway-system",
            Manage::Patch,
            &[("istio-injection", "enabled")],
        ),
        namespace("httpbin", Manage::Create, &[("istio-injection", "enabled")]),
    ];
    model.control_plane.xds_is_tls = Some(SOMEWHERE);
    let mut proxy = envoy_proxy("data-plane-sidecars");
    proxy.routes_to_service = Some(SOMEWHERE);
    proxy.pod_annotations = labels(
        &[("traffic.sidecar.istio.io/includeInboundPorts", "")],
        |value| wrote(value.to_owned()),
    );
    model.envoy_proxy = Some(proxy);
    let mut https = listener("https", Protocol::Https, 443);
    https.certificates = vec![secret("httpbin-credential", "httpbin")];
    let listeners = vec![listener("http", Protocol::Http, 80), https];
    model.gateways = vec![gateway("apps", "httpbin", listeners)];
    let to_httpbin = vec![backend("httpbin", "httpbin", 8000)];
    let mut get = rule(vec![on_prefix("/httpbin/")], to_httpbin);
    get.rewrite_host = Some(left("httpbin.httpbin.svc.cluster.local".to_owned()));
    get.rewrite_path = Some(PathModifier::Prefix(path("/")));
    model.routes = vec![route(RouteKind::Http, "httpbin", "httpbin", vec![get])];
    model.peer_authentications = vec![PeerAuthentication {
        name: name("default"),
        namespace: label("istio-system"),
        selector: BTreeMap::new(),
        mode: Some(at(MtlsMode::Strict)),
        ports: BTreeMap::new(),
        origin: SOMEWHERE,
    }];
    model
}

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
        name: name("metrics"),
        namespace: label("shop"),
        selector: labels(&[("app", "shop")], label_value),
        mode: Some(at(MtlsMode::Permissive)),
        ports: BTreeMap::from([(8080, MtlsMode::Strict), (9090, MtlsMode::Disable)]),
        origin: SOMEWHERE,
    }];
    model.authorization_policies = vec![AuthorizationPolicy {
        name: name("shop"),
        namespace: label("shop"),
        selector: labels(&[("app", "shop")], label_value),
        allow: vec![
            wrote(Principal::Identity("cluster.local/ns/a/sa/b".to_owned())),
            wrote(Principal::Identity("cluster.local/ns/c/sa/d".to_owned())),
            wrote(Principal::Namespace(label("monitoring"))),
        ],
        dry_run: true,
        origin: SOMEWHERE,
    }];
    model.virtual_services = vec![VirtualService {
        name: name("shop"),
        namespace: label("shop"),
        hosts: vec![host("*.example.com"), host("www.example.com")],
        destinations: BTreeMap::from([
            (Port(80), "web.shop.svc.cluster.local".to_owned()),
            (Port(8000), "api.shop.svc.cluster.local".to_owned()),
        ]),
        export_to: vec![label("envoy-gateway-system")],
        origin: SOMEWHERE,
    }];
    model.service_entries = vec![ServiceEntry {
        name: name("shop"),
        namespace: label("shop"),
        hosts: vec![host("www.example.com")],
        ports: vec![Port(8000), Port(8080)],
        export_to: vec![label("envoy-gateway-system")],
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
            annotations: labels(&[("example.com/kind", "null")], str::to_owned),
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
                    key: LabelKey::new("kubernetes.io/metadata.name"),
                    operator: at(Operator::In),
                    values: vec![label_value("web"), label_value("no")],
                }),
                at(LabelRequirement {
                    key: LabelKey::new("edge"),
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
        annotations: labels(&[("example.com/owner", "web: the team")], str::to_owned),
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
            service: name("shadow"),
            namespace: left(label("shop")),
            port: left(Port(8080)),
            percent: Some(at(0)),
        },
        Mirror {
            service: name("audit"),
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
    route.annotations = labels(&[("example.com/note", "a #b")], str::to_owned);
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

fn full_security_policy() -> SecurityPolicy {
    let url = |text: &str| at(Url::new(text));
    SecurityPolicy {
        name: name("web"),
        namespace: label("shop"),
        target: PolicyTarget {
            kind: TargetKind::HttpRoute,
            name: name("web"),
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

/// The least of each kind: all that can be left out is.
pub(crate) fn least() -> Model {
    let mut model = nothing();
    model.mesh = Some(mesh());
    model.control_plane.class.manage = wrote(Manage::Create);
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
        name: name("nothing"),
        namespace: label("shop"),
        selector: BTreeMap::new(),
        mode: None,
        ports: BTreeMap::new(),
        origin: SOMEWHERE,
    }];
    model.authorization_policies = vec![AuthorizationPolicy {
        name: name("shop"),
        namespace: label("shop"),
        selector: BTreeMap::new(),
        allow: vec![wrote(Principal::Namespace(label("monitoring")))],
        dry_run: false,
        origin: SOMEWHERE,
    }];
    model.virtual_services = vec![VirtualService {
        name: name("shop"),
        namespace: label("shop"),
        hosts: vec![host("www.example.com")],
        destinations: BTreeMap::from([(Port(80), "web.shop.svc.cluster.local".to_owned())]),
        export_to: Vec::new(),
        origin: SOMEWHERE,
    }];
    model
}
