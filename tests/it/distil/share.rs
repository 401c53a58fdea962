//! Gives names to subtrees that occur more than once, so that each is written once.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Smaller subtrees are written out where they occur.
const SMALLEST: usize = 120;

/// A schema whose repeated subtrees are references, and those subtrees by name.
pub(super) fn share(schema: Value) -> (Value, Value) {
    let mut counts = BTreeMap::new();
    count(&schema, &mut counts);
    let mut sharer = Sharer {
        counts,
        names: BTreeMap::new(),
        shared: BTreeMap::new(),
    };
    let schema = sharer.children(schema, "schema");
    (schema, Value::Object(sharer.shared.into_iter().collect()))
}

/// The text by which a schema is known, which leaves out where its field exists.
fn identity(schema: &Map<String, Value>) -> String {
    let mut schema = schema.clone();
    schema.remove("in");
    Value::Object(schema).to_string()
}

fn children(schema: &Value) -> impl Iterator<Item = &Value> {
    let fields = schema.get("fields").and_then(Value::as_object);
    let fields = fields.into_iter().flat_map(|fields| fields.values());
    fields
        .chain(schema.get("items"))
        .chain(schema.get("values"))
}

/// Counts how often each subtree occurs, not counting what lies within a repeated one again.
fn count(schema: &Value, counts: &mut BTreeMap<String, usize>) {
    for child in children(schema) {
        let text = identity(child.as_object().unwrap());
        if text.len() >= SMALLEST {
            let count = counts.entry(text).or_insert(0);
            *count += 1;
            if *count > 1 {
                continue;
            }
        }
        count(child, counts);
    }
}

struct Sharer {
    counts: BTreeMap<String, usize>,
    /// The name of each shared subtree, by its identity.
    names: BTreeMap<String, String>,
    shared: BTreeMap<String, Value>,
}

impl Sharer {
    /// A schema with its children shared where they can be.
    fn children(&mut self, mut schema: Value, name: &str) -> Value {
        let map = schema.as_object_mut().unwrap();
        if let Some(fields) = map.get_mut("fields").and_then(Value::as_object_mut) {
            for (name, field) in fields {
                *field = self.child(field.take(), name);
            }
        }
        for key in ["items", "values"] {
            if let Some(child) = map.get_mut(key) {
                *child = self.child(child.take(), &singular(name));
            }
        }
        schema
    }

    fn child(&mut self, mut schema: Value, name: &str) -> Value {
        let identity = identity(schema.as_object().unwrap());
        if self.counts.get(&identity).is_none_or(|count| *count < 2) {
            return self.children(schema, name);
        }
        let editions = schema.as_object_mut().unwrap().remove("in");
        let shared = if let Some(known) = self.names.get(&identity) {
            known.clone()
        } else {
            let mut shared = name.to_owned();
            let mut number = 2;
            while self.shared.contains_key(&shared) {
                shared = format!("{name}-{number}");
                number += 1;
            }
            self.names.insert(identity, shared.clone());
            self.shared.insert(shared.clone(), Value::Null);
            let schema = self.children(schema, name);
            self.shared.insert(shared.clone(), schema);
            shared
        };
        match editions {
            Some(editions) => json!({"in": editions, "ref": shared}),
            None => json!({"ref": shared}),
        }
    }
}

/// A name for the items of a list of this name.
fn singular(name: &str) -> String {
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name
            .strip_suffix('s')
            .filter(|n| !n.ends_with('s'))
            .unwrap_or(name)
            .to_owned(),
    }
}
