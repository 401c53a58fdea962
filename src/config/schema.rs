//! The JSON Schema of the config, generated from its types.
//!
//! There are two of them: the *published* one, for editors and `explain`, which has the short
//! forms too, and the *long* one, by which documents are validated once short forms are gone.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::schema_view::View;
use super::sugar_schema::add_short_forms;
use super::{DnsLabel, Edge, HeaderName, LabelKey};

/// Where the published schema is to be found.
const SCHEMA_ID: &str = "https://gatewright.dev/schema/v1alpha1/edge.json";

static PUBLISHED: LazyLock<Value> = LazyLock::new(|| {
    let mut schema = generate();
    add_short_forms(&mut schema);
    schema
});

static LONG: LazyLock<Value> = LazyLock::new(|| {
    let mut schema = generate();
    walk(&mut schema, &mut enumerate);
    schema
});

/// The schema with the short forms, for editors.
pub(super) fn published_schema() -> &'static Value {
    &PUBLISHED
}

/// The published schema as the text of a file.
pub fn published_schema_text() -> String {
    format!("{:#}\n", published_schema())
}

/// The schema of documents without short forms.
pub(super) fn long_schema() -> &'static Value {
    &LONG
}

fn generate() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Edge>().to_value();
    if let Value::Object(root) = &mut schema {
        root.shift_insert(1, "$id".into(), SCHEMA_ID.into());
    }
    let key_forms = [
        schemars::schema_for!(DnsLabel),
        schemars::schema_for!(LabelKey),
        schemars::schema_for!(HeaderName),
    ]
    .map(schemars::Schema::to_value);
    walk(&mut schema, &mut |at| {
        drop_null(at);
        drop_noise(at);
        name_keys(at, &key_forms);
    });
    for name in ["Hostname", "PreciseHostname"] {
        schema["$defs"][name]["not"] = json!({"pattern": IP_ADDRESS});
    }
    schema["$defs"]["LabelKey"]["not"] = json!({"pattern": NO_TEXT});
    add_defaults(&mut schema);
    schema
}

/// What has the form of a hostname, and is none.
const IP_ADDRESS: &str = r"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$";

/// What has the form of a label's key, and is no text to YAML. Kustomize reads such a key as a number,
/// a date, a boolean or null even where it stands in quotes, and fails on the whole document.
pub(super) const NO_TEXT: &str = "^([0-9][0-9_]*(\\.[0-9_]*)?([eE]-?[0-9_]+)?\
    |0[xX][0-9A-Fa-f_]+|0[oObB][0-7_]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\
    |true|True|TRUE|false|False|FALSE|null|Null|NULL)$";

/// An optional field is left out and never null.
fn drop_null(at: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = at.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_mut_slice() {
            let only = only.take();
            at.insert("type".into(), only);
        }
    }
    let Some(Value::Array(alternatives)) = at.get_mut("anyOf") else {
        return;
    };
    alternatives.retain(|alternative| *alternative != json!({"type": "null"}));
    if let [Value::Object(only)] = alternatives.as_mut_slice() {
        let only = std::mem::take(only);
        let place = at.keys().position(|key| key == "anyOf").unwrap_or(0);
        at.shift_remove("anyOf");
        for (key, value) in only.into_iter().rev() {
            if !at.contains_key(&key) {
                at.shift_insert(place.min(at.len()), key, value);
            }
        }
    }
}

/// Line breaks of doc comments, Rust's names of number sizes, and defaults that are empty.
fn drop_noise(at: &mut Map<String, Value>) {
    at.shift_remove("format");
    at.shift_remove("default");
    if let Some(Value::String(text)) = at.get_mut("description") {
        let paragraphs = text.split("\n\n").map(|p| p.replace('\n', " "));
        *text = paragraphs.collect::<Vec<_>>().join("\n\n");
    }
}

/// A map whose keys have a form says so by `propertyNames`, which can carry the form's title.
fn name_keys(at: &mut Map<String, Value>, forms: &[Value]) {
    let Some(Value::Object(by_pattern)) = at.get("patternProperties") else {
        return;
    };
    let Some((pattern, value)) = by_pattern.iter().next() else {
        return;
    };
    let Some(form) = forms.iter().find(|form| form["pattern"] == **pattern) else {
        return;
    };
    let mut names = json!({
        "title": form["title"],
        "pattern": pattern,
        "maxLength": form["maxLength"],
    });
    if form["title"] == "the key of a label or annotation" {
        names["not"] = json!({"pattern": NO_TEXT});
    }
    let value = value.clone();
    at.shift_remove("patternProperties");
    at.insert("propertyNames".into(), names);
    at.insert("additionalProperties".into(), value);
}

/// What a description ends with, ``Left out: `x`.``, is data for editors too.
fn add_defaults(schema: &mut Value) {
    let root = schema.clone();
    walk(schema, &mut |at| {
        let Some(text) = at.get("description").and_then(Value::as_str) else {
            return;
        };
        let default = text
            .rsplit_once("Left out: `")
            .and_then(|(_, rest)| rest.strip_suffix("`."))
            .filter(|value| !value.contains('`'));
        let Some(default) = default else { return };
        let here = Value::Object(at.clone());
        let kind = View::new(&root, &here).keyword("type").cloned();
        let value = match kind.as_ref().and_then(Value::as_str) {
            Some("boolean" | "integer") => serde_json::from_str(default).ok(),
            _ => Some(Value::from(default)),
        };
        if let Some(value) = value {
            at.insert("default".into(), value);
        }
    });
}

/// Documented variants are told apart by `const`s; to a validator they are one `enum`.
fn enumerate(at: &mut Map<String, Value>) {
    let Some(Value::Array(variants)) = at.get("oneOf") else {
        return;
    };
    let constants: Option<Vec<Value>> = variants.iter().map(|v| v.get("const").cloned()).collect();
    if let Some(constants) = constants {
        at.shift_remove("oneOf");
        at.insert("type".into(), "string".into());
        at.insert("enum".into(), constants.into());
    }
}

/// Changes every schema in a schema, the outermost last.
fn walk(schema: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    let Value::Object(at) = schema else { return };
    for (keyword, value) in at.iter_mut() {
        match (keyword.as_str(), value) {
            ("$defs" | "properties" | "patternProperties", Value::Object(named)) => {
                for schema in named.values_mut() {
                    walk(schema, change);
                }
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(list)) => {
                for schema in list {
                    walk(schema, change);
                }
            }
            ("items" | "additionalProperties" | "propertyNames", schema) => walk(schema, change),
            _ => {}
        }
    }
    change(at);
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/edge.schema.json");

    #[test]
    fn the_committed_schema_is_the_generated_one() {
        let text = published_schema_text();
        if std::env::var_os("GATEWRIGHT_BLESS").is_some() {
            std::fs::write(FILE, &text).unwrap();
        }
        let committed = std::fs::read_to_string(FILE).unwrap_or_default();
        assert!(
            committed == text,
            "schema/edge.schema.json is out of date: run GATEWRIGHT_BLESS=1 cargo test"
        );
    }

    fn each_property(schema: &Value, path: &str, visit: &mut dyn FnMut(&str, &Value)) {
        let Value::Object(at) = schema else { return };
        for (keyword, value) in at {
            match (keyword.as_str(), value) {
                ("properties", Value::Object(named)) => {
                    for (name, schema) in named {
                        let path = format!("{path}.{name}");
                        visit(&path, schema);
                        each_property(schema, &path, visit);
                    }
                }
                ("$defs", Value::Object(named)) => {
                    for (name, schema) in named {
                        each_property(schema, name, visit);
                    }
                }
                ("anyOf" | "oneOf" | "allOf", Value::Array(list)) => {
                    for schema in list {
                        each_property(schema, path, visit);
                    }
                }
                ("items" | "additionalProperties", schema) => each_property(schema, path, visit),
                _ => {}
            }
        }
    }

    #[test]
    fn every_field_has_a_description_and_an_example_that_holds() {
        let schema = published_schema();
        let mut seen = 0;
        each_property(schema, "Edge", &mut |path, field| {
            seen += 1;
            let text = field["description"].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "`{path}` has no description");
            let examples = field["examples"].as_array().cloned().unwrap_or_default();
            assert!(!examples.is_empty(), "`{path}` has no example");
            let mut alone = field.clone();
            alone["$defs"] = schema["$defs"].clone();
            let validator = jsonschema::validator_for(&alone).unwrap();
            for value in examples.iter().chain(field.get("default")) {
                if let Err(error) = validator.validate(value) {
                    panic!("`{path}`: {value} is no valid example: {error}");
                }
            }
        });
        assert!(seen > 100, "the walk found {seen} fields");
    }

    #[test]
    fn no_field_is_null_and_no_name_of_rust_is_left() {
        let text = published_schema_text();
        for word in ["\"null\"", "uint", "patternProperties"] {
            assert!(!text.contains(word), "{word} stands in the schema");
        }
        let long = long_schema().to_string();
        for word in ["oneOf", "anyOf"] {
            assert!(!long.contains(word), "{word} stands in the long schema");
        }
    }

    #[test]
    fn keys_that_are_no_text_to_kustomize_are_none() {
        let no_text = regex::Regex::new(NO_TEXT).unwrap();
        // Each was seen to come out of kustomize as something else, or to pass.
        for key in "0 12 012 1_0 1e3 1.5 0x10 0o17 0b1 2001-12-14 true True null NULL".split(' ') {
            assert!(no_text.is_match(key), "{key}");
        }
        for key in "y on No inf nan 12.example.com 1.2.3 1st e1 0xg trues v1".split(' ') {
            assert!(!no_text.is_match(key), "{key}");
        }
    }
}
