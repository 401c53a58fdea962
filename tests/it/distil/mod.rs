//! Distils the facts under `schema/crds` from the files of CRDs.
//!
//! `schema/crds/fetch.sh FOLDER` gets the files, and lays them out as they are read here:
//! `FOLDER/<product>/<release>/[<channel>/]*.yaml`. Then
//! `GATEWRIGHT_BLESS=1 GATEWRIGHT_CRDS=FOLDER cargo test distil` writes the facts anew, and
//! without `GATEWRIGHT_BLESS` the test says whether the committed ones are the same.

mod canonical;
mod crd_files;
mod merge;
mod rules;
mod share;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use gatewright::kube::{Channel, Edition, Editions, KindFacts, Product};
use serde_json::{Map, Value, json};

use crd_files::Crd;

/// Kinds of these groups are distilled; groups of mere experiments are not.
fn is_wanted(group: &str) -> bool {
    group == "gateway.networking.k8s.io"
        || group == "gateway.envoyproxy.io"
        || group.ends_with(".istio.io")
}

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/crds")
}

#[test]
fn distil() {
    match env::var_os("GATEWRIGHT_CRDS") {
        None => println!("GATEWRIGHT_CRDS is not set: no CRD files to distil the facts from"),
        Some(folder) => {
            let bless = env::var_os("GATEWRIGHT_BLESS").is_some();
            let all = distil_all(Path::new(&folder));
            for (path, text) in &all {
                let file = committed().join(path);
                if bless {
                    fs::create_dir_all(file.parent().unwrap()).unwrap();
                    fs::write(&file, text).unwrap();
                }
                let found = fs::read_to_string(&file).unwrap_or_default();
                assert!(
                    found == *text,
                    "{path} is out of date; run with GATEWRIGHT_BLESS=1"
                );
            }
            let known = files().into_iter().map(|file| relative(&file));
            let extra: Vec<String> = known
                .filter(|f| !f.starts_with("core/") && !all.contains_key(f))
                .collect();
            assert!(extra.is_empty(), "no CRD has these any more: {extra:?}");
        }
    }
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let canonical = canonical::write(&value);
        if env::var_os("GATEWRIGHT_BLESS").is_some() {
            fs::write(&file, &canonical).unwrap();
        } else {
            assert_eq!(canonical, text, "{} is not canonical", file.display());
        }
        if !relative(&file).contains('_') {
            KindFacts::parse(&text).unwrap();
        }
    }
}

fn files() -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(committed()).sort_by_file_name();
    let paths = walk.into_iter().map(|entry| entry.unwrap().into_path());
    paths
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect()
}

fn relative(file: &Path) -> String {
    file.strip_prefix(committed())
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}

/// The text of every file of facts, by its path below `schema/crds`.
fn distil_all(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for product in [Product::EnvoyGateway, Product::GatewayApi, Product::Istio] {
        let channels: &[Channel] = if product.has_channels() {
            &[Channel::Standard, Channel::Experimental]
        } else {
            &[Channel::Standard]
        };
        let mut kinds: BTreeMap<(String, String), Vec<(Edition, Crd)>> = BTreeMap::new();
        for (index, release) in product.releases().iter().enumerate() {
            for channel in channels {
                let mut path = folder.join(product.slug()).join(release.to_string());
                if product.has_channels() {
                    path.push(channel.as_str());
                }
                for crd in crd_files::read(&path)
                    .into_iter()
                    .filter(|crd| is_wanted(&crd.group))
                {
                    let id = (crd.group.clone(), crd.kind.clone());
                    let edition = Edition::at(product, index, *channel);
                    kinds.entry(id).or_default().push((edition, crd));
                }
            }
        }
        for ((group, kind), crds) in kinds {
            let text = canonical::write(&distil_kind(product, &crds));
            all.insert(format!("{group}/{kind}.json"), text);
        }
    }
    all
}

/// The facts of one kind from its CRDs, in the order of editions.
fn distil_kind(product: Product, crds: &[(Edition, Crd)]) -> Value {
    let mut versions: BTreeMap<&str, Editions> = BTreeMap::new();
    for (edition, crd) in crds {
        for (name, _) in &crd.versions {
            let editions = versions.entry(name).or_insert(Editions::NONE);
            *editions = editions.with(*edition);
        }
    }
    let mut versions: Vec<(&str, Editions)> = versions.into_iter().collect();
    versions.sort_by_key(|(name, _)| std::cmp::Reverse(crd_files::stability(name)));
    let versions: Vec<Value> = versions
        .iter()
        .map(|(name, editions)| {
            let text = editions.describe(product);
            if text == ".." {
                json!({"name": name})
            } else {
                json!({"name": name, "in": text})
            }
        })
        .collect();
    let mut schemas: Vec<merge::At> = Vec::new();
    for (edition, crd) in crds {
        for (index, (name, schema)) in crd.versions.iter().enumerate() {
            let version = (index > 0).then_some(&**name);
            schemas.push(merge::At {
                edition: *edition,
                version,
                schema,
            });
        }
    }
    let (_, newest) = crds.last().unwrap();
    let mut file = Map::new();
    file.insert("group".into(), newest.group.as_str().into());
    file.insert("kind".into(), newest.kind.as_str().into());
    file.insert("product".into(), product.slug().into());
    file.insert("scope".into(), newest.scope.as_str().into());
    file.insert("versions".into(), versions.into());
    let (schema, shared) = share::share(merge::merge(product, &schemas));
    file.insert("schema".into(), schema);
    file.insert("shared".into(), shared);
    file.into()
}
