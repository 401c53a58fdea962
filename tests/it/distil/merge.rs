//! Merges the schemas of all editions into one, with marks where they differ.

use std::collections::BTreeSet;

use gatewright::kube::{Edition, Editions, Product};
use serde_json::{Map, Value};

use super::rules;

/// Fields of the root that every kind has, and which the reader of facts adds.
const COMMON: &[&str] = &["apiVersion", "kind", "metadata", "status"];

/// One schema from those of several editions, of which the last one is the newest.
pub(super) fn merge(product: Product, schemas: &[(Edition, &Value)]) -> Value {
    let mut merged = merge_at(product, schemas);
    let root = merged.as_object_mut().unwrap();
    if let Some(fields) = root.get_mut("fields").and_then(Value::as_object_mut) {
        fields.retain(|name, _| !COMMON.contains(&name.as_str()));
    }
    merged
}

fn all(schemas: &[(Edition, &Value)]) -> Editions {
    schemas
        .iter()
        .fold(Editions::NONE, |all, (edition, _)| all.with(*edition))
}

fn merge_at(product: Product, schemas: &[(Edition, &Value)]) -> Value {
    let mut out = rules::rules(schemas.last().unwrap().1);
    let variants = variants(product, schemas, &out);
    if !variants.is_empty() {
        out.insert("variants".into(), variants.into());
    }
    let names: BTreeSet<&String> = schemas
        .iter()
        .filter_map(|(_, schema)| schema.get("properties")?.as_object())
        .flat_map(Map::keys)
        .collect();
    let mut fields = Map::new();
    for name in names {
        let having = children(schemas, |schema| schema.get("properties")?.get(name));
        let mut field = merge_at(product, &having);
        if all(&having) != all(schemas) {
            let editions = all(&having).widened(product, all(schemas));
            let field = field.as_object_mut().unwrap();
            field.insert("in".into(), editions.describe(product).into());
        }
        fields.insert(name.clone(), field);
    }
    if !fields.is_empty() {
        out.insert("fields".into(), fields.into());
    }
    for (theirs, ours) in [("items", "items"), ("additionalProperties", "values")] {
        let having = children(schemas, |schema| {
            schema.get(theirs).filter(|v| v.is_object())
        });
        if !having.is_empty() {
            out.insert(ours.into(), merge_at(product, &having));
        } else if schemas
            .iter()
            .any(|(_, schema)| schema.get(theirs) == Some(&true.into()))
        {
            out.insert(ours.into(), Value::Object(Map::new()));
        }
    }
    out.into()
}

fn children<'a>(
    schemas: &[(Edition, &'a Value)],
    child: impl Fn(&'a Value) -> Option<&'a Value>,
) -> Vec<(Edition, &'a Value)> {
    schemas
        .iter()
        .filter_map(|(edition, schema)| Some((*edition, child(schema)?)))
        .collect()
}

/// Where the rules are others than the newest ones: editions, and the rules that differ; null
/// stands for no rule.
fn variants(
    product: Product,
    schemas: &[(Edition, &Value)],
    newest: &Map<String, Value>,
) -> Vec<Value> {
    let mut found: Vec<(Editions, Map<String, Value>)> = Vec::new();
    for (edition, schema) in schemas {
        let own = rules::rules(schema);
        let keys: BTreeSet<&String> = own.keys().chain(newest.keys()).collect();
        let differing: Map<String, Value> = keys
            .into_iter()
            .filter(|key| own.get(*key) != newest.get(*key))
            .map(|key| (key.clone(), own.get(key).cloned().unwrap_or_default()))
            .collect();
        if differing.is_empty() {
            continue;
        }
        match found.iter_mut().find(|(_, rules)| *rules == differing) {
            Some((editions, _)) => *editions = editions.with(*edition),
            None => found.push((Editions::NONE.with(*edition), differing)),
        }
    }
    let finish = |(editions, mut rules): (Editions, Map<String, Value>)| {
        let text = editions.widened(product, all(schemas)).describe(product);
        rules.insert("in".into(), text.into());
        Value::Object(rules)
    };
    found.into_iter().map(finish).collect()
}
