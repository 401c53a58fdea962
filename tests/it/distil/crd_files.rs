//! Reads the files of CRDs.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// What we take from a CRD.
pub(super) struct Crd {
    pub(super) group: String,
    pub(super) kind: String,
    pub(super) scope: String,
    /// Name and schema of every served version, the most stable one first.
    pub(super) versions: Vec<(String, Value)>,
}

/// Orders versions as Kubernetes does: `v2`, `v1`, `v1beta1`, `v1alpha3`, `v1alpha2`.
pub(super) fn stability(version: &str) -> (u32, u32, u32) {
    let rest = version.strip_prefix('v').unwrap();
    let (major, stage, minor) = ["beta", "alpha"]
        .iter()
        .zip([1, 0])
        .find_map(|(word, stage)| rest.split_once(word).map(|(a, b)| (a, stage, b)))
        .unwrap_or((rest, 2, "0"));
    (stage, major.parse().unwrap(), minor.parse().unwrap())
}

/// The CRDs of all files in a folder, without kinds that have no served version.
pub(super) fn read(folder: &Path) -> Vec<Crd> {
    let mut crds = Vec::new();
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}; see schema/crds/fetch.sh", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        for document in serde_yaml::Deserializer::from_str(&text) {
            let document = Value::deserialize(document).unwrap();
            if document["kind"] == "CustomResourceDefinition" {
                crds.push(read_one(&document["spec"]));
            }
        }
    }
    crds.retain(|crd| !crd.versions.is_empty());
    crds
}

fn read_one(spec: &Value) -> Crd {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let versions = spec["versions"].as_array().unwrap();
    let served = versions.iter().filter(|version| version["served"] == true);
    let mut versions: Vec<_> = served
        .map(|v| (word(&v["name"]), v["schema"]["openAPIV3Schema"].clone()))
        .collect();
    versions.sort_by_key(|(name, _)| std::cmp::Reverse(stability(name)));
    Crd {
        group: word(&spec["group"]),
        kind: word(&spec["names"]["kind"]),
        scope: word(&spec["scope"]),
        versions,
    }
}
