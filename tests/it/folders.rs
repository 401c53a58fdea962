//! What the rendered folders of the examples hold, and what becomes of them without a mesh.

use std::collections::BTreeSet;
use std::fs;

use gatewright::diag::Report;
use gatewright::input::FileSet;
use gatewright::kube::ObjectId;
use gatewright::pipeline::{self, Inputs};
use gatewright::render::Templates;
use gatewright::source::{Pos, Sources, read_text};
use serde_json::{Value, json};

use crate::generator::{Config, yaml};
use crate::golden::example;
use crate::program::repository;
use crate::rendering::{Rendered, accepted, is_a};

#[test]
fn manifests_hold_objects_and_nothing_else() {
    let seeds = (0..30).map(|seed| {
        let Config {
            mut value,
            mut choices,
            ..
        } = Config::of_seed(seed);
        // Other layouts name files otherwise.
        value["spec"].as_object_mut().unwrap().remove("output");
        accepted(&yaml(&value, &mut choices))
    });
    for rendered in ["httpbin", "httpbin-oidc"]
        .into_iter()
        .map(example)
        .chain(seeds)
    {
        let mut listed = BTreeSet::new();
        for (path, text) in rendered.files() {
            if !path.starts_with("manifests/") {
                continue;
            }
            assert!(is_a(&path, "yaml"), "{path}");
            let read = read_text(&text.as_str().into(), Pos::new(0));
            let id = ObjectId::read(read.documents[0].tree.root());
            let id = id.unwrap_or_else(|(error, _)| panic!("{path}: {error}"));
            let ours = ["Kustomization", "Component", "IstioOperator"];
            assert!(!ours.contains(&id.kind.as_str()), "{path}");
            let folder = match id.namespace {
                None => "_cluster".to_owned(),
                Some(name) if name.starts_with(|c: char| c.is_ascii_digit()) => {
                    format!("_ns-{name}")
                }
                Some(name) => name,
            };
            assert!(path.starts_with(&format!("manifests/{folder}/")), "{path}");
            listed.insert(path);
        }
        let kustomization: Value =
            serde_yaml::from_str(&rendered.files()["kustomization.yaml"]).unwrap();
        let resources = kustomization["resources"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let resources: BTreeSet<String> = resources
            .iter()
            .map(|path| path.as_str().unwrap().to_owned())
            .collect();
        assert_eq!(resources, listed);
    }
}

/// The example `httpbin` without its mesh.
fn without_mesh() -> Rendered {
    let read =
        |name: &str| fs::read_to_string(repository().join("examples/httpbin").join(name)).unwrap();
    let mut config: Value = serde_yaml::from_str(&read("gatewright.yaml")).unwrap();
    config["spec"].as_object_mut().unwrap().remove("mesh");
    let text = yaml(&config, &mut crate::generator::Choices::given(Vec::new()));
    let beside = read("httpbin.yaml");
    let inputs = Inputs {
        files: FileSet::in_memory(&[("edge.yaml", &text)], &[("httpbin.yaml", &beside)]),
        templates: Templates::built_in(),
    };
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let output = pipeline::render(&inputs, &mut sources, &mut report).unwrap();
    Rendered {
        output: output.unwrap(),
        target: example("httpbin").target,
    }
}

#[test]
fn without_a_mesh_exactly_what_the_mesh_needs_is_gone() {
    let (with, without) = (example("httpbin").files(), without_mesh().files());
    let gone: Vec<&str> = with
        .keys()
        .filter(|path| !without.contains_key(*path))
        .map(String::as_str)
        .collect();
    let expected = [
        "install/istio-operator.yaml",
        "install/istiod-values.yaml",
        "manifests/envoy-gateway-system/envoyproxy-data-plane-sidecars.yaml",
        "manifests/istio-system/peerauthentication-default.yaml",
        "patches/gatewayclass-teg.yaml",
        "patches/kustomization.yaml",
        "patches/namespace-envoy-gateway-system.yaml",
        "patches/service-envoy-gateway.yaml",
    ];
    assert_eq!(gone, expected);
    let new: Vec<&String> = without
        .keys()
        .filter(|path| !with.contains_key(*path))
        .collect();
    assert!(new.is_empty(), "{new:?}");

    let read = |text: &str| -> Value { serde_yaml::from_str(text).unwrap() };
    let mut changed = Vec::new();
    for (path, text) in without.iter().filter(|(path, _)| is_a(path, "yaml")) {
        let (mut before, after) = (read(&with[path]), read(text));
        if before == after {
            continue;
        }
        changed.push(path.as_str());
        match path.as_str() {
            "kustomization.yaml" => {
                let list = before["resources"].as_array_mut().unwrap();
                list.retain(|path| !expected.contains(&path.as_str().unwrap()));
            }
            "manifests/_cluster/namespace-httpbin.yaml" => {
                let metadata = before["metadata"].as_object_mut().unwrap();
                assert_eq!(
                    metadata.remove("labels"),
                    Some(json!({"istio-injection": "enabled"}))
                );
            }
            "manifests/httpbin/httproute-httpbin.yaml" => {
                let rewrite = before
                    .pointer_mut("/spec/rules/0/filters/0/urlRewrite")
                    .unwrap();
                let host = rewrite.as_object_mut().unwrap().remove("hostname");
                assert_eq!(host, Some(json!("httpbin.httpbin.svc.cluster.local")));
            }
            other => panic!("{other} differs"),
        }
        assert_eq!(before, after, "{path}");
    }
    assert_eq!(changed.len(), 3, "{changed:?}");
}
