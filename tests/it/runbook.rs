//! The pages for a few models, read as a person would.

use std::collections::BTreeMap;

use gatewright::config::{
    Channel, Defaults, Delivery, DeployMode, Distribution, DnsLabel, EnvoyGatewayVersion,
    FromNamespaces, GatewayApiVersion, Hostname, Inject, IstioVersion, LabelKey, LabelValue,
    Manage, MtlsMode, ObjectName, OutboundTrafficPolicy, PathText, Port, Protocol, TrustDomain,
    Url,
};
use gatewright::diag::Report;
use gatewright::model::{
    AllowedNamespaces, Backend, ControlPlane, EnvoyProxy, Gateway, GatewayClass, Listener, Match,
    Mesh, MeshMode, Model, Namespace, Oidc, Output, ParentRef, PathMatch, PathModifier,
    PeerAuthentication, PolicyTarget, ProxyIdentity, Route, RouteKind, Rule, SecretRef,
    SecurityPolicy, TargetKind, Timeouts, Versions,
};
use gatewright::plan::{KINDS, plan};
use gatewright::render::{Templates, render};
use gatewright::source::{Located, Origin, Pos, Sourced};

const DEFAULT: Origin = Origin::Default("test");

fn located<T>(value: T) -> Located<T> {
    Located::new(value, Pos::NONE)
}

fn default<T>(value: T) -> Sourced<T> {
    Sourced::default(value, "test")
}

fn name(text: &str) -> ObjectName {
    ObjectName::new(text)
}

fn label(text: &str) -> DnsLabel {
    DnsLabel::new(text)
}

/// The model of the recipe: TEG, sidecars by the namespace's label, STRICT.
fn recipe() -> Model {
    let injection = (
        LabelKey::new("istio-injection"),
        LabelValue("enabled".to_owned()),
    );
    let in_mesh = |text: &str, manage| Namespace {
        name: label(text),
        manage: default(manage),
        labels: BTreeMap::from([(injection.0.clone(), default("enabled".to_owned()))]),
        origin: DEFAULT,
    };
    Model {
        name: "httpbin".to_owned(),
        versions: Versions {
            envoy_gateway: EnvoyGatewayVersion::V1_9,
            gateway_api: GatewayApiVersion::V1_6,
            channel: Channel::Standard,
            istio: IstioVersion::V1_30,
        },
        defaults: default(Defaults::Explicit),
        output: Output::default(),
        control_plane: ControlPlane {
            distribution: default(Distribution::Teg),
            namespace: default(label("envoy-gateway-system")),
            deploy_mode: default(DeployMode::ControllerNamespace),
            delivery: default(Delivery::Patch),
            class: GatewayClass {
                name: default(name("teg")),
                manage: default(Manage::Patch),
            },
            xds_is_tls: Some(DEFAULT),
        },
        mesh: Some(Mesh {
            mode: located(MeshMode::Sidecar),
            inject: default(Inject::Namespace),
            revision: None,
            root_namespace: default(label("istio-system")),
            trust_domain: default(TrustDomain::new("cluster.local")),
            cluster_domain: default(name("cluster.local")),
            native_sidecars: default(true),
            outbound: default(OutboundTrafficPolicy::AllowAny),
            namespace_label: injection.clone(),
        }),
        namespaces: vec![
            in_mesh("envoy-gateway-system", Manage::Patch),
            in_mesh("httpbin", Manage::Create),
        ],
        envoy_proxy: Some(EnvoyProxy {
            name: default(name("data-plane-sidecars")),
            namespace: default(label("envoy-gateway-system")),
            pod_labels: BTreeMap::new(),
            pod_annotations: BTreeMap::new(),
            routes_to_service: Some(DEFAULT),
            replicas: None,
            cpu: None,
            memory: None,
            log_level: None,
            service_account: None,
            service: None,
            origin: DEFAULT,
        }),
        gateways: vec![gateway()],
        routes: vec![route()],
        reference_grants: Vec::new(),
        security_policies: Vec::new(),
        peer_authentications: vec![PeerAuthentication {
            name: default(name("default")),
            namespace: default(label("istio-system")),
            selector: BTreeMap::new(),
            mode: Some(located(MtlsMode::Strict)),
            ports: BTreeMap::new(),
            origin: DEFAULT,
        }],
        authorization_policies: Vec::new(),
        virtual_services: Vec::new(),
        service_entries: Vec::new(),
        resources: Vec::new(),
        tests: Vec::new(),
    }
}

fn gateway() -> Gateway {
    let listener = |text: &str, protocol, port, certificates| Listener {
        name: located(name(text)),
        protocol: located(protocol),
        port: located(Port(port)),
        hostname: None,
        certificates,
        allowed_routes: AllowedNamespaces {
            from: default(FromNamespaces::Same),
            selector: None,
        },
        redirects: false,
    };
    let secret = SecretRef {
        name: default(name("httpbin-credential")),
        namespace: default(label("httpbin")),
        hostnames: Vec::new(),
    };
    Gateway {
        name: located(name("apps")),
        namespace: located(label("httpbin")),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        listeners: vec![
            listener("http", Protocol::Http, 80, Vec::new()),
            listener("https", Protocol::Https, 443, vec![secret]),
        ],
        proxy: ProxyIdentity::new(
            DeployMode::ControllerNamespace,
            &label("envoy-gateway-system"),
            &label("httpbin"),
            &name("apps"),
            None,
        ),
    }
}

fn route() -> Route {
    Route {
        kind: RouteKind::Http,
        kind_origin: DEFAULT,
        name: default(name("httpbin")),
        namespace: default(label("httpbin")),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        parents: vec![ParentRef {
            gateway: 0,
            name: default(name("apps")),
            namespace: default(label("httpbin")),
            section_name: None,
        }],
        hostnames: vec![located(Hostname::new("www.example.com"))],
        rules: vec![Rule {
            name: None,
            matches: vec![Match {
                path: Some(PathMatch::Prefix(located(PathText::new("/httpbin/")))),
                ..Match::default()
            }],
            request_headers: None,
            response_headers: None,
            redirect: None,
            rewrite_host: Some(default("httpbin.httpbin.svc.cluster.local".to_owned())),
            rewrite_path: Some(PathModifier::Prefix(located(PathText::new("/")))),
            mirrors: Vec::new(),
            timeouts: Timeouts::default(),
            backends: vec![Backend {
                service: located(name("httpbin")),
                namespace: default(label("httpbin")),
                port: default(Port(8000)),
                weight: default(1),
                rewrite_host: None,
            }],
            origin: DEFAULT,
        }],
    }
}

/// Takes out of a model what resolving adds for the mesh.
fn without_mesh(mut model: Model) -> Model {
    model.mesh = None;
    model.control_plane.xds_is_tls = None;
    model.envoy_proxy = None;
    model
        .namespaces
        .retain(|namespace| namespace.manage.value == Manage::Create);
    for namespace in &mut model.namespaces {
        namespace.labels.clear();
    }
    model.peer_authentications.clear();
    model
}

/// The text of every planned file whose path has this beginning.
fn rendered(model: &Model, path: &str) -> String {
    let mut report = Report::default();
    let documents = render(
        plan(model, &mut report),
        &Templates::built_in(),
        &mut report,
    );
    assert!(report.is_empty(), "{report:?}");
    let mut texts = String::new();
    for document in &documents.documents {
        let file = document.artifact.to_string();
        if file.starts_with(path) {
            if path.ends_with('/') {
                texts.extend(["# ", &file, "\n"]);
            }
            texts.push_str(&document.text);
        }
    }
    texts
}

/// What every page must have, whatever it is about.
fn assert_well_formed(page: &str) {
    assert!(!page.contains("{{") && !page.contains("{%"), "{page}");
    assert!(!page.contains("\n\n\n"), "two blank lines: {page}");
    assert_eq!(page.matches("```").count() % 2, 0, "{page}");
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else {
            assert!(
                !inside || !line.is_empty(),
                "a blank line in a block: {page}"
            );
        }
        assert_eq!(line, line.trim_end(), "{page}");
    }
}

/// The shell's own word on every command of a page.
fn assert_commands_parse(page: &str) {
    let mut script = String::new();
    let mut inside = false;
    for line in page.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => script.extend([line, "\n"]),
            _ => {}
        }
    }
    let output = std::process::Command::new("sh")
        .args(["-n", "-c", &script])
        .output()
        .expect("sh is there");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_recipe() {
    let page = rendered(&recipe(), "RUNBOOK.md");
    insta::assert_snapshot!(page);
    assert_well_formed(&page);
    assert_commands_parse(&page);
}

#[test]
fn without_a_mesh_nothing_of_it_is_left() {
    let page = rendered(&without_mesh(recipe()), "RUNBOOK.md");
    assert_well_formed(&page);
    for word in ["stio", "mesh", "sidecar", "STRICT", "spiffe", "inject"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
    assert_eq!(rendered(&without_mesh(recipe()), "install/"), "");
}

#[test]
fn ambient_with_a_revision() {
    let mut model = recipe();
    model.control_plane.distribution = default(Distribution::EnvoyGateway);
    model.control_plane.class.manage = default(Manage::Create);
    model.control_plane.xds_is_tls = None;
    let mesh = model.mesh.as_mut().unwrap();
    mesh.mode = located(MeshMode::Ambient);
    mesh.revision = Some(located(label("stable")));
    mesh.cluster_domain = Sourced::written(name("example.internal"), Pos::NONE);
    let page = rendered(&model, "RUNBOOK.md");
    assert_well_formed(&page);
    assert!(
        !page.replace("data-plane-sidecars", "").contains("sidecar"),
        "{page}"
    );
    insta::assert_snapshot!(rendered(&model, "install/"));
}

#[test]
fn values_for_the_charts() {
    let mut model = recipe();
    model.control_plane.delivery = default(Delivery::HelmValues);
    model.control_plane.deploy_mode = default(DeployMode::GatewayNamespace);
    let mesh = model.mesh.as_mut().unwrap();
    mesh.outbound = Sourced::written(OutboundTrafficPolicy::RegistryOnly, Pos::NONE);
    mesh.trust_domain = Sourced::written(TrustDomain::new("example.org"), Pos::NONE);
    mesh.root_namespace = Sourced::written(label("istio-config"), Pos::NONE);
    mesh.native_sidecars = Sourced::written(false, Pos::NONE);
    let teg = rendered(&model, "install/");
    model.control_plane.distribution = default(Distribution::EnvoyGateway);
    let upstream = rendered(&model, "install/envoy-gateway-values.yaml");
    insta::assert_snapshot!(format!("{teg}# the same for upstream\n{upstream}"));
    assert_well_formed(&rendered(&model, "RUNBOOK.md"));
}

/// TEG's template is the other one under a key, so neither may change alone.
#[test]
fn the_templates_of_both_charts_say_the_same() {
    let text = |stem: &str| KINDS.iter().find(|kind| kind.stem == stem).unwrap().text;
    let nested: String = text("envoy_gateway_values")
        .lines()
        .flat_map(|line| {
            [
                "  ", line, "
",
            ]
        })
        .collect();
    assert_eq!(text("teg_values"), format!("gateway-helm:\n{nested}"));
}

#[test]
fn a_login_and_pods_that_carry_the_label() {
    let mut model = recipe();
    model.mesh.as_mut().unwrap().inject = default(Inject::Pod);
    model.control_plane.xds_is_tls = None;
    model.namespaces.remove(0);
    model.security_policies.push(SecurityPolicy {
        name: default(name("httpbin")),
        namespace: default(label("httpbin")),
        target: PolicyTarget {
            kind: TargetKind::HttpRoute,
            name: default(name("httpbin")),
        },
        oidc: Oidc {
            issuer: located(Url::new("https://accounts.example.com")),
            client_id: located("it's me".to_owned()),
            secret: located(name("httpbin-oidc")),
            secret_namespace: default(label("httpbin")),
            redirect_url: None,
            logout_path: default(PathText::new("/logout")),
            scopes: Vec::new(),
            cookie_domain: None,
            forward_access_token: default(false),
        },
        origin: DEFAULT,
    });
    let page = rendered(&model, "RUNBOOK.md");
    assert_well_formed(&page);
    assert!(
        page.contains("https://www.example.com/oauth2/callback"),
        "{page}"
    );
    assert!(
        page.contains("the authorization endpoint of https://accounts.example.com"),
        "{page}"
    );
    assert!(!page.contains("patch service"), "{page}");
    assert!(!page.contains("rollout restart deployment/"), "{page}");
}

#[test]
fn requests_say_what_the_rule_asks_for() {
    let mut model = recipe();
    let route = &mut model.routes[0];
    route.hostnames = vec![located(Hostname::new("*.example.com"))];
    route.rules[0].matches[0] = Match {
        path: Some(PathMatch::Exact(located(PathText::new("/a b")))),
        method: Some(located(gatewright::config::Method::Post)),
        ..Match::default()
    };
    let page = rendered(&model, "RUNBOOK.md");
    let request = r#"curl -sS -i --max-time 10 --resolve "www.example.com:443:$ADDRESS" --cacert "$TLS_DIR/ca.crt" -X POST 'https://www.example.com/a b'"#;
    assert!(page.contains(request), "{page}");
}

/// A namespace that takes plaintext must take it before the mesh refuses it.
#[test]
fn only_what_refuses_traffic_comes_last() {
    let mut model = recipe();
    model.peer_authentications.push(PeerAuthentication {
        name: default(name("default")),
        namespace: default(label("legacy")),
        selector: BTreeMap::new(),
        mode: Some(located(MtlsMode::Permissive)),
        ports: BTreeMap::new(),
        origin: DEFAULT,
    });
    let page = rendered(&model, "RUNBOOK.md");
    assert!(page.contains("! -path 'manifests/istio-system/peerauthentication-default.yaml'"));
    assert!(!page.contains("manifests/legacy"), "{page}");
}

/// The text between two others.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}

/// At no step may a protected application answer without its login.
#[test]
fn routes_never_stand_without_their_policies() {
    let config = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/snapshots/it__golden__example_httpbin-oidc_runbook.snap"
    );
    let page = std::fs::read_to_string(config).unwrap();
    let rollback = between(&page, "## Rollback", "The class");
    let at = |stem: &str| rollback.find(&format!("'{stem}-*.yaml'")).expect(stem);
    assert!(at("httproute") < at("gateway") && at("gateway") < at("securitypolicy"));
    let apply = between(&page, "traffic flows already", "On an empty cluster");
    let apart = apply.find("! -name 'httproute-*.yaml'").unwrap();
    let then = apply
        .find("find manifests -name 'httproute-*.yaml'")
        .unwrap();
    assert!(apart < then);
    assert!(page.contains("may be live before its policy"));
}

#[test]
fn namespaces_that_nothing_makes_are_asked_for() {
    let mut model = recipe();
    model.routes[0].rules[0].backends[0].namespace = default(label("payments"));
    let page = rendered(&model, "RUNBOOK.md");
    assert_well_formed(&page);
    assert_commands_parse(&page);
    let create = "kubectl get namespace payments || kubectl create namespace payments";
    assert!(page.contains(create), "{page}");
    let first = "kubectl get namespace envoy-gateway-system httpbin payments --show-labels";
    assert!(page.contains(first), "{page}");
}

#[test]
fn own_manifests_stay_when_routes_are_removed() {
    let mut model = recipe();
    let text = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: own, namespace: httpbin}\n";
    let mut sources = gatewright::source::Sources::new();
    let id = sources.add("own.yaml", text).unwrap();
    let source = sources.get(id);
    let mut report = Report::default();
    model.resources = gatewright::model::Resource::take_up(source, Pos::NONE, &mut report);
    let page = rendered(&model, "RUNBOOK.md");
    let delete = "find manifests -name 'httproute-*.yaml' ! -path 'manifests/httpbin/httproute-own.yaml' -exec kubectl delete";
    assert!(page.contains(delete), "{page}");
}
