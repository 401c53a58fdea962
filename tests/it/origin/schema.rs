//! The schema of the map.

use std::fs;

use gatewright::render::OriginMap;
use serde_json::Value;

use super::{cases, traced_case};
use crate::program::repository;

fn schema() -> Value {
    let schema = schemars::schema_for!(OriginMap);
    serde_json::to_value(schema).unwrap()
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = repository().join("schema/map.schema.json");
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("GATEWRIGHT_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == text,
        "schema/map.schema.json is out of date: run GATEWRIGHT_BLESS=1 cargo test"
    );
}

#[test]
fn maps_are_valid_and_the_same_each_time() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (name, text, beside) in cases().into_iter().take(8) {
        let map = || {
            let mut bytes = Vec::new();
            let map = traced_case(&text, &beside).unwrap().map;
            map.write(false, &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let (one, two) = (map(), map());
        assert_eq!(one, two, "{name}");
        let value: Value = serde_json::from_str(&one).unwrap();
        let mistakes: Vec<_> = validator
            .iter_errors(&value)
            .map(|e| e.to_string())
            .collect();
        assert!(mistakes.is_empty(), "{name}: {mistakes:?}");
    }
}
