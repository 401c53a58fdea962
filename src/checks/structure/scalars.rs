//! Scalars against their schemas.

use serde_json::Value;

use super::formats;
use super::walker::Walker;
use crate::diag::{self, Diagnostic};
use crate::kube::{Counts, Edition, Editions, Format, KindFacts, Pattern, Schema, Type, View};
use crate::source::{Node, Shape};

/// What is wrong with a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Problem {
    Format,
    Pattern,
    Length,
    TooSmall(f64),
    TooLarge(f64),
    NotWhole,
    NotAllowed,
}

/// The first thing that is wrong with a scalar of the right type.
pub(super) fn problem(facts: &KindFacts, schema: &Schema, node: Node<'_>) -> Option<Problem> {
    match node.shape() {
        Shape::Str => string(facts, schema, node.text()),
        Shape::Int | Shape::Float => number(schema, node),
        _ => None,
    }
    .or_else(|| {
        let listed = schema.allowed.is_empty() || schema.allowed.iter().any(|v| equal(node, v));
        (!listed).then_some(Problem::NotAllowed)
    })
}

fn string(facts: &KindFacts, schema: &Schema, text: &str) -> Option<Problem> {
    // Bytes are never fewer than characters, which are only counted when the bytes are too many.
    let too_long = text.len() > schema.length.max as usize || schema.length.min > 1;
    if (too_long && !schema.length.holds(text.chars().count()))
        || (schema.length.min > 0 && text.is_empty())
    {
        return Some(Problem::Length);
    }
    if let Some(format) = schema.format
        && schema.kind != Type::IntOrString
        && !formats::holds(format, text)
    {
        return Some(Problem::Format);
    }
    let pattern = schema.pattern.map(|id| facts.pattern(id));
    pattern
        .is_some_and(|pattern| !pattern.matches(text))
        .then_some(Problem::Pattern)
}

fn number(schema: &Schema, node: Node<'_>) -> Option<Problem> {
    let Some(number) = node.as_f64().filter(|number| number.is_finite()) else {
        return Some(Problem::NotWhole);
    };
    let whole = matches!(schema.kind, Type::Integer | Type::IntOrString);
    if whole && number.fract() != 0.0 {
        return Some(Problem::NotWhole);
    }
    if whole && node.shape() == Shape::Int && node.as_i64().is_none() {
        let most = 2_f64.powi(63);
        return Some(if number < 0.0 {
            Problem::TooSmall(-most)
        } else {
            Problem::TooLarge(most)
        });
    }
    let small = whole && schema.format == Some(Format::Int32);
    let (least, most) = if small {
        (f64::from(i32::MIN), f64::from(i32::MAX))
    } else {
        (f64::NEG_INFINITY, f64::INFINITY)
    };
    let least = schema.min.map_or(least, |min| min.max(least));
    let most = schema.max.map_or(most, |max| max.min(most));
    if number < least {
        return Some(Problem::TooSmall(least));
    }
    (number > most).then_some(Problem::TooLarge(most))
}

/// Whether a scalar is this value.
pub(super) fn equal(node: Node<'_>, value: &Value) -> bool {
    match value {
        Value::String(text) => node.as_str() == Some(text),
        Value::Bool(bool) => node.as_bool() == Some(*bool),
        Value::Number(number) => {
            let number = number.as_f64();
            number.is_some() && node.as_f64() == number
        }
        Value::Null => node.is_null(),
        Value::Array(_) | Value::Object(_) => false,
    }
}

impl<'a> Walker<'a, '_> {
    /// Whether something is wrong with a scalar, which is reported.
    pub(super) fn scalar(&mut self, node: Node<'a>, schema: &'a Schema) -> bool {
        let problem = problem(self.facts, schema, node);
        if let Some(problem) = problem {
            self.wrong_scalar(node, schema, problem);
        }
        problem.is_some()
    }

    fn wrong_scalar(&mut self, node: Node<'a>, schema: &'a Schema, problem: Problem) {
        let place = self.place(node.id());
        let text = shown(node.text());
        let found = match problem {
            Problem::NotAllowed => return self.not_allowed(node, schema),
            Problem::Length => {
                let length = node.text().chars().count();
                return self.wrong_count(node, length, schema.length, "characters");
            }
            Problem::Pattern => {
                let pattern = schema.pattern.map(|id| self.facts.pattern(id));
                let words = pattern.and_then(Pattern::words);
                let must = match (words, pattern) {
                    (Some(words), _) => format!("It must be {words}."),
                    (None, Some(pattern)) => format!("It must match `{}`.", pattern.as_str()),
                    (None, None) => String::new(),
                };
                let headline = format!("`{place}` cannot be `{text}`");
                Diagnostic::error("pattern", headline, node.pos()).because(must)
            }
            Problem::Format => {
                let wanted = schema.format.map_or("of its format", formats::describe);
                let headline = format!("`{place}` must be {wanted}, not `{text}`");
                Diagnostic::error("format", headline, node.pos())
            }
            Problem::NotWhole => {
                let wanted = schema.kind.describe();
                let headline = format!("`{place}` must be {wanted}, not `{text}`");
                Diagnostic::error("wrong-type", headline, node.pos())
            }
            Problem::TooSmall(least) => {
                let headline = format!("`{place}` is {text}, less than the least value {least}");
                Diagnostic::error("out-of-bounds", headline, node.pos())
            }
            Problem::TooLarge(most) => {
                let headline = format!("`{place}` is {text}, more than the greatest value {most}");
                Diagnostic::error("out-of-bounds", headline, node.pos())
            }
        };
        self.report(node.id(), found);
    }

    /// A value that is not among those listed: perhaps it is, in another edition.
    fn not_allowed(&mut self, node: Node<'a>, schema: &'a Schema) {
        let place = self.place(node.id());
        let text = shown(node.text());
        let elsewhere = self.editions_that_allow(node);
        if elsewhere != Editions::NONE {
            self.exists(
                elsewhere,
                node.id(),
                &format!("the value `{text}` of `{place}`"),
            );
            return;
        }
        let allowed = schema
            .allowed
            .iter()
            .filter_map(Value::as_str)
            .filter(|v| !v.is_empty());
        let headline = format!("`{place}` cannot be `{text}`");
        let found = Diagnostic::error("not-allowed-value", headline, node.pos())
            .maybe_help(diag::did_you_mean(node.text(), allowed));
        self.report(node.id(), found);
    }

    /// The editions in which the schema at this node's place lists its value.
    fn editions_that_allow(&self, node: Node<'a>) -> Editions {
        let facts = self.facts;
        let Some(id) = self.schema_at(node.id()) else {
            return Editions::NONE;
        };
        let base = facts.schema(id);
        let listed = |schema: &Schema| schema.allowed.iter().any(|value| equal(node, value));
        Edition::all(facts.product)
            .filter(|edition| {
                let schema = base
                    .variant(View {
                        edition: *edition,
                        ..self.view
                    })
                    .map_or(base, |id| facts.schema(id));
                listed(schema)
            })
            .fold(Editions::NONE, Editions::with)
    }

    pub(super) fn wrong_count(&mut self, node: Node<'a>, count: usize, bounds: Counts, of: &str) {
        let place = self.place(node.id());
        let headline = if count < bounds.min as usize {
            format!(
                "`{place}` has {count} {of}, fewer than the least number {}",
                bounds.min
            )
        } else {
            format!(
                "`{place}` has {count} {of}, more than the greatest number {}",
                bounds.max
            )
        };
        self.report(
            node.id(),
            Diagnostic::error("out-of-bounds", headline, node.pos()),
        );
    }
}

/// A text as far as it fits into a headline.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.replace('\n', "\\n");
    }
    let begin: String = text.chars().take(MOST).collect();
    format!("{}…", begin.replace('\n', "\\n"))
}
