//! The same config, written in another order or in several files.

use serde_json::{Map, Value, json};

use crate::generator::Choices;

/// The lists of `spec` whose order means nothing.
const UNORDERED: &[&str] = &[
    "namespaces",
    "services",
    "certificates",
    "gateways",
    "routes",
];

/// The same with maps and unordered lists in another order.
pub(crate) fn shuffled(value: &Value, choices: &mut Choices) -> Value {
    let mut other = shuffled_maps(value, choices);
    for name in UNORDERED {
        if let Some(Value::Array(items)) = other.pointer_mut(&format!("/spec/{name}")) {
            choices.shuffle(items);
        }
    }
    other
}

fn shuffled_maps(value: &Value, choices: &mut Choices) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map
                .iter()
                .map(|(key, value)| (key.clone(), shuffled_maps(value, choices)))
                .collect();
            choices.shuffle(&mut entries);
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(items) => items
            .iter()
            .map(|item| shuffled_maps(item, choices))
            .collect(),
        scalar => scalar.clone(),
    }
}

/// The config dealt out to several documents, which add up to it: the items of unordered lists
/// and the fields of maps go to one document or another.
pub(crate) fn dealt(config: &Value, choices: &mut Choices) -> Vec<Value> {
    let count = choices.between(2, 4);
    let mut specs = vec![Map::new(); count];
    let fields = config["spec"].as_object().unwrap();
    for (name, value) in fields {
        match value {
            Value::Array(items) if UNORDERED.contains(&name.as_str()) => {
                for item in items {
                    let list = specs[choices.below(count)].entry(name).or_insert(json!([]));
                    list.as_array_mut().unwrap().push(item.clone());
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    let part = specs[choices.below(count)].entry(name).or_insert(json!({}));
                    part[key] = value.clone();
                }
            }
            other => {
                specs[choices.below(count)].insert(name.clone(), other.clone());
            }
        }
    }
    let documents = specs.into_iter().map(|spec| {
        let mut document = config.clone();
        document["spec"] = Value::Object(spec);
        document
    });
    documents.collect()
}

/// The config with one thing wrong, or merely different: a field dropped, renamed or of another
/// type, somewhere.
pub(crate) fn mutated(config: &Value, choices: &mut Choices) -> Value {
    let mut other = config.clone();
    let mut paths = Vec::new();
    collect(&other, "", &mut paths);
    let path = choices.pick(&paths);
    let (parent, key) = path.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match other.pointer_mut(parent).unwrap() {
        Value::Object(map) => {
            let value = map.remove(&key).unwrap();
            match choices.below(4) {
                0 => {}
                1 => {
                    map.insert(format!("{key}x"), value);
                }
                2 => {
                    map.insert(key, retyped(&value));
                }
                _ => {
                    map.insert(key, altered(&value, choices));
                }
            }
        }
        Value::Array(items) => {
            let at: usize = key.parse().unwrap();
            match choices.below(4) {
                0 => {
                    items.remove(at);
                }
                1 => items.push(items[at].clone()),
                2 => items[at] = retyped(&items[at]),
                _ => items[at] = altered(&items[at], choices),
            }
        }
        _ => unreachable!("only maps and lists have parts"),
    }
    other
}

/// The paths of all parts.
fn collect(value: &Value, path: &str, paths: &mut Vec<String>) {
    let mut part = |key: String, value: &Value| {
        let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
        collect(value, &path, paths);
        paths.push(path);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| part(key.clone(), value)),
        Value::Array(items) => {
            let all = items.iter().enumerate();
            all.for_each(|(at, value)| part(at.to_string(), value));
        }
        _ => {}
    }
}

fn retyped(value: &Value) -> Value {
    match value {
        Value::Object(_) => json!([]),
        Value::Array(_) => json!({}),
        Value::String(text) => text.parse::<i64>().map_or(json!(7), |number| json!(number)),
        Value::Number(number) => json!(number.to_string()),
        Value::Bool(yes) => json!(yes.to_string()),
        Value::Null => json!(""),
    }
}

fn altered(value: &Value, choices: &mut Choices) -> Value {
    match value {
        Value::String(text) => {
            let odd = [
                format!("{text}-"),
                text.to_uppercase(),
                format!("{text}{}", "x".repeat(300)),
                String::new(),
                format!("{text}/../%2f"),
                "*".into(),
                format!(" {text}"),
                format!("{text}.{text}"),
                "a\nb".into(),
            ];
            json!(choices.pick(&odd))
        }
        Value::Number(_) => json!(choices.pick(&[0, -1, 65536, 1, 1_000_001, 80, 443])),
        Value::Bool(yes) => json!(!yes),
        _ => Value::Null,
    }
}
