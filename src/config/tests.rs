//! Tests of the whole way from texts to the config.

use std::fmt::Write as _;

use super::testing::{case, edge, load_files, load_text, shown};

const RECIPE: &str = r#"
target: {envoyGateway: "1.9", gatewayApi: "1.6", channel: standard, istio: "1.30"}
controlPlane: {distribution: teg, delivery: patch}
mesh: {mode: sidecar, inject: namespace, mtls: {mesh: STRICT}}
services:
  - {name: httpbin, namespace: httpbin, inMesh: true, ports: [{port: 8000, protocol: http}, 9000]}
namespaces: [{name: httpbin, manage: create}]
resources: [httpbin.yaml]
gateways:
  - name: apps
    namespace: httpbin
    listeners:
      - {name: http, protocol: HTTP, port: 80}
      - {name: https, protocol: HTTPS, port: 443, tls: {secret: httpbin-credential}}
routes:
  - name: httpbin
    namespace: httpbin
    parents: [{gateway: apps}]
    hostnames: [www.example.com]
    rules:
      - match: {pathPrefix: /httpbin/, headers: {x-canary: "true"}}
        rewrite: {pathPrefix: /}
        backends: [{service: httpbin, port: 8000}]
tests:
  - request: https://www.example.com/httpbin/get
    expect: {backend: "httpbin/httpbin:8000", upstream: {path: /get}, hop: mtls}
"#;

#[test]
fn the_recipe_decodes() {
    let text = edge(RECIPE);
    let loaded = load_text(&text);
    assert!(loaded.dropped.is_empty());
    let spec = &loaded.edge.spec;
    let rule = &spec.routes[0].rules[0];
    assert_eq!(rule.matches[0].headers[0].name.as_str(), "x-canary");
    assert_eq!(spec.services[0].ports[1].port.to_string(), "9000");
    assert_eq!(
        spec.tests[0].request.url.as_str(),
        "https://www.example.com/httpbin/get"
    );
    let tls = spec.gateways[0].listeners[1].tls.as_ref().unwrap();
    assert_eq!(
        tls.certificates[0].secret.as_ref().unwrap().as_str(),
        "httpbin-credential"
    );
    let at = spec.routes[0].hostnames[0].pos.offset() as usize;
    assert!(text[at..].starts_with("www.example.com"));
}

/// One mistake a line: the id of the only diagnostic, and a `spec`.
const MISTAKES: &[(&str, &str)] = &[
    ("unknown-field", "gatewys: []"),
    (
        "unknown-field",
        "gateways:\n- {name: a, namespace: b, listners: []}",
    ),
    (
        "unknown-field",
        "gateways:\n- name: a\n  namespace: b\n  listeners:\n  - {name: http, protocol: HTTP, port: 80, hostnames: [a.b]}",
    ),
    (
        "unknown-field",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules:\n  - match: {path: /x}",
    ),
    (
        "unknown-field",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  pathPrefix: /x\n  rules: [{}]",
    ),
    ("unknown-field", "proxy: {redirect: {}}"),
    ("unknown-field", "output: {zzz: 1}"),
    ("wrong-type", "gateways: none"),
    ("wrong-type", "gateways: {name: a}"),
    ("wrong-type", "gateways:"),
    ("wrong-type", "mesh: []"),
    (
        "wrong-type",
        "mesh: {mode: sidecar, nativeSidecars: \"true\"}",
    ),
    ("wrong-type", "target: {envoyGateway: 1.9}"),
    ("wrong-type", "proxy: {replicas: \"2\"}"),
    ("wrong-type", "proxy: {replicas: 2.5}"),
    ("wrong-type", "resources: httpbin.yaml"),
    (
        "wrong-type",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  hostnames: www.example.com\n  rules: [{}]",
    ),
    (
        "wrong-type",
        "proxy: {service: {annotations: {example.com/on: true}}}",
    ),
    (
        "wrong-type",
        "tests:\n- {request: 8, expect: {status: 404}}",
    ),
    (
        "wrong-type",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{match: /x}]",
    ),
    (
        "wrong-type",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{match: {headers: {x-canary: 8}}}]",
    ),
    (
        "wrong-type",
        "services: [{name: a, namespace: b, ports: [http]}]",
    ),
    (
        "secret-in-config",
        "gateways: [{name: a, namespace: b, auth: {oidc: {issuer: \"https://a.b\", clientID: c, clientSecret: hunter2}}, listeners: [{name: a, protocol: HTTP, port: 80}]}]",
    ),
    (
        "unknown-field",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  hostname: www.example.com\n  rules: [{}]",
    ),
    (
        "invalid-value",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{redirect: {host: 10.0.0.1}}]",
    ),
    (
        "empty-value",
        "tests:\n- {request: \"\", expect: {status: 404}}",
    ),
    ("unknown-value", "mesh: {mode: sidecars}"),
    (
        "unknown-value",
        "mesh: {mode: sidecar, mtls: {mesh: strict}}",
    ),
    ("unknown-value", "target: {envoyGateway: \"1.5\"}"),
    (
        "unknown-value",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{redirect: {status: 200}}]",
    ),
    ("invalid-value", "namespaces: [{name: Web}]"),
    ("invalid-value", "namespaces: [{name: web_shop}]"),
    ("empty-value", "namespaces: [{name: \"\"}]"),
    (
        "invalid-value",
        "certificates:\n- {name: a, namespace: b, hostnames: [WWW.example.com]}",
    ),
    (
        "invalid-value",
        "certificates:\n- {name: a, namespace: b, hostnames: [\"https://www.example.com/x\"]}",
    ),
    (
        "invalid-value",
        "certificates:\n- {name: a, namespace: b, hostnames: [\"www.example.com:443\"]}",
    ),
    (
        "invalid-value",
        "certificates:\n- {name: a, namespace: b, hostnames: [a_b.example.com]}",
    ),
    (
        "invalid-value",
        "certificates:\n- {name: a, namespace: b, hostnames: [\"*\"]}",
    ),
    (
        "invalid-value",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{timeouts: {request: \"30\"}}]",
    ),
    (
        "invalid-value",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{timeouts: {request: 1.5s}}]",
    ),
    (
        "invalid-value",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{match: {pathPrefix: httpbin}}]",
    ),
    (
        "invalid-value",
        "tests:\n- {request: www.example.com/x, expect: {status: 404}}",
    ),
    (
        "invalid-value",
        "tests:\n- {request: \"http://x/\", expect: {backend: httpbin}}",
    ),
    (
        "out-of-range",
        "services: [{name: a, namespace: b, ports: [70000]}]",
    ),
    (
        "out-of-range",
        "services: [{name: a, namespace: b, ports: [99999999999999999999]}]",
    ),
    (
        "out-of-range",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{backends: [{service: a, weight: -1}]}]",
    ),
    ("missing-field", "gateways:\n- {name: a, namespace: b}"),
    (
        "missing-field",
        "gateways:\n- name: a\n  namespace: b\n  listeners:\n  - {name: http}",
    ),
    ("missing-field", "mesh: {}"),
    (
        "missing-field",
        "routes:\n- name: a\n  namespace: b\n  parents: [{}]\n  rules: [{}]",
    ),
    (
        "too-few-items",
        "routes:\n- {name: a, namespace: b, parents: [], rules: [{}]}",
    ),
    (
        "too-many-items",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{}]\n  hostnames: [a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r]",
    ),
    (
        "too-few-items",
        "mesh: {mode: sidecar, mtls: {workloads: [{name: a, namespace: b, selector: {}}]}}",
    ),
    (
        "invalid-key",
        "mesh: {mode: sidecar, mtls: {namespaces: {Web: STRICT}}}",
    ),
    (
        "invalid-key",
        "namespaces: [{name: web, labels: {\"a b\": x}}]",
    ),
    (
        "invalid-key",
        "mesh: {mode: sidecar, mtls: {workloads: [{name: a, namespace: b, selector: {app: x}, ports: {http: STRICT}}]}}",
    ),
    (
        "both-forms",
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules: [{match: {pathPrefix: /}, matches: [{pathPrefix: /}]}]",
    ),
    (
        "both-forms",
        "gateways:\n- name: a\n  namespace: b\n  listeners:\n  - {name: s, protocol: HTTPS, port: 443, tls: {secret: x, certificates: [{secret: z}]}}",
    ),
    (
        "ambiguous-scalar",
        "mesh: {mode: sidecar, nativeSidecars: yes}",
    ),
    ("ambiguous-scalar", "proxy: {replicas: 012}"),
    (
        "secret-in-config",
        "proxy: {service: {annotations: {a: \"-----BEGIN RSA PRIVATE KEY-----\\nMIIEow\"}}}",
    ),
    ("duplicate-key", "proxy: {replicas: 1, replicas: 2}"),
    ("yaml-syntax", "proxy: {replicas: 1"),
];

#[test]
fn each_mistake_is_told_once() {
    let (mut all, mut wrong) = (String::new(), String::new());
    for (id, spec) in MISTAKES {
        let text = edge(spec);
        let (sources, report, _) = load_files(&[("edge.yaml", &text)]);
        let shown = shown(&sources, &report);
        let ids: Vec<&str> = report.iter().map(|d| d.id).collect();
        if ids != [*id] {
            let _ = write!(wrong, "--- {id} was expected\n{spec}\n{shown}");
        }
        let _ = write!(all, "--- spec\n{spec}\n{shown}");
    }
    assert!(wrong.is_empty(), "{wrong}");
    insta::assert_snapshot!("mistakes", all);
}

#[test]
fn all_mistakes_of_all_files_are_told_in_one_run() {
    let first = edge(
        "gateways:\n- {name: Apps, namespace: a_b, listeners: [{name: x, protocol: http, port: 0}]}",
    );
    let second = "apiVersion: gatewright.dev/v1beta1\nkind: Edge\n";
    let third = "apiVersion: gatewright.dev/v1alpha1\nkind: Edgy\n---\nkind: Edge\n";
    let fourth = "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n---\n- a\n---\na: b\n";
    let fifth = "a: [\n";
    insta::assert_snapshot!(
        "many_files",
        case(
            &[
                ("a.yaml", &first),
                ("b.yaml", second),
                ("c.yaml", third),
                ("d.yaml", fourth),
                ("e.yaml", fifth),
                ("f.yaml", "# nothing\n"),
            ],
            true
        )
    );
}

#[test]
fn a_folder_holds_documents_of_others() {
    let files = [
        ("x/values.yaml", "on: yes\n"),
        (
            "x/service.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: on}\n# gatewright.dev\n",
        ),
        ("x/broken.yaml", "a: [\n"),
    ];
    insta::assert_snapshot!("folder_of_others", case(&files, false));
    let edge = edge("output: {}");
    let mut files = files.to_vec();
    files.push(("x/edge.yaml", &edge));
    let (sources, report, loaded) = super::testing::load_as(&files, false);
    assert!(report.is_empty(), "{}", shown(&sources, &report));
    assert!(loaded.is_some());
}

#[test]
fn what_is_wrong_is_dropped_and_the_rest_stays() {
    let text = edge(
        "services:\n- {name: web, namespace: a, ports: [80, 700000]}\n- {name: Shop, namespace: a, ports: [80]}\n\
         gateways:\n- name: apps\n  namespace: a\n  listeners:\n  - {name: http, protocol: HTTP, port: 80}\n  - {name: https, protocol: HTTPS, port: zero}\n\
         proxy: {replicas: many, logLevel: warn}\nmesh: {inject: pod}\n",
    );
    let (_, report, loaded) = load_files(&[("edge.yaml", &text)]);
    assert_eq!(report.iter().count(), 5);
    let super::Loaded { edge, dropped } = loaded.unwrap();
    assert_eq!(edge.spec.services.len(), 1);
    assert_eq!(edge.spec.services[0].ports.len(), 1);
    assert!(dropped.field(edge.spec.services[0].pos, "ports"));
    assert!(!dropped.field(edge.spec.services[0].pos, "name"));
    assert!(dropped.named("spec.services", "Shop"));
    assert!(!dropped.named("spec.services", "shop"));
    assert!(dropped.named("spec.gateways[].listeners", "https"));
    assert!(dropped.field(edge.spec.gateways[0].pos, "listeners"));
    assert!(edge.spec.mesh.is_none() && dropped.any("spec.mesh"));
    assert!(edge.spec.proxy.replicas.is_none() && edge.spec.proxy.log_level.is_some());
}

#[test]
fn a_mistake_behind_an_alias_is_told_once() {
    let text = edge(
        "namespaces:\n- &a {name: A}\nroutes:\n- {name: a, namespace: b, parents: &p [{gateway: X}], rules: [{}]}\n\
         - {name: c, namespace: b, parents: *p, rules: [{}]}",
    );
    let (sources, report, _) = load_files(&[("edge.yaml", &text)]);
    assert_eq!(report.iter().count(), 2, "{}", shown(&sources, &report));
}

#[test]
fn what_a_short_form_stands_for_is_dropped_under_its_long_name() {
    let text = edge(
        "routes:\n- name: a\n  namespace: b\n  parents: [{gateway: x}]\n  rules:\n  - match: {pathPrefix: 8}\n    backends: [{service: x}]",
    );
    let (_, _, loaded) = load_files(&[("edge.yaml", &text)]);
    let super::Loaded { edge, dropped } = loaded.unwrap();
    let rule = &edge.spec.routes[0].rules[0];
    assert_eq!(rule.backends.len(), 1);
    // The match is there, and what it lacks is known to be missing for a reason.
    assert!(dropped.field(rule.matches[0].pos, "pathPrefix"));
}

#[test]
fn a_secret_is_never_printed() {
    for spec in [
        "proxy: {service: {annotations: {a: \"-----BEGIN PRIVATE KEY-----\\nc2VjcmV0\"}}}",
        "certificates: [{name: \"-----BEGIN EC PRIVATE KEY-----c2VjcmV0\", namespace: 8}]",
        "gateways: \"-----BEGIN EC PRIVATE KEY-----c2VjcmV0\"",
    ] {
        let text = edge(spec);
        let (_, report, _) = load_files(&[("edge.yaml", &text)]);
        assert!(report.iter().any(|d| d.id == "secret-in-config"));
        for diagnostic in report.iter() {
            assert!(
                !format!("{diagnostic:?}").contains("c2VjcmV0"),
                "{diagnostic:?}"
            );
        }
    }
}
