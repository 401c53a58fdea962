//! What is said of templates that are wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::run::rendered;
use crate::diag::{Note, Place, Report};
use crate::model::Model;
use crate::plan::samples;
use crate::render::Templates;

/// The report in words, with what is underlined.
fn words(report: &Report) -> String {
    let mut out = String::new();
    for found in report.iter() {
        let _ = writeln!(out, "{} [{}]", found.headline, found.id);
        let mut place = |place: &Place, label: &str| {
            let _ = match place {
                Place::Line { name, text, range } => {
                    writeln!(out, "  {name}: `{}` {label}", &text[range.clone()])
                }
                Place::File(name) => writeln!(out, "  {name} {label}"),
                other => writeln!(out, "  {other:?} {label}"),
            };
        };
        place(&found.place, found.label.as_deref().unwrap_or_default());
        for (other, label) in &found.related {
            place(other, label);
        }
        for note in &found.notes {
            let (Note::Note(text) | Note::Help(text)) = note;
            let _ = writeln!(out, "  {text}");
        }
    }
    out
}

fn with_own(file: &str, text: &str, model: &Model) -> (String, Vec<String>) {
    let mut found = Report::new();
    let files = BTreeMap::from([(file.to_owned(), text.to_owned())]);
    let templates = Templates::with_own("templates", files, &mut found);
    let (documents, report) = rendered(model, &templates);
    found.extend(report);
    let texts = documents.objects().map(|d| d.text.to_string());
    (words(&found), texts.collect())
}

/// A model of two namespaces.
fn two() -> Model {
    let mut model = samples::nothing();
    for name in ["shop", "web"] {
        let pairs = [("tier", "yes")];
        let manage = crate::config::Manage::Create;
        model
            .namespaces
            .push(samples::namespace(name, manage, &pairs));
    }
    model
}

#[test]
fn mistakes_of_templates() {
    let head = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {{ name }}\n";
    let mut page = String::new();
    for tail in [
        "# {{ nme }}\n",
        "{% for label in labels %}\n# {{ label.kee }}\n{% endfor %}\n",
        "{{ name.first }}\n",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}\n",
        "{% if name\n",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}\n",
        "{% include 'other' %}\n",
        "  labels: [\n",
        "  name: again\n",
        "  x: on\n",
        "---\nkind: Other\n",
        "  namespace: {{ name }}\n",
    ] {
        let (words, texts) = with_own("namespace.yaml.j2", &format!("{head}{tail}"), &two());
        let _ = write!(page, "### {}\n{words}", tail.trim_end());
        assert!(texts.is_empty(), "{texts:?}");
    }
    for text in [
        "",
        "{}",
        "- {{ name }}",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n",
    ] {
        let (words, _) = with_own("namespace.yaml.j2", text, &two());
        let _ = write!(page, "### {text}\n{words}");
    }
    insta::assert_snapshot!(page);
}

#[test]
fn an_own_template_replaces_the_built_in_one_and_is_written_canonically() {
    let text = "{# ours #}\nkind: Namespace\napiVersion: 'v1'\nmetadata: {name: {{ name }}, \
                labels: {{ labels }}, # all\n  x: {{ none }}, z: {{ name ~ ': ' ~ 1 }}}\n";
    let (words, texts) = with_own("namespace.yaml.j2", text, &two());
    assert_eq!(words, "");
    insta::assert_snapshot!(texts.concat());
}

#[test]
fn a_name_that_no_template_has() {
    let (words, texts) = with_own("http-route.yaml.j2", "", &two());
    insta::assert_snapshot!(words);
    assert_eq!(texts.len(), 2);
}
