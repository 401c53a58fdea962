//! What is said about fields that are missing.

use crate::diag::Diagnostic;
use crate::source::Node;

use super::example::flow;
use super::schema_view::View;
use super::subject::{Subject, named};

/// The diagnostic for a map that lacks fields.
pub(super) fn word_missing(
    node: Node<'_>,
    subject: &Subject<'_>,
    expected: View<'_>,
    names: &[String],
) -> Diagnostic {
    let list = |wrap: &dyn Fn(&str) -> String| {
        let words: Vec<String> = names.iter().map(|name| wrap(name)).collect();
        words.join(" and ")
    };
    let example = |name: &str| {
        let field = expected.field(name);
        match field.and_then(View::example) {
            Some(example) => format!("`{name}: {}`", flow(example)),
            None => format!("`{name}`"),
        }
    };
    let plural = if names.len() == 1 { "field" } else { "fields" };
    let place = match node.get("name") {
        Some(name) => name.pos(),
        None if node.entries().next().is_none() => subject.place(node),
        None => node.pos(),
    };
    let mut diagnostic = Diagnostic::error(
        "missing-field",
        format!(
            "{} lacks the {plural} {}",
            named(node, expected),
            list(&|name| format!("`{name}`"))
        ),
        place,
    )
    .label(format!("no {}", list(&|name| format!("`{name}`"))));
    if let [name] = names
        && let Some(text) = expected.field(name).and_then(View::summary)
    {
        diagnostic = diagnostic.because(format!("`{name}`: {text}."));
    }
    diagnostic.help(format!("Add {}.", list(&example)))
}

/// The diagnostic for a document without a name, where there are several.
pub(super) fn add_name(root: Node<'_>) -> Diagnostic {
    Diagnostic::error(
        "missing-field",
        "the document lacks the field `metadata.name`",
        root.pos(),
    )
    .because("Documents of the same name add up to one config.")
    .help("Add `metadata: {name: httpbin}`.")
}
