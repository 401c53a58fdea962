//! The rendered folders under kubectl's kustomize, where there is a kubectl.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use gatewright::kube::{ObjectId, facts};
use gatewright::plan::patch_uses;
use gatewright::sinks::Folder;
use gatewright::source::{Pos, read_text};
use serde::Deserialize as _;
use serde_json::{Value, json};

use crate::golden::example;

/// Output of kubectl; none, where there is none.
pub(crate) fn kubectl(folder: &Path, words: &[&str]) -> Option<String> {
    let output = match Command::new("kubectl")
        .args(words)
        .current_dir(folder)
        .output()
    {
        Ok(output) => output,
        Err(error) => {
            println!("no kubectl here ({error}): kustomize is not tried");
            return None;
        }
    };
    let (out, err) = (
        String::from_utf8(output.stdout),
        String::from_utf8(output.stderr),
    );
    assert!(
        output.status.success(),
        "kubectl {words:?}: {}",
        err.unwrap()
    );
    Some(out.unwrap())
}

/// Documents by kind and name.
fn by_name(text: &str) -> BTreeMap<String, Value> {
    let documents = serde_yaml::Deserializer::from_str(text);
    let values = documents.map(|document| Value::deserialize(document).unwrap());
    let named = values.filter(|value| !value.is_null()).map(|value| {
        let (kind, metadata) = (value["kind"].as_str().unwrap(), &value["metadata"]);
        let namespace = metadata["namespace"].as_str().unwrap_or_default();
        (
            format!("{kind} {namespace}/{}", metadata["name"].as_str().unwrap()),
            value,
        )
    });
    named.collect()
}

#[test]
fn kustomize_builds_exactly_the_objects() {
    for name in ["httpbin", "httpbin-oidc"] {
        let scratch = tempfile::tempdir().unwrap();
        let rendered = example(name);
        Folder::new(scratch.path()).write(&rendered.output).unwrap();
        let Some(built) = kubectl(scratch.path(), &["kustomize", "."]) else {
            return;
        };
        let files = rendered.files().into_iter();
        let objects = files.filter(|(path, _)| path.starts_with("manifests/"));
        let texts: Vec<String> = objects.map(|(_, text)| text).collect();
        assert_eq!(by_name(&built), by_name(&texts.join("---\n")));
    }
}

/// What the charts make of the objects that the recipe patches.
const OWNED: &str = "\
apiVersion: v1
kind: Namespace
metadata:
  name: envoy-gateway-system
  labels: {owner: platform}
---
apiVersion: v1
kind: Service
metadata: {name: envoy-gateway, namespace: envoy-gateway-system}
spec:
  selector: {control-plane: envoy-gateway}
  ports:
  - {name: grpc, port: 18000, targetPort: 18000}
  - {name: ratelimit, port: 18001, targetPort: 18001}
  - {name: wasm, port: 18002, targetPort: 18002}
  - {name: metrics, port: 19001, targetPort: 19001}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: teg}
spec: {controllerName: gateway.envoyproxy.io/gatewayclass-controller}
";

fn assert_patched(objects: &BTreeMap<String, Value>) {
    let service = &objects["Service envoy-gateway-system/envoy-gateway"];
    let ports = service["spec"]["ports"].as_array().unwrap();
    assert_eq!(ports.len(), 4, "{ports:?}");
    for port in ports {
        let number = port["port"].as_i64().unwrap();
        let expected = if number == 18000 {
            json!("tls")
        } else {
            Value::Null
        };
        assert_eq!(port["appProtocol"], expected, "{port}");
        assert_eq!(port["targetPort"], port["port"]);
        assert!(port["name"].is_string());
    }
    assert_eq!(
        service["spec"]["selector"],
        json!({"control-plane": "envoy-gateway"})
    );
}

#[test]
fn the_patches_serve_as_a_component() {
    let scratch = tempfile::tempdir().unwrap();
    Folder::new(scratch.path().join("edge"))
        .write(&example("httpbin").output)
        .unwrap();
    fs::write(scratch.path().join("owned.yaml"), OWNED).unwrap();
    let overlay = "resources: [owned.yaml]\ncomponents: [edge/patches]\n";
    fs::write(scratch.path().join("kustomization.yaml"), overlay).unwrap();
    let Some(built) = kubectl(scratch.path(), &["kustomize", "."]) else {
        return;
    };
    let objects = by_name(&built);
    assert_eq!(objects.len(), 3);
    assert_patched(&objects);
    let labels = &objects["Namespace /envoy-gateway-system"]["metadata"]["labels"];
    assert_eq!(
        labels,
        &json!({"owner": "platform", "istio-injection": "enabled"})
    );
    let class = &objects["GatewayClass /teg"]["spec"];
    assert_eq!(
        class["controllerName"],
        "gateway.envoyproxy.io/gatewayclass-controller"
    );
    let parameters = json!({
        "group": "gateway.envoyproxy.io",
        "kind": "EnvoyProxy",
        "name": "data-plane-sidecars",
        "namespace": "envoy-gateway-system",
    });
    assert_eq!(class["parametersRef"], parameters);
}

#[test]
fn the_service_patch_serves_kubectl_patch() {
    let scratch = tempfile::tempdir().unwrap();
    Folder::new(scratch.path())
        .write(&example("httpbin").output)
        .unwrap();
    let service = OWNED.split("---\n").nth(1).unwrap();
    fs::write(scratch.path().join("service.yaml"), service).unwrap();
    let words = [
        "patch",
        "--local",
        "--filename=service.yaml",
        "--type=strategic",
        "--patch-file=patches/service-envoy-gateway.yaml",
        "--output=yaml",
    ];
    if let Some(patched) = kubectl(scratch.path(), &words) {
        assert_patched(&by_name(&patched));
    }
}

/// Each patch of the recipe under `kubectl patch`, with the type that the runbook names.
#[test]
fn every_patch_serves_kubectl_patch_unchanged() {
    let scratch = tempfile::tempdir().unwrap();
    let rendered = example("httpbin");
    Folder::new(scratch.path()).write(&rendered.output).unwrap();
    let owned: Vec<&str> = OWNED.split("---\n").collect();
    for (file, object, kind) in [
        ("namespace-envoy-gateway-system", owned[0], "strategic"),
        ("service-envoy-gateway", owned[1], "strategic"),
        ("gatewayclass-teg", owned[2], "merge"),
    ] {
        let page = &rendered.files()["RUNBOOK.md"];
        assert!(page.contains(&format!("--type {kind} --patch-file patches/{file}.yaml")));
        fs::write(scratch.path().join("object.yaml"), object).unwrap();
        let words = [
            "patch",
            "--local",
            "--filename=object.yaml",
            &format!("--type={kind}"),
            &format!("--patch-file=patches/{file}.yaml"),
            "--output=yaml",
        ];
        let Some(patched) = kubectl(scratch.path(), &words) else {
            return;
        };
        let overlay =
            format!("resources: [object.yaml]\npatches: [{{path: patches/{file}.yaml}}]\n");
        let folder = scratch.path().join("overlay");
        fs::create_dir_all(folder.join("patches")).unwrap();
        fs::write(folder.join("kustomization.yaml"), overlay).unwrap();
        fs::write(folder.join("object.yaml"), object).unwrap();
        let patch = format!("patches/{file}.yaml");
        fs::copy(scratch.path().join(&patch), folder.join(&patch)).unwrap();
        let built = kubectl(&folder, &["kustomize", "."]).unwrap();
        assert_eq!(by_name(&patched), by_name(&built), "{file}");
        assert_ne!(by_name(&patched), by_name(object), "{file}");
    }
}

/// A custom resource whose list merges by key on the server: what the tools do with a part of it.
#[test]
fn lists_of_custom_resources_are_replaced_by_what_knows_no_keys() {
    let scratch = tempfile::tempdir().unwrap();
    let head = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: apps}\n";
    let file = |name: &str, text: &str| {
        fs::write(scratch.path().join(name), format!("{head}{text}")).unwrap();
    };
    let object = "spec: {listeners: [{name: a, port: 80}, {name: b, port: 81}]}\n";
    let patch = "spec: {listeners: [{name: a, port: 8080}]}\n";
    file("object.yaml", object);
    file("patch.yaml", patch);
    let overlay = "resources: [object.yaml]\npatches: [{path: patch.yaml}]\n";
    fs::write(scratch.path().join("kustomization.yaml"), overlay).unwrap();
    let merge = [
        "patch",
        "--local",
        "--filename=object.yaml",
        "--type=merge",
        "--patch-file=patch.yaml",
        "--output=yaml",
    ];
    let Some(patched) = kubectl(scratch.path(), &merge) else {
        return;
    };
    let built = kubectl(scratch.path(), &["kustomize", "."]).unwrap();
    for text in [patched, built] {
        let listeners = &by_name(&text)["Gateway /apps"]["spec"]["listeners"];
        assert_eq!(listeners, &json!([{"name": "a", "port": 8080}]));
    }
    // Which is why such a patch is said to serve in server-side apply alone.
    let text = format!("{head}{patch}");
    let read = read_text(&text.as_str().into(), Pos::new(0));
    let group = "gateway.networking.k8s.io";
    let uses = patch_uses(
        group,
        facts(group, "Gateway"),
        read.documents[0].tree.root(),
    );
    assert_eq!(uses.ways(), ["server-side apply"]);
}

/// Operations serve kubectl and kustomize.
#[test]
fn operations_are_for_kubectl_patch_and_kustomize() {
    let scratch = tempfile::tempdir().unwrap();
    let service = OWNED.split("---\n").nth(1).unwrap();
    fs::write(scratch.path().join("object.yaml"), service).unwrap();
    let patch = "- {op: add, path: /spec/ports/0/appProtocol, value: tls}\n";
    fs::write(scratch.path().join("patch.yaml"), patch).unwrap();
    let overlay =
        "resources: [object.yaml]\npatches: [{path: patch.yaml, target: {kind: Service}}]\n";
    fs::write(scratch.path().join("kustomization.yaml"), overlay).unwrap();
    let words = [
        "patch",
        "--local",
        "--filename=object.yaml",
        "--type=json",
        "--patch-file=patch.yaml",
        "--output=yaml",
    ];
    let Some(patched) = kubectl(scratch.path(), &words) else {
        return;
    };
    let built = kubectl(scratch.path(), &["kustomize", "."]).unwrap();
    assert_patched(&by_name(&patched));
    assert_patched(&by_name(&built));
    let read = read_text(&patch.into(), Pos::new(0));
    let uses = patch_uses("", facts("", "Service"), read.documents[0].tree.root());
    assert!(!uses.server_side_apply);
    assert_eq!(uses.ways(), ["`kubectl patch --type json`", "kustomize"]);
}

#[test]
fn the_patches_of_the_recipe_serve_in_every_way() {
    let files = example("httpbin").files();
    let patches = files
        .iter()
        .filter(|(path, _)| path.starts_with("patches/") && !path.ends_with("kustomization.yaml"));
    let mut count = 0;
    for (path, text) in patches {
        let read = read_text(&text.as_str().into(), Pos::new(0));
        let root = read.documents[0].tree.root();
        let id = ObjectId::read(root).unwrap();
        let uses = patch_uses(&id.group, facts(&id.group, &id.kind), root);
        assert!(uses.all(), "{path}: {uses:?}");
        count += 1;
    }
    assert_eq!(count, 3);
}
