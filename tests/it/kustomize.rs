//! The rendered folders under kubectl's kustomize, where there is a kubectl.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use gatewright::sinks::Folder;
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
