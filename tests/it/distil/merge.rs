//! Merges the schemas of all editions into one, with marks where they differ.

use std::collections::BTreeSet;

use gatewright::kube::{Edition, Editions, Product};
use serde_json::{Map, Value};

use super::rules;

/// Fields of the root that every kind has, and which the reader of facts adds.
const COMMON: &[&str] = &["apiVersion", "kind", "metadata", "status"];

/// A schema as it is in one edition.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) edition: Edition,
    /// The version, unless it is the most stable one of the edition.
    pub(super) version: Option<&'a str>,
    pub(super) schema: &'a Value,
}

/// One schema from those of several editions and versions, the oldest edition first.
pub(super) fn merge(product: Product, schemas: &[At<'_>]) -> Value {
    let mut merged = merge_at(product, schemas);
    let root = merged.as_object_mut().unwrap();
    if let Some(fields) = root.get_mut("fields").and_then(Value::as_object_mut) {
        fields.retain(|name, _| !COMMON.contains(&name.as_str()));
    }
    merged
}

fn all(schemas: &[At<'_>]) -> Editions {
    schemas
        .iter()
        .fold(Editions::NONE, |all, at| all.with(at.edition))
}

/// The newest schema, of the most stable version if that has one at this place.
fn newest<'a>(schemas: &[At<'a>]) -> &'a Value {
    let stable = schemas.iter().rfind(|at| at.version.is_none());
    stable.or(schemas.last()).expect("a schema").schema
}

fn merge_at(product: Product, schemas: &[At<'_>]) -> Value {
    let mut out = rules::rules(newest(schemas));
    let variants = variants(product, schemas, &out);
    if !variants.is_empty() {
        out.insert("variants".into(), variants.into());
    }
    let names: BTreeSet<&String> = schemas
        .iter()
        .filter_map(|at| at.schema.get("properties")?.as_object())
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
            .any(|at| at.schema.get(theirs) == Some(&true.into()))
        {
            out.insert(ours.into(), Value::Object(Map::new()));
        }
    }
    out.into()
}

fn children<'a>(schemas: &[At<'a>], child: impl Fn(&'a Value) -> Option<&'a Value>) -> Vec<At<'a>> {
    schemas
        .iter()
        .filter_map(|at| {
            Some(At {
                schema: child(at.schema)?,
                ..*at
            })
        })
        .collect()
}

/// Where the rules are others than the newest ones: editions, perhaps a version, and the rules that
/// differ; null stands for no rule. What is said of a version stands first.
fn variants(product: Product, schemas: &[At<'_>], newest: &Map<String, Value>) -> Vec<Value> {
    let mut found: Vec<(Option<&str>, Editions, Map<String, Value>)> = Vec::new();
    for at in schemas {
        let own = rules::rules(at.schema);
        let stable = schemas
            .iter()
            .find(|s| s.version.is_none() && s.edition == at.edition);
        let as_stable = stable.is_some_and(|stable| rules::rules(stable.schema) == own);
        let keys: BTreeSet<&String> = own.keys().chain(newest.keys()).collect();
        let differing: Map<String, Value> = keys
            .into_iter()
            .filter(|key| own.get(*key) != newest.get(*key))
            .map(|key| (key.clone(), own.get(key).cloned().unwrap_or_default()))
            .collect();
        let needless = if at.version.is_some() {
            as_stable
        } else {
            differing.is_empty()
        };
        if needless {
            continue;
        }
        let known = found
            .iter_mut()
            .find(|known| known.0 == at.version && known.2 == differing);
        match known {
            Some((_, editions, _)) => *editions = editions.with(at.edition),
            None => found.push((at.version, Editions::NONE.with(at.edition), differing)),
        }
    }
    found.sort_by_key(|(version, _, _)| (version.is_none(), *version));
    let finish = |(version, editions, mut rules): (Option<&str>, Editions, Map<String, Value>)| {
        let text = editions.widened(product, all(schemas)).describe(product);
        if text != ".." {
            rules.insert("in".into(), text.into());
        }
        if let Some(version) = version {
            rules.insert("version".into(), version.into());
        }
        Value::Object(rules)
    };
    found.into_iter().map(finish).collect()
}
