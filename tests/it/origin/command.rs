//! What the command and `render --map` say.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::cli::{GOOD, bad, write};
use crate::program::{Said, gatewright};

/// A config with a redirect, a weight that is left out, labels of the mesh and an object of the
/// user's own.
const EDGE: &str = "\
apiVersion: gatewright.dev/v1alpha1
kind: Edge
metadata: {name: shop}
spec:
  mesh: {mode: sidecar}
  resources: [app.yaml]
  services:
    - {name: web, namespace: shop, inMesh: true, ports: [{port: 8000, protocol: http}]}
    - {name: next, namespace: shop, ports: [8000]}
  gateways:
    - name: apps
      namespace: shop
      labels: {example.com/team: web}
      listeners:
        - {name: http, protocol: HTTP, port: 80, redirectTo: https}
        - {name: https, protocol: HTTPS, port: 443, tls: {secret: web-tls}}
  routes:
    - name: web
      namespace: shop
      parents: [{gateway: apps}]
      hostnames: [www.example.com, example.com]
      rules:
        - name: old
          match: {pathPrefix: /old}
          redirect: {pathPrefix: /new, status: 301}
        - match: {pathPrefix: /}
          backends:
            - {service: web, weight: 90}
            - {service: next}
";

const APP: &str = "\
# Ours.
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
data:
  greeting: hello
";

fn said(words: &[&str]) -> Said {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", EDGE), ("app.yaml", APP)]);
    let words = [&["origin", "-f", "edge.yaml"], words].concat();
    gatewright(&words).within(scratch.path()).said()
}

#[test]
fn telling_fields() {
    let mut page = EDGE.to_owned();
    for words in [
        ["httproute/web", "spec.hostnames[1]"],
        [
            "httproutes.gateway.networking.k8s.io/shop/web",
            "spec.rules[1].backendRefs[name=web].filters",
        ],
        [
            "HTTPRoute/shop/web",
            "spec.rules[1].backendRefs[name=next].weight",
        ],
        [
            "HTTPRoute/shop/web",
            "spec.rules[0].filters[0].requestRedirect",
        ],
        ["httproute/apps-http-redirect", "spec.rules[0]"],
        ["patches/namespace-shop.yaml", "metadata.labels"],
        ["gateway/apps", r#"metadata.labels["example.com/team"]"#],
        ["gateway/shop/apps", "spec.gatewayClassName"],
        ["envoyproxies/data-plane-sidecars", "metadata.namespace"],
        ["configmap/settings", "data.greeting"],
    ] {
        let said = said(&words);
        assert_eq!((said.code, &*said.err), (0, ""), "{words:?}");
        let _ = write!(
            page,
            "\n$ gatewright origin {}\n{}",
            words.join(" "),
            said.out
        );
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("origin_fields", page);
    });
}

#[test]
fn what_cannot_be_told() {
    let mut page = String::new();
    for words in [
        &["httproute/wbe"][..],
        &["httpruote/shop/web"],
        &["HTTPRoute/other/web"],
        &["nothing"],
        &["gateway/apps", "spec.listener[name=https]"],
        &["gateway/apps", "spec.listeners[name=htps].port"],
        &["gateway/apps", "spec.listeners[0"],
        &["patches/namespace-x.yaml"],
    ] {
        let said = said(words);
        assert_eq!((said.code, &*said.out), (2, ""), "{words:?}");
        let _ = write!(
            page,
            "$ gatewright origin {}\n{}\n",
            words.join(" "),
            said.err
        );
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("origin_mistakes", page);
    });
}

#[test]
fn several_objects_of_a_name_are_listed() {
    let scratch = tempfile::tempdir().unwrap();
    let listeners = "listeners: [{name: http, protocol: HTTP, port: 80}]";
    let second = format!("    - {{name: apps, namespace: other, {listeners}}}\n  routes:");
    let parent = GOOD.replace("{gateway: apps}", "{gateway: apps, namespace: shop}");
    write(
        scratch.path(),
        &[("edge.yaml", &parent.replace("  routes:", &second))],
    );
    let run = |object: &str| {
        gatewright(&["origin", "-f", "edge.yaml", object])
            .within(scratch.path())
            .said()
    };
    let said = run("gateway/apps");
    assert_eq!(said.code, 2);
    for name in ["several", "Gateway/shop/apps", "Gateway/other/apps"] {
        assert!(said.err.contains(name), "{}", said.err);
    }
    assert_eq!(run("gateway/other/apps").code, 0);
}

#[test]
fn for_programs_and_with_colours() {
    let json = said(&[
        "gateway/apps",
        "spec.listeners[name=https].port",
        "--format",
        "json",
    ]);
    let value: Value = serde_json::from_str(&json.out).unwrap();
    let field = &value["documents"][0]["fields"][0];
    assert_eq!(field["path"], "spec.listeners[name=https].port");
    assert_eq!(field["value"], 443);
    assert_eq!(field["from"][0]["places"][0]["file"], "edge.yaml");
    assert_eq!(field["from"][0]["places"][0]["line"], 16);
    assert_eq!(field["from"][0]["places"][0]["column"], 48);
    let colours = said(&["gateway/apps", "--color", "always"]);
    assert!(colours.out.contains("\u{1b}[1m"), "{}", colours.out);
}

#[test]
fn a_config_with_mistakes_has_findings_and_no_origins() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", &bad())]);
    let said = gatewright(&["origin", "-f", "edge.yaml", "gateway/apps"])
        .within(scratch.path())
        .said();
    assert_eq!((said.code, &*said.out), (1, ""));
    assert!(said.err.contains("namespce"), "{}", said.err);
}

#[test]
fn a_users_template_is_named_by_its_path() {
    let scratch = tempfile::tempdir().unwrap();
    let template = "\
apiVersion: v1
kind: Service
metadata:
  name: {{ name }}
  namespace: {{ namespace }}
spec:
  {%- for at in [port] if at %}

  ports: [{port: {{ at }}, appProtocol: tls}]
  {% endfor %}
";
    write(
        scratch.path(),
        &[
            ("edge.yaml", EDGE),
            ("app.yaml", APP),
            ("own/control_plane_service.yaml.j2", template),
        ],
    );
    let words = ["origin", "-f", "edge.yaml", "--templates", "own"];
    let object = ["service/envoy-gateway", "spec.ports[0]"];
    let said = gatewright(&[&words[..], &object[..]].concat())
        .within(scratch.path())
        .said();
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out.contains("own/control_plane_service.yaml.j2:9"),
        "{}",
        said.out
    );
    assert!(said.out.contains("edge.yaml:5:16"), "{}", said.out);
}

#[test]
fn the_map_goes_beside_what_is_rendered() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", EDGE), ("app.yaml", APP)]);
    let run = |words: &[&str]| {
        let words = [&["render", "-f", "edge.yaml"], words].concat();
        gatewright(&words).within(scratch.path()).said()
    };
    let to_file = run(&["-o", "out", "--map", "map.json"]);
    assert_eq!((to_file.code, &*to_file.out), (0, ""), "{}", to_file.err);
    let map = fs::read_to_string(scratch.path().join("map.json")).unwrap();
    let to_stdout = run(&["-o", "out", "--map", "-"]);
    assert_eq!(to_stdout.out, map);
    assert!(!map.contains(scratch.path().to_str().unwrap()));
    let value: Value = serde_json::from_str(&map).unwrap();
    for document in value["documents"].as_array().unwrap() {
        let file = document["file"].as_str().unwrap();
        assert!(scratch.path().join("out").join(file).is_file(), "{file}");
    }
    let stream = run(&["--map", "map.json"]);
    assert_eq!(stream.code, 0, "{}", stream.err);
    assert!(stream.out.contains("kind: HTTPRoute"));
    for words in [&["--map", "-"][..], &["-o", "out", "--check", "--map", "-"]] {
        let said = run(words);
        assert_eq!((said.code, &*said.out), (2, ""), "{words:?}");
        assert!(said.err.contains("standard output"), "{}", said.err);
    }
    assert_eq!(run(&["-o", "out", "--map", "no/map.json"]).code, 2);
    let file = |name: &str| fs::read_to_string(scratch.path().join(name)).unwrap();
    for input in ["edge.yaml", "out/../app.yaml"] {
        let said = run(&["--map", input]);
        assert_eq!((said.code, &*said.out), (2, ""), "{input}");
        assert!(said.err.contains("which is no map"), "{}", said.err);
    }
    assert_eq!((&*file("edge.yaml"), &*file("app.yaml")), (EDGE, APP));
}

#[test]
fn the_map_replaces_nothing_but_a_map() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", EDGE), ("app.yaml", APP)]);
    write(
        scratch.path(),
        &[("other.json", "{\"version\": 1}"), ("empty", "")],
    );
    let run = |words: &[&str]| {
        let words = [&["render", "-f", "edge.yaml"], words].concat();
        gatewright(&words).within(scratch.path()).said()
    };
    for (map, code) in [
        ("edge.yaml", 2),
        ("app.yaml", 2),
        ("other.json", 2),
        ("empty", 0),
        // Now it is one.
        ("empty", 0),
    ] {
        let path = scratch.path().join(map);
        let before = fs::read(&path).unwrap();
        let said = run(&["--map", map]);
        assert_eq!(said.code, code, "{map}: {}", said.err);
        if code == 2 {
            assert_eq!(fs::read(&path).unwrap(), before);
            let headline = format!("gatewright: the map would replace `{map}`, which is no map\n");
            assert!(said.err.starts_with(&headline), "{}", said.err);
        }
    }
    // What was rendered is no map either, and is told before anything is written.
    assert_eq!(run(&["-o", "out"]).code, 0);
    let said = run(&["-o", "out", "--map", "out/RUNBOOK.md"]);
    assert!(said.err.contains("which is no map"), "{}", said.err);
    assert_eq!(run(&["-o", "out", "--check"]).code, 0);
}
