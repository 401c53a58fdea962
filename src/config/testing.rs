//! What the tests of this stage share: configs as texts, diagnostics as texts.

use std::fmt::Write as _;

use crate::diag::{Note, Place, Report};
use crate::source::Sources;

use super::{ConfigInput, Loaded, load};

/// A document of kind `Edge` with this `spec`, given without indentation.
pub(super) fn edge(spec: &str) -> String {
    let mut text = String::from(
        "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: {name: httpbin}\nspec:\n",
    );
    for line in spec.lines() {
        let _ = writeln!(text, "  {line}");
    }
    text
}

/// Loads files by name and text, as if named outright.
pub(super) fn load_files(files: &[(&str, &str)]) -> (Sources, Report, Option<Loaded>) {
    load_as(files, true)
}

/// Loads files by name and text.
pub(super) fn load_as(files: &[(&str, &str)], named: bool) -> (Sources, Report, Option<Loaded>) {
    let mut sources = Sources::new();
    let inputs: Vec<ConfigInput> = files
        .iter()
        .map(|(name, text)| ConfigInput {
            source: sources.add(*name, *text).unwrap(),
            named,
        })
        .collect();
    let mut report = Report::new();
    let loaded = load(&inputs, &sources, &mut report);
    (sources, report, loaded)
}

/// The config that a text is, which must hold no mistake.
pub(super) fn load_text(text: &str) -> Loaded {
    let (sources, report, loaded) = load_files(&[("edge.yaml", text)]);
    assert!(report.is_empty(), "{}", shown(&sources, &report));
    loaded.unwrap()
}

/// Every diagnostic in a few lines.
pub(super) fn shown(sources: &Sources, report: &Report) -> String {
    let mut text = String::new();
    for diagnostic in report.iter() {
        let _ = writeln!(
            text,
            "{} {}[{}]: {}",
            place(sources, &diagnostic.place),
            diagnostic.level.as_str(),
            diagnostic.id,
            diagnostic.headline
        );
        if let Some(label) = &diagnostic.label {
            let _ = writeln!(text, "    ^ {label}");
        }
        for (at, label) in &diagnostic.related {
            let _ = writeln!(text, "    {}: {label}", place(sources, at));
        }
        for note in &diagnostic.notes {
            let _ = match note {
                Note::Note(note) => writeln!(text, "    note: {note}"),
                Note::Help(help) => writeln!(text, "    help: {help}"),
            };
        }
    }
    text
}

fn place(sources: &Sources, place: &Place) -> String {
    let found = match place {
        Place::Node(pos) => sources.token(*pos),
        Place::Range(span) => sources.range(*span),
        Place::Line { name, text, range } => {
            let line = text[..range.start].matches('\n').count() + 1;
            return format!("{name}:{line} `{}`", text.lines().nth(line - 1).unwrap());
        }
        other => return format!("{other:?}"),
    };
    let Some((source, range)) = found else {
        return "nowhere".to_owned();
    };
    let (line, column) = source.line_column(range.start);
    format!(
        "{}:{line}:{column} `{}`",
        source.name(),
        &source.text()[range]
    )
}

/// Files and what is said about them, together.
pub(super) fn case(files: &[(&str, &str)], named: bool) -> String {
    let (sources, report, _) = load_as(files, named);
    let mut text = String::new();
    for (name, content) in files {
        let _ = writeln!(text, "--- {name}\n{}", content.trim_end());
    }
    text + "=== diagnostics\n" + &shown(&sources, &report)
}
