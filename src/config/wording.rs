//! What is said about each mistake.

use serde_json::Value;

use crate::diag::{Diagnostic, closest};
use crate::source::{Node, Shape, Tree};

use super::example::{flow, scalar};
use super::fields::word_unknown;
use super::forms::{help_for_form, matches_form};
use super::missing::word_missing;
use super::mistakes::{Mistake, What};
use super::schema_view::View;
use super::subject::{Subject, published_at};

/// The diagnostic for a mistake.
pub(super) fn word(tree: &Tree, mistake: &Mistake) -> Diagnostic {
    let node = tree.node(mistake.at);
    let subject = Subject::of(tree, mistake.at);
    let expected = mistake.expected;
    match &mistake.what {
        What::Type => word_type(node, &subject, expected),
        What::Choice => word_choice(node, &subject, expected),
        What::Empty => Diagnostic::error("empty-value", format!("{subject} is empty"), node.pos())
            .label(format!("expected {}", expected.in_words()))
            .maybe_help(such_as(expected)),
        What::Form => word_form(node, &subject, expected),
        What::Long(limit) => Diagnostic::error(
            "value-too-long",
            format!(
                "{subject} has {} characters, and at most {limit} are allowed",
                node.text().chars().count()
            ),
            node.pos(),
        )
        .help(format!("Shorten it to {limit} characters.")),
        What::Bounds => Diagnostic::error(
            "out-of-range",
            format!(
                "{subject} is `{}`, not {}",
                node.text(),
                expected.in_words()
            ),
            node.pos(),
        )
        .help(such_as(expected).unwrap_or_else(|| format!("Write {}.", expected.in_words()))),
        What::Few(limit) => {
            let count = count(node);
            let headline = match count {
                0 => format!("{subject} is empty"),
                _ => format!("{subject} has {count} items, and at least {limit} are needed"),
            };
            Diagnostic::error("too-few-items", headline, subject.place(node))
                .label(match limit {
                    1 => "at least one item is needed".to_owned(),
                    _ => format!("at least {limit} items are needed"),
                })
                .maybe_help(such_as(expected))
        }
        What::Many(limit) => Diagnostic::error(
            "too-many-items",
            format!(
                "{subject} has {} items, and at most {limit} are allowed",
                count(node)
            ),
            subject.place(node),
        )
        .label(format!("{} items", count(node)))
        .help(format!(
            "Take {} of them out, or divide them among several.",
            count(node) as u64 - limit
        )),
        What::Missing(names) => word_missing(node, &subject, expected, names),
        What::Unknown => word_unknown(tree, node, expected),
        What::Key => {
            let form = expected.in_words();
            Diagnostic::error(
                "invalid-key",
                format!("the key `{}` is not {form}", node.text()),
                node.pos(),
            )
            .help(
                help_for_form(node.text(), expected)
                    .or_else(|| such_as(expected))
                    .unwrap_or_else(|| format!("Write {form}.")),
            )
        }
        What::Other(keyword) => Diagnostic::error(
            "invalid-value",
            format!("{subject} breaks the rule `{keyword}` of the schema"),
            node.pos(),
        )
        .maybe_help(such_as(expected)),
    }
}

fn count(node: Node<'_>) -> usize {
    match node.shape() {
        Shape::Map => node.entries().count(),
        _ => node.items().count(),
    }
}

fn such_as(expected: View<'_>) -> Option<String> {
    expected
        .example()
        .map(|example| format!("For example: `{}`.", flow(example)))
}

/// What a map with fields that it must have looks like, or what else is expected, in words.
fn like(expected: View<'_>) -> String {
    let fields: Vec<String> = expected
        .fields()
        .into_iter()
        .filter(|(name, _)| expected.requires(name))
        .map(|(name, _)| format!("{name}: …"))
        .collect();
    if fields.is_empty() {
        format!("Write {}.", expected.in_words())
    } else {
        format!("Write a map such as `{{{}}}`.", fields.join(", "))
    }
}

/// A node's shape, and its value where that helps and gives nothing away.
fn found(node: Node<'_>) -> String {
    match node.shape() {
        Shape::Int | Shape::Float => format!("the number `{}`", node.text()),
        Shape::Bool => format!("the boolean `{}`", node.text()),
        shape => shape.describe().to_owned(),
    }
}

fn word_type(node: Node<'_>, subject: &Subject<'_>, expected: View<'_>) -> Diagnostic {
    // Short forms are welcome too, and the schema of long forms does not know them.
    let expected_here = published_at(node).unwrap_or(expected);
    let meaning = expected_here.in_words();
    let found = found(node);
    let wanted = expected.text("type").unwrap_or_default();
    let number_will_do = matches!(wanted, "integer" | "number")
        || expected_here
            .forms()
            .iter()
            .any(|form| form.text("type") == Some("integer"));
    let value = node.text();
    let safe = !subject.is_secret() && !value.contains('\n') && value.len() <= 60;
    let help = match (wanted, node.shape()) {
        (_, Shape::Null) => Some(match (subject.name(), expected_here.example()) {
            (Some(name), Some(example)) => {
                format!(
                    "Give it a value, such as `{name}: {}`, or leave it out.",
                    flow(example)
                )
            }
            _ => "Give it a value, or leave it out.".to_owned(),
        }),
        // Where the text would not do either, quotes are no help.
        ("string", Shape::Int | Shape::Float | Shape::Bool) if !is_choice(value, expected) => {
            Some(format!("Write {}.", expected.in_words()))
        }
        ("string", Shape::Int | Shape::Float | Shape::Bool) if !matches_form(value, expected) => {
            help_for_form(value, expected).or_else(|| such_as(expected))
        }
        ("string", Shape::Int | Shape::Float | Shape::Bool) => {
            Some(format!("Quote it, and it is a string: `\"{value}\"`."))
        }
        (_, Shape::Str) if number_will_do && value.parse::<f64>().is_ok() => {
            Some(format!("Write it without quotes: `{value}`."))
        }
        ("boolean", Shape::Str) if matches!(value, "true" | "false") => {
            Some(format!("Write it without quotes: `{value}`."))
        }
        ("array", Shape::Map) => Some("Begin each item with `- `.".to_owned()),
        ("array", Shape::Str | Shape::Int | Shape::Bool)
            if safe && is_list_of_scalars(expected) =>
        {
            let item = scalar(value);
            Some(match subject.name() {
                Some(name) => format!("A list of one is written `{name}: [{item}]`."),
                None => format!("A list of one is written `[{item}]`."),
            })
        }
        _ => such_as(expected_here).or_else(|| Some(like(expected))),
    };
    Diagnostic::error(
        "wrong-type",
        format!("{subject} must be {meaning}, not {found}"),
        if node.is_null() {
            subject.place(node)
        } else {
            node.pos()
        },
    )
    .label(format!("found {found}"))
    .maybe_help(help)
}

/// Whether a text is one of the allowed values, or all are.
fn is_choice(text: &str, expected: View<'_>) -> bool {
    let choices = expected.choices();
    choices.is_empty() || choices.iter().any(|(value, _)| *value == text)
}

fn is_list_of_scalars(list: View<'_>) -> bool {
    list.items()
        .is_some_and(|items| items.text("type") == Some("string"))
}

fn word_choice(node: Node<'_>, subject: &Subject<'_>, expected: View<'_>) -> Diagnostic {
    let choices: Vec<&Value> = expected
        .choices()
        .into_iter()
        .map(|(value, _)| value)
        .collect();
    let value = node.text();
    // Numbers have no slips: what looks like a version is another version.
    let near = Some(value)
        .filter(|value| value.contains(char::is_alphabetic))
        .and_then(|value| closest(value, choices.iter().filter_map(|choice| choice.as_str())));
    Diagnostic::error(
        "unknown-value",
        format!("`{value}` is not allowed as {subject}"),
        node.pos(),
    )
    .label(format!("expected {}", expected.in_words()))
    .help(near.map_or_else(
        || format!("Write {}.", expected.in_words()),
        |near| format!("Did you mean `{near}`?"),
    ))
}

fn word_form(node: Node<'_>, subject: &Subject<'_>, expected: View<'_>) -> Diagnostic {
    let value = node.text();
    let headline = match expected.text("title") {
        Some(title) => format!("`{value}` is not {title}"),
        None => format!("`{value}` does not have the form of {subject}"),
    };
    let help = help_for_form(value, expected).or_else(|| such_as(expected));
    Diagnostic::error("invalid-value", headline, node.pos()).maybe_help(help)
}
