//! `output.layout` and `output.fileName`: the same objects under other names.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use gatewright::sinks::{Folder, write_list, write_stream};
use proptest::prelude::*;
use serde::Deserialize as _;
use serde_json::{Value, json};

use crate::cli::write;
use crate::generator::{Config, configs, yaml};
use crate::kustomize::kubectl;
use crate::program::gatewright;
use crate::properties::settings;
use crate::rendering::{Rendered, accepted, render, render_beside};

/// A template by which objects of a namespace share a file.
const SHARED: &str = "{{ namespace or 'cluster' }}.yaml";

/// What `spec.output` says in each of the layouts.
fn outputs() -> Vec<Value> {
    vec![
        json!({"layout": "namespace"}),
        json!({"layout": "kustomize"}),
        json!({"layout": "kind"}),
        json!({"layout": "stream"}),
        json!({"fileName": SHARED}),
        json!({"fileName": "{{ group or 'core' }}/{{ version }}/{{ kind | lower }}/{{ namespace | default('', true) }}_{{ name | replace(':', '_') }}.yml"}),
        json!({"layout": "stream", "phases": ["flux"]}),
        json!({"fileName": SHARED, "phases": ["flux"]}),
    ]
}

fn with_output(config: &Config, output: &Value) -> Rendered {
    let mut value = config.value.clone();
    value["spec"]["output"] = output.clone();
    accepted(&yaml(&value, &mut config.choices.clone()))
}

/// All documents of a text.
fn documents(text: &str) -> Vec<Value> {
    let documents = serde_yaml::Deserializer::from_str(text);
    let values = documents.map(|document| Value::deserialize(document).unwrap());
    values.filter(|value| !value.is_null()).collect()
}

fn name(object: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let version = text(&object["apiVersion"]);
    let group = version.rsplit_once('/').map_or("", |(group, _)| group);
    let metadata = &object["metadata"];
    let (kind, namespace) = (text(&object["kind"]), text(&metadata["namespace"]));
    format!("{group} {kind} {namespace} {}", text(&metadata["name"]))
}

/// Every object below `manifests/`, by its name, and the order in which `kustomization.yaml` lists
/// them.
fn objects(rendered: &Rendered) -> (BTreeMap<String, Value>, Vec<String>) {
    let files = rendered.files();
    let list: Value = serde_yaml::from_str(&files["kustomization.yaml"]).unwrap();
    let listed = list["resources"].as_array().unwrap();
    let listed: Vec<&str> = listed.iter().map(|path| path.as_str().unwrap()).collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    let manifests = files.keys().filter(|path| path.starts_with("manifests/"));
    assert_eq!(sorted, manifests.map(String::as_str).collect::<Vec<_>>());
    let mut found = BTreeMap::new();
    let mut order = Vec::new();
    for path in listed {
        for object in documents(&files[path]) {
            order.push(name(&object));
            let twin = found.insert(name(&object), object);
            assert_eq!(twin, None, "twice in {path}");
        }
    }
    (found, order)
}

fn stream(rendered: &Rendered) -> String {
    let mut bytes = Vec::new();
    write_stream(&rendered.output, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #![proptest_config(settings(16))]

    #[test]
    fn every_layout_holds_the_same_objects(config in configs()) {
        let (expected, order) = objects(&with_output(&config, &json!({})));
        for output in outputs() {
            let rendered = with_output(&config, &output);
            let (found, listed) = objects(&rendered);
            prop_assert_eq!(&found, &expected, "{}", &output);
            if output.get("phases").is_none() && output.get("fileName") != Some(&json!(SHARED)) {
                prop_assert_eq!(&listed, &order, "{}", &output);
            }
        }
        let one = with_output(&config, &json!({"layout": "stream"}));
        let text = &one.files()["manifests/all.yaml"];
        prop_assert_eq!(text, &stream(&one));
        prop_assert_eq!(text, &stream(&with_output(&config, &json!({}))));
    }

    #[test]
    fn a_json_list_holds_the_stream_in_its_order(config in configs()) {
        let rendered = with_output(&config, &json!({}));
        let mut bytes = Vec::new();
        write_list(&rendered.output, &mut bytes).unwrap();
        let list: Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(&list["kind"], "List");
        prop_assert_eq!(&list["apiVersion"], "v1");
        let items = list["items"].as_array().unwrap();
        prop_assert_eq!(items, &documents(&stream(&rendered)));
    }
}

/// A config with objects in several namespaces and without one, and an object of the user's.
const CONFIG: &str = r"
apiVersion: gatewright.dev/v1alpha1
kind: Edge
metadata: {name: shop}
spec:
  controlPlane: {gatewayClass: {manage: create}}
  mesh: {mode: sidecar, mtls: {mesh: STRICT, namespaces: {legacy: PERMISSIVE}}}
  namespaces: [{name: shop, manage: create}]
  services:
    - {name: cart, namespace: shop, inMesh: true, ports: [{port: 8080, protocol: http}]}
  resources: [own.yaml]
  gateways:
    - name: apps
      namespace: edge
      listeners:
        - {name: http, protocol: HTTP, port: 80, allowedRoutes: {from: All}}
  routes:
    - name: cart
      namespace: shop
      parents: [{gateway: apps, namespace: edge}]
      hostnames: [www.example.com]
      rules:
        - backends: [{service: cart}]
  output: OUTPUT
";

/// The user's own: comments, notation and an annotation that is carried already.
const OWN: &str = "\
# Ours.
apiVersion: v1
kind: Namespace # of the shop
metadata:
  name: legacy
  annotations:
    argocd.argoproj.io/sync-wave: '-5' # before all
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {on: 'yes', port: '012'}
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  ports:
  # The only one.
  - {port: 8080, name: http}
";

fn config(output: &Value) -> Result<Rendered, String> {
    let text = CONFIG.replace("OUTPUT", &output.to_string());
    render_beside(&[("edge.yaml", &text)], &[("own.yaml", OWN)])
}

#[test]
fn the_names_of_kustomize_are_those_of_kubectl() {
    for several in [true, false] {
        let rendered = if several {
            config(&json!({"layout": "kustomize"})).unwrap()
        } else {
            accepted(
                "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: {name: a}\nspec:\n  \
                 output: {layout: kustomize}\n  gateways:\n  - {name: apps, namespace: a, \
                 listeners: [{name: http, protocol: HTTP, port: 80}]}\n",
            )
        };
        let scratch = tempfile::tempdir().unwrap();
        Folder::new(scratch.path().join("edge"))
            .write(&rendered.output)
            .unwrap();
        fs::create_dir(scratch.path().join("built")).unwrap();
        let words = ["kustomize", "edge", "--output", "built"];
        if kubectl(scratch.path(), &words).is_none() {
            return;
        }
        assert_eq!(
            names(&scratch.path().join("edge/manifests")),
            names(&scratch.path().join("built"))
        );
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn everything_is_ordered_as_kubectl_orders_it() {
    for output in outputs() {
        let rendered = config(&output).unwrap();
        let scratch = tempfile::tempdir().unwrap();
        Folder::new(scratch.path()).write(&rendered.output).unwrap();
        let Some(built) = kubectl(scratch.path(), &["kustomize", "."]) else {
            return;
        };
        let built: Vec<String> = documents(&built).iter().map(name).collect();
        let plain = config(&json!({})).unwrap();
        let streamed: Vec<String> = documents(&stream(&plain)).iter().map(name).collect();
        assert_eq!(built, streamed, "{output}");
        if output == json!({"layout": "stream"}) {
            let file = documents(&rendered.files()["manifests/all.yaml"]);
            assert_eq!(file.iter().map(name).collect::<Vec<_>>(), built);
        }
        if output == json!({"layout": "namespace"}) {
            assert_eq!(objects(&rendered).1, built);
        }
    }
}

/// Where an object's annotations stand.
fn annotations(rendered: &Rendered) -> BTreeMap<String, Value> {
    let objects = objects(rendered).0.into_iter();
    objects
        .map(|(name, object)| (name, object["metadata"]["annotations"].clone()))
        .collect()
}

#[test]
fn phases_and_protection_are_told_by_annotations_and_folders() {
    let both = json!(["argocd", "flux"]);
    let rendered = config(&json!({"phases": both, "protect": both})).unwrap();
    let mut shown = String::new();
    for (path, text) in rendered.files() {
        if path.starts_with("manifests/") || path == "kustomization.yaml" {
            let _ = write!(shown, "======== {path}\n{text}");
        }
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("phases_and_protection", shown);
    });
    let annotations = annotations(&rendered);
    let legacy = &annotations[" Namespace  legacy"];
    assert_eq!(legacy["argocd.argoproj.io/sync-wave"], "-5");
    assert_eq!(legacy["kustomize.toolkit.fluxcd.io/prune"], "disabled");
    // Without being asked there are none.
    let plain = crate::layouts::annotations(&config(&json!({})).unwrap());
    for (name, found) in plain {
        let own = name == " Namespace  legacy";
        let count = found.as_object().map_or(0, serde_json::Map::len);
        assert_eq!(count, usize::from(own), "{name} {found}");
    }
}

#[test]
fn an_annotation_that_does_not_protect_is_told_with_what_would() {
    let scratch = tempfile::tempdir().unwrap();
    let text = CONFIG.replace("OUTPUT", r#"{"protect": ["argocd", "flux"]}"#);
    for (annotation, help) in [
        (
            "kustomize.toolkit.fluxcd.io/prune: enabled",
            "Write `disabled`, or take it off.",
        ),
        (
            "argocd.argoproj.io/sync-options: Replace=true",
            "Add `Prune=false,Delete=false` to its value, or take it off.",
        ),
    ] {
        let own = OWN.replace("argocd.argoproj.io/sync-wave: '-5'", annotation);
        write(scratch.path(), &[("edge.yaml", &text), ("own.yaml", &own)]);
        let said = gatewright(&["render", "-f", "edge.yaml"])
            .within(scratch.path())
            .said();
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.err.contains(help), "{}", said.err);
    }
}

#[test]
fn each_mistake_of_a_file_name_is_told_at_its_place() {
    let mut shown = String::new();
    for template in [
        "{{ nmae }}.yaml",
        "{{ name }",
        "../{{ name }}.yaml",
        "/{{ name }}.yaml",
        "{{ name }}.json",
        "{{ kind }}/kustomization.yaml",
        "{{ namespace }}.yaml",
        "{{ labels.team }}.yaml",
        "{{ labels }}.yaml",
        "{{ 'A' if name == 'cart' else 'a' }}.yaml",
        "{{ name }}.yaml{{ '/x.yaml' if kind == 'Service' else '' }}",
        "{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}x.yaml",
        "",
        ".yaml",
        "{{ kind }}/.{{ name }}.yaml",
    ] {
        let text = CONFIG.replace("OUTPUT", &json!({"fileName": template}).to_string());
        let own = OWN.replace("{on:", "{a:");
        let words = render_beside(&[("edge.yaml", &text)], &[("own.yaml", &own)]).err();
        let words = words.unwrap_or_else(|| panic!("{template} was accepted"));
        assert!(!words.contains("own.yaml"), "{template}: {words}");
        let _ = writeln!(shown, "#### {template}\n{words}");
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("file_name_mistakes", shown);
    });
    let deep = format!("{}.yaml", "a/".repeat(600));
    assert!(config(&json!({"fileName": deep})).is_err());
}

#[test]
fn stdout_takes_no_notice_of_file_names() {
    let render = |output: &str| {
        let text = CONFIG
            .replace("OUTPUT", output)
            .replace("  resources: [own.yaml]\n", "");
        render(&[("edge.yaml", &text)]).map(|rendered| stream(&rendered))
    };
    assert_eq!(render("{layout: stream}"), render("{layout: kind}"));
}

/// The lines of the fenced shell blocks of a page.
fn shell(page: &str) -> String {
    let mut inside = false;
    let mut lines = String::new();
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside {
            lines += line;
            lines.push('\n');
        }
    }
    lines
}

/// The runbook's commands take objects out of whatever files there are.
#[test]
fn the_runbook_names_no_files_where_files_do_not_name_objects() {
    let rendered = config(&json!({"layout": "stream"})).unwrap();
    let page = &rendered.files()["RUNBOOK.md"];
    assert!(
        !page.contains("manifests/") || !page.contains("find manifests"),
        "{page}"
    );
    let commands = shell(page);
    let function = commands.find("objects() {").unwrap();
    let function = &commands[function..function + commands[function..].find("\n}\n").unwrap() + 3];
    let scratch = tempfile::tempdir().unwrap();
    Folder::new(scratch.path()).write(&rendered.output).unwrap();
    let piped: Vec<&str> = commands
        .lines()
        .filter(|line| line.starts_with("kubectl kustomize . | objects"))
        .collect();
    assert!(piped.len() > 5, "{piped:#?}");
    let mut shown = String::new();
    for line in piped {
        let (objects, end) = line.rsplit_once(" | ").unwrap();
        assert!(end.starts_with("kubectl apply") || end.starts_with("kubectl delete"));
        let script = format!(
            "{function}cat manifests/all.yaml | {}",
            &objects["kubectl kustomize . | ".len()..]
        );
        let output = std::process::Command::new("sh")
            .args(["-eu", "-c", &script])
            .current_dir(scratch.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let found = documents(&String::from_utf8(output.stdout).unwrap());
        assert!(!found.is_empty(), "{line}");
        let _ = writeln!(shown, "{line}");
        for object in found {
            let _ = writeln!(shown, "  {}", name(&object));
        }
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("runbook_of_a_stream", shown);
    });
}

/// The list under the real tool, which takes it apart in its order.
#[test]
fn kubectl_takes_the_list() {
    let rendered = config(&json!({})).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let mut bytes = Vec::new();
    write_list(&rendered.output, &mut bytes).unwrap();
    fs::write(scratch.path().join("list.json"), bytes).unwrap();
    fs::write(scratch.path().join("stream.yaml"), stream(&rendered)).unwrap();
    let labelled = |file: &str| {
        let file = format!("--filename={file}");
        let words = ["label", "--local", &file, "tried=yes", "--output=yaml"];
        kubectl(scratch.path(), &words)
    };
    let Some(of_list) = labelled("list.json") else {
        return;
    };
    assert_eq!(of_list, labelled("stream.yaml").unwrap());
}
