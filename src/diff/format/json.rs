//! For programs: one versioned document.

use std::collections::BTreeMap;
use std::io;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Number, Value};

use super::place::Place;
use super::way::{Way, ways};
use crate::diff::difference::{Change, ChangeKind, Counts, Diff, Name, ObjectDiff, State};
use crate::kube::Pointer;
use crate::source::{Node, NodeId, Shape, Sources};

/// The version of [`Differences`]. A field may be added within a version; nothing else changes.
const VERSION: u32 = 1;

/// Every difference between two states.
///
/// The values of Secrets are masked: `***`, or `*** (before)` and `*** (after)` where they differ.
/// Fields that belong to the server, and those that were asked to be ignored, are not there.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Differences {
    /// The version of this form: 1.
    pub version: u32,
    /// What the first state is called.
    pub before: String,
    /// What the second state is called.
    pub after: String,
    /// The objects that differ, by group, kind, namespace and name; documents without an identity
    /// come last, by file.
    pub objects: Vec<DifferentObject>,
    /// How many objects differ.
    pub summary: Counts,
}

/// An object that differs.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DifferentObject {
    /// What happened to it: `added`, `removed`, `changed` or `renamed`.
    pub change: ChangeKind,
    /// As it was; null where it was added.
    pub before: Option<ObjectState>,
    /// As it is; null where it was removed.
    pub after: Option<ObjectState>,
    /// What differs in it. Of an object that was added or removed, the whole of it is one change.
    ///
    /// These are enough to make the second state from the first. Take out what was removed; set what
    /// was changed or renamed, each at its `path` of `before`. In a list, what moved and what was
    /// added goes to the index at the end of its `path` of `after`, and the other items fill the
    /// rest in their order. Only lists in which the order is nothing may then differ in it.
    pub changes: Vec<DifferentValue>,
}

/// An object in one state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ObjectState {
    /// Which object it is; null for a document without an identity, such as the values of a chart.
    pub id: Option<Identity>,
    /// Where it is.
    #[serde(flatten)]
    pub place: WrittenAt,
}

/// The identity of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Identity {
    /// The API group; empty for the core group.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The namespace, where one is written.
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
}

/// Where something was written. Lines and columns are counted from 1; columns count characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WrittenAt {
    /// The file, as it was named.
    pub file: Option<String>,
    /// The line of its first character.
    pub line: Option<usize>,
    /// The column of its first character.
    pub column: Option<usize>,
}

/// A value that differs.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DifferentValue {
    /// What happened to it.
    pub change: ChangeKind,
    /// Where it is, as people write it: `spec.listeners[name=https].port`. In the second state, or
    /// in the first where it is no more. Empty for the object as a whole.
    pub pointer: String,
    /// As it was; null where it was added.
    pub before: Option<ValueState>,
    /// As it is; null where it was removed.
    pub after: Option<ValueState>,
    /// Of a value that was added, where in the first state the map or list is that it was added to,
    /// as a JSON Pointer; else null.
    pub into: Option<String>,
}

/// A value in one state.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ValueState {
    /// Where it is in the object, as a JSON Pointer (RFC 6901). Items count as they stand once the
    /// ignored ones are left out.
    pub path: String,
    /// The value, with numbers in their shortest form; those that JSON does not have are strings.
    /// Left out where the value only moved: what else changed in it is a change of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Where it was written.
    #[serde(flatten)]
    pub place: WrittenAt,
}

impl Differences {
    /// The differences in the form of the document.
    pub fn of(diff: &Diff) -> Self {
        Differences {
            version: VERSION,
            before: diff.before.clone(),
            after: diff.after.clone(),
            objects: diff
                .objects
                .iter()
                .map(|object| different(object, diff))
                .collect(),
            summary: diff.counts(),
        }
    }
}

/// Writes the document, and a line feed after it.
pub(super) fn write(diff: &Diff, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Differences::of(diff))?;
    writeln!(out)
}

/// The ways to values by their nodes.
type Ways = BTreeMap<NodeId, Way>;

fn different(object: &ObjectDiff, diff: &Diff) -> DifferentObject {
    let state = |state: &Option<State>| {
        state.as_ref().map(|state| ObjectState {
            id: identity(&state.name),
            place: written_at(state.tree.root(), &diff.sources),
        })
    };
    let whole = Change {
        kind: object.kind,
        pointer: Pointer::root(),
        before: object.before.as_ref().map(|_| 0),
        after: object.after.as_ref().map(|_| 0),
        into: None,
    };
    let changes = match object.kind {
        ChangeKind::Added | ChangeKind::Removed => std::slice::from_ref(&whole),
        _ => &object.changes,
    };
    let before = changes
        .iter()
        .flat_map(|change| [change.before, change.into]);
    let before = ways(object.before.as_ref(), before.flatten());
    let after = changes.iter().filter_map(|change| change.after);
    let after = ways(object.after.as_ref(), after);
    let value = |state: &Option<State>, ways: &Ways, id: Option<NodeId>, kind| {
        let node = state.as_ref()?.tree.node(id?);
        Some(ValueState {
            path: ways.get(&id?)?.path.clone(),
            value: (kind != ChangeKind::Moved).then(|| value(node)),
            place: written_at(node, &diff.sources),
        })
    };
    let changes = changes.iter().map(|change| DifferentValue {
        change: change.kind,
        pointer: change.pointer.to_string(),
        before: value(&object.before, &before, change.before, change.kind),
        after: value(&object.after, &after, change.after, change.kind),
        into: change
            .into
            .and_then(|id| Some(before.get(&id)?.path.clone())),
    });
    DifferentObject {
        change: object.kind,
        before: state(&object.before),
        after: state(&object.after),
        changes: changes.collect(),
    }
}

fn identity(name: &Name) -> Option<Identity> {
    match name {
        Name::Object(id) => Some(Identity {
            group: id.group.clone(),
            kind: id.kind.clone(),
            namespace: id.namespace.clone(),
            name: id.name.clone(),
        }),
        Name::File { .. } => None,
    }
}

fn written_at(node: Node<'_>, sources: &Sources) -> WrittenAt {
    Place::of(node.pos(), sources).map_or_else(WrittenAt::default, |place| WrittenAt {
        file: Some(place.file),
        line: Some(place.line),
        column: Some(place.column),
    })
}

/// A node as a JSON value.
fn value(node: Node<'_>) -> Value {
    match node.shape() {
        Shape::Null => Value::Null,
        Shape::Bool => Value::Bool(node.as_bool().unwrap_or_default()),
        Shape::Int => match node.text().parse::<u64>() {
            Ok(number) => Value::from(number),
            Err(_) => node
                .as_i64()
                .map_or_else(|| Value::from(node.text()), Value::from),
        },
        Shape::Float => {
            let number = node.as_f64().and_then(Number::from_f64);
            number.map_or_else(|| Value::from(node.text()), Value::Number)
        }
        Shape::Str => Value::from(node.text()),
        Shape::Seq => node.items().map(value).collect(),
        Shape::Map => {
            let entries = node
                .entries()
                .map(|(key, node)| (key.text().to_owned(), value(node)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}
