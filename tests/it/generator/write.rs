//! Writes a config as people write YAML: in blocks or in braces, with quotes or without.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::choices::Choices;

/// The value as a YAML document.
pub(crate) fn yaml(value: &Value, style: &mut Choices) -> String {
    let mut text = String::new();
    match value {
        Value::Object(map) => block_map(map, 0, style, &mut text),
        other => text.push_str(&flow(other, style)),
    }
    text
}

fn block_map(map: &Map<String, Value>, indent: usize, style: &mut Choices, text: &mut String) {
    for (key, value) in map {
        let _ = write!(text, "{:indent$}{}:", "", scalar(key, style));
        block(value, indent, style, text);
    }
}

/// What comes after `key:` or `-`, with the line break.
fn block(value: &Value, indent: usize, style: &mut Choices, text: &mut String) {
    let in_braces = indent >= 12 || (indent >= 4 && style.once_in(3));
    match value {
        Value::Object(map) if !map.is_empty() && !in_braces => {
            text.push('\n');
            block_map(map, indent + 2, style, text);
        }
        Value::Array(items) if !items.is_empty() && !in_braces => {
            text.push('\n');
            for item in items {
                match item {
                    Value::Object(map) if !map.is_empty() => {
                        let mut inner = String::new();
                        block_map(map, indent + 4, style, &mut inner);
                        let _ = write!(text, "{:indent$}  - {}", "", inner.trim_start_matches(' '));
                    }
                    other => {
                        let _ = writeln!(text, "{:indent$}  - {}", "", flow(other, style));
                    }
                }
            }
        }
        other => {
            let _ = writeln!(text, " {}", flow(other, style));
        }
    }
}

fn flow(value: &Value, style: &mut Choices) -> String {
    match value {
        Value::Object(map) => {
            let entries = map.iter();
            let entries: Vec<String> = entries
                .map(|(key, value)| format!("{}: {}", scalar(key, style), flow(value, style)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item, style)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => scalar(text, style),
        other => other.to_string(),
    }
}

/// Words that no reader takes for anything else stay bare now and then; all else is in quotes.
fn scalar(text: &str, style: &mut Choices) -> String {
    let word = text.len() > 4
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-/.".contains(&b))
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !matches!(text.to_lowercase().as_str(), "false");
    if word && !style.once_in(6) {
        return text.to_owned();
    }
    if style.once_in(3)
        && text.chars().all(|c| !c.is_control() && c != '\u{feff}')
        && !text.contains(['\u{85}', '\u{2028}'])
    {
        return format!("'{}'", text.replace('\'', "''"));
    }
    // JSON's strings are YAML's, but for line separators, which YAML would fold.
    serde_json::to_string(text)
        .unwrap()
        .replace('\u{85}', "\\u0085")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{feff}', "\\ufeff")
}
