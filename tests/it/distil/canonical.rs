//! The one form in which facts are written: JSON with two spaces, one order of keys, and whatever
//! fits on a line on one line.

use serde_json::{Map, Value};

const WIDTH: usize = 100;

/// Our own keys in their order; keys that are names of something follow the alphabet.
#[rustfmt::skip]
const ORDER: &[&str] = &[
    "group", "kind", "product", "scope", "versions", "name", "version", "in", "ref", "type", "nullable",
    "open", "format", "enum", "pattern", "min", "max", "minLength", "maxLength", "minItems",
    "maxItems", "minProperties", "maxProperties", "list", "default", "allOf", "anyOf", "oneOf",
    "not", "variants", "required", "fields", "values", "items", "schema", "shared",
];

/// Keys whose values are maps by name.
const NAMED: &[&str] = &["default", "fields", "shared"];

/// The canonical text of a value.
pub(super) fn write(value: &Value) -> String {
    let mut out = String::new();
    write_at(&mut out, value, 0, 0, false);
    out.push('\n');
    out
}

/// Writes a value that begins `used` columns into its line.
fn write_at(out: &mut String, value: &Value, depth: usize, used: usize, named: bool) {
    let line = on_one_line(value, named);
    let splits = match value {
        Value::Object(map) => !map.is_empty() && (depth == 0 || map.contains_key("fields")),
        _ => false,
    };
    if !splits && used + line.len() < WIDTH {
        out.push_str(&line);
        return;
    }
    let indent = "  ".repeat(depth + 1);
    let (open, close) = if value.is_array() {
        ('[', ']')
    } else {
        ('{', '}')
    };
    let mut first = true;
    let mut begin = |out: &mut String| {
        out.push_str(if std::mem::take(&mut first) {
            "\n"
        } else {
            ",\n"
        });
        out.push_str(&indent);
    };
    match value {
        Value::Object(map) => {
            out.push(open);
            for (key, value) in sorted(map, named) {
                begin(out);
                let quoted = format!("{}: ", Value::from(key.as_str()));
                out.push_str(&quoted);
                let named = !named && NAMED.contains(&key.as_str());
                write_at(out, value, depth + 1, indent.len() + quoted.len(), named);
            }
        }
        Value::Array(list) => {
            out.push(open);
            for value in list {
                begin(out);
                write_at(out, value, depth + 1, indent.len(), false);
            }
        }
        scalar => {
            out.push_str(&scalar.to_string());
            return;
        }
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn sorted(map: &Map<String, Value>, named: bool) -> Vec<(&String, &Value)> {
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_by_key(|(key, _)| *key);
    if !named {
        let rank = |key: &str| ORDER.iter().position(|k| *k == key).unwrap_or(ORDER.len());
        entries.sort_by_key(|(key, _)| rank(key));
    }
    entries
}

fn on_one_line(value: &Value, named: bool) -> String {
    match value {
        Value::Object(map) => {
            let entry = |(key, value): (&String, &Value)| {
                let named = !named && NAMED.contains(&key.as_str());
                format!(
                    "{}: {}",
                    Value::from(key.as_str()),
                    on_one_line(value, named)
                )
            };
            let entries: Vec<String> = sorted(map, named).into_iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(list) => {
            let items: Vec<String> = list.iter().map(|item| on_one_line(item, false)).collect();
            format!("[{}]", items.join(", "))
        }
        scalar => scalar.to_string(),
    }
}
