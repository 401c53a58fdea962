//! `explain`: the reference of a field, from the published schema.

use std::fmt::Write as _;

use crate::diag::did_you_mean;

use super::API_VERSION;
use super::example::{block, flow};
use super::schema::published_schema;
use super::schema_view::View;

/// There is no such field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField {
    /// The path up to the field that there is not.
    pub path: String,
    /// What to try, as a sentence.
    pub help: Option<String>,
}

impl std::fmt::Display for UnknownField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the config has no field `{}`", self.path)
    }
}

impl std::error::Error for UnknownField {}

/// The reference of the field at a path such as `spec.gateways.listeners.tls`; of the document,
/// for an empty path. `edge.` before the path and `[]` or `[0]` in it mean nothing.
pub fn explain(path: &str) -> Result<String, UnknownField> {
    let found = find(path)?;
    let mut text = String::new();
    let words = found.view.in_words();
    if found.path.is_empty() {
        let _ = writeln!(text, "Edge ({API_VERSION})\n");
    } else {
        let presence = if found.required {
            "required"
        } else {
            "optional"
        };
        let _ = writeln!(text, "{}\n  {words} ({presence})\n", found.path);
    }
    if let Some(description) = found.view.text("description") {
        let _ = writeln!(text, "{}", indented(&wrapped(description)));
    }
    if let Some(default) = found.view.keyword("default") {
        let _ = writeln!(text, "\nDefault: {}", flow(default));
    }
    let choices = found.view.choices();
    if choices.iter().any(|(_, meaning)| meaning.is_some()) {
        let rows = choices.iter().map(|(value, meaning)| {
            (
                flow(value),
                String::new(),
                meaning.unwrap_or_default().to_owned(),
            )
        });
        let _ = writeln!(text, "\nValues:\n{}", table(&rows.collect::<Vec<_>>()));
    }
    if let Some(example) = found
        .view
        .example()
        .or_else(|| found.view.keyword("default"))
    {
        let example = match found.path.rsplit('.').next() {
            Some(name) if !name.is_empty() => {
                serde_json::json!({ name.trim_end_matches("[]"): example })
            }
            _ => example.clone(),
        };
        let _ = writeln!(text, "\nExample:\n{}", indented(block(&example).trim_end()));
    }
    let fields = rows(found.view.items().unwrap_or(found.view));
    if !fields.is_empty() {
        let _ = writeln!(text, "\nFields (* is required):\n{}", table(&fields));
    }
    Ok(text)
}

/// Every field below a path, indented by depth, with its type.
pub fn explain_outline(path: &str) -> Result<String, UnknownField> {
    let found = find(path)?;
    let mut text = String::new();
    outline(found.view, 0, &mut text);
    Ok(text)
}

fn outline(view: View<'_>, depth: usize, text: &mut String) {
    for (name, field) in view.items().unwrap_or(view).fields() {
        let _ = writeln!(text, "{:1$}{name}  <{2}>", "", depth * 2, type_word(field));
        outline(field, depth + 1, text);
    }
}

struct Found<'s> {
    path: String,
    view: View<'s>,
    required: bool,
}

fn find(path: &str) -> Result<Found<'static>, UnknownField> {
    let mut found = Found {
        path: String::new(),
        view: View::of(published_schema()),
        required: true,
    };
    let mut steps = path.split('.').filter(|step| !step.is_empty()).peekable();
    steps.next_if(|step| step.eq_ignore_ascii_case("edge"));
    for step in steps {
        let name = step.split('[').next().unwrap_or(step);
        let map = found.view.items().unwrap_or(found.view);
        let dot = if found.path.is_empty() { "" } else { "." };
        let path = format!("{}{dot}{name}", found.path);
        let Some(view) = map.field(name).or_else(|| map.values()) else {
            let names = map.fields().into_iter().map(|(name, _)| name);
            return Err(UnknownField {
                help: did_you_mean(name, names),
                path,
            });
        };
        found = Found {
            path,
            view,
            required: map.requires(name),
        };
    }
    Ok(found)
}

fn rows(map: View<'_>) -> Vec<(String, String, String)> {
    map.fields()
        .into_iter()
        .map(|(name, field)| {
            let mark = if map.requires(name) { "*" } else { "" };
            let summary = field.summary().unwrap_or_default();
            (
                format!("{name}{mark}"),
                type_word(field),
                format!("{summary}."),
            )
        })
        .collect()
}

/// The type in a word or two, for tables.
fn type_word(view: View<'_>) -> String {
    let forms = view.forms();
    if forms.len() > 1 {
        let words: Vec<String> = forms.into_iter().map(type_word).collect();
        return words.join(" or ");
    }
    match view.text("type") {
        Some("array") => match view.items() {
            Some(items) => match type_word(items).as_str() {
                word @ ("map" | "string" | "integer") => format!("list of {word}s"),
                words => format!("list of {words}"),
            },
            None => "list".to_owned(),
        },
        Some("object") => "map".to_owned(),
        Some(word) => word.to_owned(),
        None if !view.choices().is_empty() => "string".to_owned(),
        None => "value".to_owned(),
    }
}

/// Columns as wide as their widest cell; the last one is wrapped under itself.
fn table(rows: &[(String, String, String)]) -> String {
    let wide = |cell: fn(&(String, String, String)) -> &str| {
        rows.iter()
            .map(|row| cell(row).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (first, second) = (wide(|row| &row.0), wide(|row| &row.1));
    let mut text = String::new();
    for (name, kind, words) in rows {
        let line = if second == 0 {
            format!("  {name:first$}  {words}")
        } else {
            format!("  {name:first$}  {kind:second$}  {words}")
        };
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("  {line}")
            }
        })
        .collect();
    lines.join("\n")
}

fn wrapped(text: &str) -> String {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + word.chars().count() > 92 {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_at_any_depth() {
        insta::assert_snapshot!(
            "explain_listener_tls",
            explain("edge.spec.gateways[].listeners.tls").unwrap()
        );
        insta::assert_snapshot!(
            "explain_match_headers",
            explain("spec.routes.rules.match.headers").unwrap()
        );
        insta::assert_snapshot!("explain_mesh_mode", explain("spec.mesh.mode").unwrap());
        insta::assert_snapshot!("explain_root", explain("").unwrap());
        insta::assert_snapshot!("explain_outline", explain_outline("spec.mesh").unwrap());
    }

    #[test]
    fn a_mistyped_field() {
        let error = explain("spec.gateway.listeners").unwrap_err();
        assert_eq!(error.to_string(), "the config has no field `spec.gateway`");
        assert_eq!(error.help.as_deref(), Some("Did you mean `gateways`?"));
    }
}
