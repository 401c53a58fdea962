//! The errors of the schema's validator, as mistakes of a document.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::Value;

use crate::diag::closest;
use crate::source::{NodeId, Tree};

use super::fields::stands_for;
use super::json::{Instance, TreeJson, node_of};
use super::schema::long_schema;
use super::schema_view::View;
use super::text_form::TextForm;

/// What is wrong at a node, in the order in which one mistake hides another at the same node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// It is of another type.
    Type,
    /// It is not one of the allowed values.
    Choice,
    /// It is empty.
    Empty,
    /// It does not have the form of its type.
    Form,
    /// It is too long by so many characters' limit.
    Long(u64),
    /// It lies outside its bounds.
    Bounds,
    /// There are too few of its items.
    Few(u64),
    /// There are too many of its items.
    Many(u64),
    /// The map lacks these fields; none, where another mistake tells of them.
    Missing(Vec<String>),
    /// The key is not the name of a field.
    Unknown,
    /// The key does not have the form of its map's keys.
    Key,
    /// Something else, in the validator's words.
    Other(String),
}

/// One mistake.
pub(super) struct Mistake {
    /// The node that is wrong: of `Unknown` and `Key`, the key.
    pub(super) at: NodeId,
    /// What is wrong with it.
    pub(super) what: What,
    /// What should be there; of `Unknown` and `Missing`, the map.
    pub(super) expected: View<'static>,
}

static VALIDATOR: LazyLock<Result<Validator<TreeJson>, String>> = LazyLock::new(|| {
    jsonschema::options_for::<TreeJson>()
        .with_pattern_options(PatternOptions::regex())
        .with_keyword("pattern", |_, pattern, _| {
            Ok(Box::new(TextForm::new(
                pattern.as_str().unwrap_or_default(),
            )))
        })
        .build(long_schema())
        .map_err(|error| error.to_string())
});

/// Every mistake of a document in long form, in the order of the text.
pub(super) fn find_mistakes(tree: &Tree) -> Vec<Mistake> {
    let validator = match &*VALIDATOR {
        Ok(validator) => validator,
        Err(error) => unreachable!("the schema is generated, and tested: {error}"),
    };
    let mut found = Vec::new();
    let root = Instance::root(tree);
    // To know whether there are mistakes is cheaper than to look for them.
    if validator.is_valid(root) {
        return found;
    }
    for error in validator.iter_errors(root) {
        take_up(tree, &error, &mut found);
    }
    found.sort_by(|a: &Mistake, b| (a.at, &a.what).cmp(&(b.at, &b.what)));
    join_missing(&mut found);
    found.dedup_by(|next, first| {
        let whole = |what: &What| matches!(what, What::Missing(_));
        first.at == next.at && !whole(&first.what) && !whole(&next.what)
    });
    forget_slips(tree, &mut found);
    found
}

fn take_up(tree: &Tree, error: &ValidationError<'_>, found: &mut Vec<Mistake>) {
    let Some(at) = node_of(error) else { return };
    let Some(expected) = View::holding(long_schema(), error.schema_path().as_str()) else {
        return;
    };
    let what = match error.kind() {
        Kind::Type { .. } => What::Type,
        Kind::Enum { .. } | Kind::Constant { .. } => What::Choice,
        Kind::MinLength { limit: 1 } => What::Empty,
        Kind::Custom { keyword, .. } if keyword == "pattern" => What::Form,
        Kind::Pattern { .. } | Kind::MinLength { .. } | Kind::Not { .. } => What::Form,
        Kind::MaxLength { limit } => What::Long(*limit),
        Kind::Minimum { .. } | Kind::Maximum { .. } => What::Bounds,
        Kind::MinItems { limit } | Kind::MinProperties { limit } => What::Few(*limit),
        Kind::MaxItems { limit } | Kind::MaxProperties { limit } => What::Many(*limit),
        Kind::Required { property } => {
            What::Missing(property.as_str().map(str::to_owned).into_iter().collect())
        }
        Kind::AdditionalProperties { unexpected } => {
            let keys = tree.node(at).entries().map(|(key, _)| key);
            let unknown = keys.filter(|key| unexpected.iter().any(|name| name == key.text()));
            found.extend(unknown.map(|key| Mistake {
                at: key.id(),
                what: What::Unknown,
                expected,
            }));
            return;
        }
        Kind::PropertyNames { error } => {
            found.extend(node_of(error).map(|at| Mistake {
                at,
                what: What::Key,
                expected,
            }));
            return;
        }
        _ => What::Other(error.kind().keyword().to_owned()),
    };
    found.push(Mistake { at, what, expected });
}

/// Fields that one map lacks are one mistake.
fn join_missing(found: &mut Vec<Mistake>) {
    found.dedup_by(|next, first| match (&mut first.what, &next.what) {
        (What::Missing(names), What::Missing(more)) if first.at == next.at => {
            names.extend(more.iter().cloned());
            true
        }
        _ => false,
    });
}

/// A field that is missing because its name was mistyped is told of once, as an unknown field;
/// the map lacks it still, so the mistake stays, with nothing to tell.
fn forget_slips(tree: &Tree, found: &mut Vec<Mistake>) {
    let unknown: Vec<NodeId> = found
        .iter()
        .filter(|mistake| mistake.what == What::Unknown)
        .map(|mistake| mistake.at)
        .collect();
    if unknown.is_empty() {
        return;
    }
    for mistake in &mut *found {
        let What::Missing(names) = &mut mistake.what else {
            continue;
        };
        let map = tree.node(mistake.at);
        for (key, _) in map.entries() {
            if unknown.binary_search(&key.id()).is_ok() {
                let meant = closest(key.text(), mistake.expected.field_names());
                names.retain(|name| {
                    Some(name.as_str()) != meant && !stands_for(mistake.expected, key.text(), name)
                });
            }
        }
    }
}

impl View<'static> {
    /// The names of a map's fields.
    pub(super) fn field_names(self) -> impl Iterator<Item = &'static str> {
        let fields = self.keyword("properties").and_then(Value::as_object);
        fields.into_iter().flatten().map(|(name, _)| name.as_str())
    }
}
