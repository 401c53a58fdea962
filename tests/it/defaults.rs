//! `output.defaults`: what is written out is what the API server would fill in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::{env, fs};

use gatewright::kube::{ObjectId, facts, with_defaults};
use gatewright::source::{Pos, read_text};
use proptest::prelude::*;
use serde::Deserialize as _;
use serde_json::{Value, json};

use crate::generator::{Config, configs, yaml};
use crate::properties::settings;
use crate::rendering::{Rendered, accepted, value};

/// The config with its defaults written out, and with them left out.
fn both(config: &Config) -> (Rendered, Rendered) {
    let mut texts = ["explicit", "implicit"].into_iter().map(|defaults| {
        let mut value = config.value.clone();
        value["spec"]["output"] = json!({"defaults": defaults});
        accepted(&yaml(&value, &mut config.choices.clone()))
    });
    (texts.next().unwrap(), texts.next().unwrap())
}

proptest! {
    #![proptest_config(settings(32))]

    #[test]
    fn explicit_is_implicit_with_the_defaults_of_the_facts(config in configs()) {
        let (explicit, implicit) = both(&config);
        let expected = explicit.objects();
        let files = implicit.files();
        assert_eq!(expected.keys().collect::<Vec<_>>(), implicit.objects().keys().collect::<Vec<_>>());
        for (path, expected) in &expected {
            let text: Arc<str> = Arc::from(files[path].as_str());
            let read = read_text(&text, Pos::new(0));
            let root = read.documents[0].tree.root();
            let id = ObjectId::read(root).unwrap();
            let Some(facts) = facts(&id.group, &id.kind) else { continue };
            let filled = with_defaults(root, facts, &implicit.target);
            assert_eq!(&value(filled.root()), expected, "{path}");
        }
    }

    #[test]
    fn explicit_is_implicit_with_the_defaults_of_the_crds(config in configs()) {
        let (explicit, implicit) = both(&config);
        let expected = explicit.objects();
        for (path, mut object) in implicit.objects() {
            let version = object["apiVersion"].as_str().unwrap();
            let key = (version.to_owned(), object["kind"].as_str().unwrap().to_owned());
            if let Some(schema) = CRDS.get(&key) {
                fill(&mut object, schema);
                // The server's word on the object, which no manifest says.
                object.as_object_mut().unwrap().remove("status");
                assert_eq!(object, expected[&path], "{path}");
            }
        }
    }
}

/// The schemas of CRD files by `apiVersion` and kind; empty, where there are no such files.
static CRDS: LazyLock<BTreeMap<(String, String), Value>> = LazyLock::new(|| {
    let shared = env::var_os("GATEWRIGHT_SHARED").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = shared.unwrap_or_else(beside).join("crds");
    let mut schemas = BTreeMap::new();
    for part in ["envoy-gateway", "gateway-api-head/standard", "istio"] {
        let Ok(files) = fs::read_dir(folder.join(part)) else {
            println!(
                "no CRD files at {}: only our own facts are held against",
                folder.display()
            );
            return BTreeMap::new();
        };
        for file in files {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            for document in serde_yaml::Deserializer::from_str(&text) {
                let crd = Value::deserialize(document).unwrap();
                if crd["kind"] != "CustomResourceDefinition" {
                    continue;
                }
                for version in crd["spec"]["versions"].as_array().unwrap() {
                    let group = crd["spec"]["group"].as_str().unwrap();
                    let name = format!("{group}/{}", version["name"].as_str().unwrap());
                    let kind = crd["spec"]["names"]["kind"].as_str().unwrap().to_owned();
                    schemas.insert((name, kind), version["schema"]["openAPIV3Schema"].clone());
                }
            }
        }
    }
    schemas
});

/// Fills defaults in as the API server does: on the way down, into what is there.
fn fill(value: &mut Value, schema: &Value) {
    match value {
        Value::Object(map) => {
            if let Some(fields) = schema["properties"].as_object() {
                for (name, field) in fields {
                    if let (false, Some(default)) = (map.contains_key(name), field.get("default")) {
                        map.insert(name.clone(), default.clone());
                    }
                    if let Some(value) = map.get_mut(name) {
                        fill(value, field);
                    }
                }
            }
            if schema["additionalProperties"].is_object() {
                let values = map.values_mut();
                values.for_each(|value| fill(value, &schema["additionalProperties"]));
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| fill(item, &schema["items"])),
        _ => {}
    }
}
