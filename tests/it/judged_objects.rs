//! Objects of upstream test suites whose fate at an API server is known.

use std::path::{Path, PathBuf};
use std::{env, fs};

use gatewright::checks::{Extent, Finding, structure};
use gatewright::kube::{self, Channel, ObjectId, Target};
use serde::Deserialize;
use serde_json::Value;

use crate::trees::tree;

/// The folder of shared test data, if it is there.
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = env::var_os("GATEWRIGHT_SHARED").map_or(beside, PathBuf::from);
    let folder = folder.join("truth/invalid");
    if !folder.join("index.json").is_file() {
        println!(
            "{} is not there: no judged objects to compare with",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

/// The findings in all documents of a file; nothing if a kind is not known.
fn check_file(path: &Path, target: &Target) -> Option<Vec<Finding>> {
    let text = fs::read_to_string(path).unwrap();
    let mut findings = Vec::new();
    for document in serde_yaml::Deserializer::from_str(&text) {
        let document = Value::deserialize(document).unwrap();
        if document.is_null() {
            continue;
        }
        let tree = tree(&document);
        let (version, kind) = ObjectId::read_kind(tree.root()).unwrap();
        // Examples bring Deployments and the like for the routes to lead to.
        let Some(facts) = kube::facts(version.group, kind) else {
            if version.group.contains("gateway") {
                return None;
            }
            continue;
        };
        let mut emit = |finding| findings.push(finding);
        structure(tree.root(), Extent::Whole, facts, target, &mut emit);
    }
    Some(findings)
}

#[test]
fn judged_objects() {
    let Some(folder) = shared() else { return };
    let index = fs::read_to_string(folder.join("index.json")).unwrap();
    let index: Vec<Value> = serde_json::from_str(&index).unwrap();
    let (mut accepted, mut rejected, mut beyond, mut unknown) = (0, 0, 0, 0);
    let mut also_rejected = 0;
    let mut wrong = Vec::new();
    for entry in &index {
        let channel = match entry["channel"].as_str() {
            Some("experimental") => Channel::Experimental,
            _ => Channel::Standard,
        };
        if entry.get("subresource").is_some() {
            unknown += 1;
            continue;
        }
        let path = folder.join(entry["file"].as_str().unwrap());
        let Some(findings) = check_file(&path, &Target::newest(channel)) else {
            unknown += 1;
            continue;
        };
        let id = entry["id"].as_str().unwrap();
        let said: Vec<&str> = findings.iter().map(|f| &*f.diagnostic.headline).collect();
        match (
            entry["valid"] == true,
            findings.is_empty(),
            &entry["hint_schema_rejects"],
        ) {
            (true, true, _) => accepted += 1,
            (true, false, _) => wrong.push(format!("valid, but: {id}\n    {said:?}")),
            // The hint takes null for a value, which an API server does not.
            (false, true, Value::Bool(true)) if entry.get("nulls").is_some() => beyond += 1,
            (false, false, Value::Bool(true)) => rejected += 1,
            (false, true, Value::Bool(true)) => wrong.push(format!("nothing found: {id}")),
            (false, false, _) => {
                also_rejected += 1;
                println!("also rejected: {id}\n    {said:?}");
            }
            (false, true, _) => beyond += 1,
        }
    }
    println!(
        "agree: {accepted} valid, {rejected} invalid by schema, {also_rejected} more invalid; \
         beyond the structure: {beyond}; of unknown kinds: {unknown}; disagree: {}",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
