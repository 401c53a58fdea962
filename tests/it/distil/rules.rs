//! The rules of one `OpenAPI` schema in our words, without its children.

use serde_json::{Map, Value};

/// `OpenAPI`'s words and ours, for what is copied as it is.
const COPIED: &[(&str, &str)] = &[
    ("default", "default"),
    ("enum", "enum"),
    ("maxItems", "maxItems"),
    ("maxLength", "maxLength"),
    ("maxProperties", "maxProperties"),
    ("maximum", "max"),
    ("minItems", "minItems"),
    ("minLength", "minLength"),
    ("minProperties", "minProperties"),
    ("minimum", "min"),
    ("nullable", "nullable"),
    ("pattern", "pattern"),
    ("required", "required"),
    ("type", "type"),
];

/// Formats that an API server checks; `double` and the like say nothing more.
const FORMATS: &[&str] = &["byte", "date-time", "int32", "int64", "ipv4", "ipv6"];

/// What is left out: prose, CEL, children, and what concerns only how changes are merged.
const LEFT_OUT: &[&str] = &[
    "additionalProperties",
    "description",
    "items",
    "properties",
    "title",
    "x-kubernetes-map-type",
    "x-kubernetes-validations",
];

/// The rules of a schema; children are left out.
pub(super) fn rules(schema: &Value) -> Map<String, Value> {
    let schema = schema.as_object().expect("a schema");
    let mut out = Map::new();
    let int_or_string = schema.get("x-kubernetes-int-or-string") == Some(&Value::Bool(true));
    for (key, value) in schema {
        if let Some((_, ours)) = COPIED.iter().find(|(theirs, _)| theirs == key) {
            out.insert((*ours).to_owned(), value.clone());
            continue;
        }
        match key.as_str() {
            "format" if FORMATS.contains(&value.as_str().unwrap()) => {
                out.insert(key.clone(), value.clone());
            }
            // What these say is taken from beside them, or says nothing.
            "allOf" | "format" | "x-kubernetes-int-or-string" | "x-kubernetes-list-map-keys" => {}
            "x-kubernetes-preserve-unknown-fields" => {
                out.insert("open".into(), value.clone());
            }
            "x-kubernetes-list-type" => match value.as_str().unwrap() {
                "map" => {
                    out.insert("list".into(), schema["x-kubernetes-list-map-keys"].clone());
                }
                "set" => {
                    out.insert("list".into(), "set".into());
                }
                _ => {}
            },
            "anyOf" if int_or_string => {}
            "anyOf" | "oneOf" => {
                let parts = value.as_array().unwrap().iter().map(part).collect();
                out.insert(key.clone(), Value::Array(parts));
            }
            "not" => {
                out.insert(key.clone(), part(value));
            }
            _ => assert!(
                LEFT_OUT.contains(&key.as_str()),
                "a word we do not know: {key}"
            ),
        }
    }
    if let Some(parts) = schema.get("allOf") {
        all_of(&mut out, parts, int_or_string);
    }
    if int_or_string {
        out.insert("type".into(), "intOrString".into());
    }
    sort_sets(&mut out);
    out
}

/// Folds into the schema itself what can be: enums are intersected, the rest is copied if new.
fn all_of(out: &mut Map<String, Value>, parts: &Value, int_or_string: bool) {
    let mut kept = Vec::new();
    for found in parts.as_array().unwrap() {
        let found = part(found);
        let map = found.as_object().unwrap();
        if int_or_string && map.keys().all(|key| key == "anyOf") {
            continue;
        }
        let only = |key: &str| map.len() == 1 && map.contains_key(key);
        if only("enum") {
            let new = map["enum"].as_array().unwrap();
            match out.get_mut("enum").and_then(Value::as_array_mut) {
                Some(old) => old.retain(|value| new.contains(value)),
                None => {
                    out.insert("enum".into(), map["enum"].clone());
                }
            }
        } else if only("pattern") && !out.contains_key("pattern") {
            out.insert("pattern".into(), map["pattern"].clone());
        } else {
            kept.push(found);
        }
    }
    if !kept.is_empty() {
        out.insert("allOf".into(), kept.into());
    }
}

/// A part of a rule: its own rules and those of the fields that it speaks of.
fn part(schema: &Value) -> Value {
    let mut out = rules(schema);
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        let fields = fields
            .iter()
            .map(|(name, field)| (name.clone(), part(field)));
        let mut fields: Vec<_> = fields.collect();
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        out.insert("fields".into(), Value::Object(fields.into_iter().collect()));
    }
    out.into()
}

/// Sorts what has no order, so that a new order upstream is no change.
fn sort_sets(out: &mut Map<String, Value>) {
    for key in ["enum", "required"] {
        if let Some(list) = out.get_mut(key).and_then(Value::as_array_mut) {
            list.sort_by_key(Value::to_string);
            list.dedup();
        }
    }
}
