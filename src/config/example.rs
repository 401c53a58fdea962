//! Values of the schema's examples as YAML.

use std::fmt::Write as _;

use serde_json::Value;

use crate::source::{Shape, ambiguity, shape_of_plain};

/// A value as YAML on one line.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) => {
            let entry =
                |(key, value): (&String, &Value)| format!("{}: {}", scalar(key), flow(value));
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// A string as a scalar: plain where every reader takes it for a string.
pub(super) fn scalar(text: &str) -> String {
    let plain = shape_of_plain(text) == Shape::Str
        && ambiguity(text).is_none()
        && !text.starts_with(|c: char| "*&!|>@`%#{}[],?:-'\" ".contains(c))
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(['{', '}', '[', ']', ','])
        && !text.ends_with([':', ' ']);
    if plain {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

/// A value as block YAML.
pub(super) fn block(value: &Value) -> String {
    let mut text = String::new();
    write_block(value, 0, &mut text);
    text
}

fn write_block(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(entries) => {
            for (at, (key, value)) in entries.iter().enumerate() {
                let pad = if at == 0 { 0 } else { depth };
                let key = scalar(key);
                let _ = write!(text, "{:pad$}{key}:", "");
                match value {
                    Value::Object(map) if !map.is_empty() => {
                        let _ = write!(text, "\n{:1$}", "", depth + 2);
                        write_block(value, depth + 2, text);
                    }
                    Value::Array(items) if items.iter().any(Value::is_object) => {
                        for item in items {
                            let _ = write!(text, "\n{:1$}- ", "", depth + 2);
                            write_block(item, depth + 4, text);
                            text.truncate(text.trim_end_matches('\n').len());
                        }
                        text.push('\n');
                    }
                    other => {
                        let _ = writeln!(text, " {}", flow(other));
                    }
                }
            }
        }
        other => {
            let _ = writeln!(text, "{}", flow(other));
        }
    }
}
