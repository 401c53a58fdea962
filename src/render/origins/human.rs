//! For people: each field with what it comes from, aligned.

use std::io;

use super::origin_map::{
    MappedDocument, MappedField, MappedKind, MappedOrigin, MappedPlace, OriginKind,
};

/// The colours of the diagnostics: bold for headlines, and bold blue for where something is.
const BOLD: &str = "\u{1b}[1m";
const PLACE: &str = "\u{1b}[1m\u{1b}[94m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// One line below a field.
struct Line {
    label: &'static str,
    what: String,
    text: String,
}

/// Writes what the fields of a document come from, and what called for the document.
pub fn write_origins(
    document: &MappedDocument,
    color: bool,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    let paint = |style: &'static str| if color { (style, PLAIN) } else { ("", "") };
    let (bold, plain) = paint(BOLD);
    for field in &document.fields {
        let value = serde_json::to_string(&field.value)?;
        writeln!(writer, "{bold}{}{plain}: {value}", field.path)?;
        write_lines(&of_field(field), color, writer)?;
        writeln!(writer)?;
    }
    writeln!(writer, "{bold}{}{plain}", title(document))?;
    let mut lines = of_origin("called for", "called for", &document.called_for_by);
    if let Some(template) = &document.template {
        lines.push(Line {
            label: "template",
            what: template.clone(),
            text: String::new(),
        });
    }
    write_lines(&lines, color, writer)
}

/// What a document is called.
fn title(document: &MappedDocument) -> String {
    let object = document.object.as_ref().map(|object| {
        let group = match object.group.as_str() {
            "" => String::new(),
            group => format!(".{group}"),
        };
        let namespace = object.namespace.as_ref();
        let namespace = namespace.map_or_else(String::new, |namespace| format!("{namespace}/"));
        format!("{}{group}/{namespace}{}", object.kind, object.name)
    });
    match (object, &document.file) {
        (Some(object), Some(file)) if document.kind == MappedKind::Patch => {
            format!("{file}, a patch of {object}")
        }
        (Some(object), Some(file)) => format!("{object}, in {file}"),
        (Some(object), None) => object,
        (None, file) => file.clone().unwrap_or_default(),
    }
}

fn of_field(field: &MappedField) -> Vec<Line> {
    let mut lines = Vec::new();
    for from in &field.from {
        lines.extend(of_origin("written", "from", from));
    }
    for because in &field.because {
        lines.extend(of_origin("because of", "because of", because));
    }
    let literal = |from: &MappedOrigin| from.kind == OriginKind::Template;
    if let Some(template) = field
        .template
        .as_ref()
        .filter(|_| !field.from.iter().any(literal))
    {
        lines.push(at("template", template));
    }
    lines
}

/// The lines of an origin: what is written begins with `written`, and all else with `label`.
fn of_origin(written: &'static str, label: &'static str, origin: &MappedOrigin) -> Vec<Line> {
    let mut lines = Vec::new();
    let said = |what: String| Line {
        label,
        what,
        text: String::new(),
    };
    let mut first = match origin.kind {
        OriginKind::Written => written,
        OriginKind::Template => "template",
        OriginKind::Default => {
            let field = origin.field.as_deref().unwrap_or_default();
            lines.push(said(format!("the default of `{field}`")));
            lines.push(Line {
                label: "",
                what: format!("see `gatewright explain {field}`"),
                text: String::new(),
            });
            ""
        }
        OriginKind::Derived => {
            let rule = origin.rule.as_deref().unwrap_or_default();
            lines.push(said(format!("the rule: {rule}")));
            ""
        }
    };
    for place in &origin.places {
        lines.push(at(std::mem::take(&mut first), place));
    }
    lines
}

fn at(label: &'static str, place: &MappedPlace) -> Line {
    let column = place
        .column
        .map_or_else(String::new, |column| format!(":{column}"));
    Line {
        label,
        what: format!("{}:{}{column}", place.file, place.line),
        text: place.text.clone().unwrap_or_default(),
    }
}

fn write_lines(lines: &[Line], color: bool, writer: &mut dyn io::Write) -> io::Result<()> {
    let of_places = lines.iter().filter(|line| !line.text.is_empty());
    let width = of_places.map(|line| line.what.chars().count()).max();
    let width = width.unwrap_or(0);
    for Line { label, what, text } in lines {
        let (place, dim, plain) = if color {
            (PLACE, DIM, PLAIN)
        } else {
            ("", "", "")
        };
        if text.is_empty() {
            writeln!(writer, "  {label:10}  {what}")?;
        } else {
            writeln!(
                writer,
                "  {label:10}  {place}{what:width$}{plain}  {dim}|{plain} {text}"
            )?;
        }
    }
    Ok(())
}
