//! What differs between two states.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::kube::{ObjectId, Pointer};
use crate::source::{NodeId, Sources, Tree};

/// What happened to an object, or to a value in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is in the second state alone.
    Added,
    /// It is in the first state alone.
    Removed,
    /// It is in both, with another value.
    Changed,
    /// It is in both, at another place of a list whose order counts.
    Moved,
    /// It is in both under another name, or under another key of its list.
    Renamed,
}

/// Every difference between two states.
#[derive(Debug)]
pub struct Diff {
    /// What a person calls the first state.
    pub before: String,
    /// What a person calls the second state.
    pub after: String,
    /// The texts that positions are places of.
    pub sources: Sources,
    /// The objects that differ, by identity; documents without one come last, by file.
    pub objects: Vec<ObjectDiff>,
}

/// One object that differs.
#[derive(Debug)]
pub struct ObjectDiff {
    /// What happened to it. An object is never [`Moved`](ChangeKind::Moved): which file holds it
    /// does not count.
    pub kind: ChangeKind,
    /// As it was, unless it was added.
    pub before: Option<State>,
    /// As it is, unless it was removed.
    pub after: Option<State>,
    /// What differs in it; nothing where it was added or removed as a whole.
    pub changes: Vec<Change>,
}

/// One object in one state.
#[derive(Debug)]
pub struct State {
    /// What it is called.
    pub name: Name,
    /// What it says, without what does not count and with secret values masked.
    pub tree: Tree,
}

/// What a document is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// An object of a cluster.
    Object(ObjectId),
    /// A document without an identity, such as the values of a chart.
    File {
        /// The file, below the root of its side.
        file: String,
        /// Which of the documents without an identity in that file, counted from 0.
        index: usize,
    },
}

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened to it.
    pub kind: ChangeKind,
    /// Where it is, in the second state if it is there, or else in the first.
    pub pointer: Pointer,
    /// The value in the first state, by its index in that tree.
    pub before: Option<NodeId>,
    /// The value in the second state.
    pub after: Option<NodeId>,
    /// Of a value that was added, the map or list of the first state that it was added to.
    pub into: Option<NodeId>,
}

/// How many objects differ, in words `1 added, 2 removed, 3 changed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// How many objects were added.
    pub added: usize,
    /// How many objects were removed.
    pub removed: usize,
    /// How many objects were changed, their names aside.
    pub changed: usize,
    /// How many objects were renamed.
    pub renamed: usize,
}

impl Diff {
    /// Whether the states are the same.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// How many objects differ.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for object in &self.objects {
            match object.kind {
                ChangeKind::Added => counts.added += 1,
                ChangeKind::Removed => counts.removed += 1,
                ChangeKind::Renamed => counts.renamed += 1,
                ChangeKind::Changed | ChangeKind::Moved => counts.changed += 1,
            }
        }
        counts
    }
}

impl ObjectDiff {
    /// The object as it is, or as it was where it is no more.
    pub fn newest(&self) -> &State {
        self.after
            .as_ref()
            .or(self.before.as_ref())
            .expect("an object is in one of the states")
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = [
            (self.added, "added"),
            (self.removed, "removed"),
            (self.changed, "changed"),
            (self.renamed, "renamed"),
        ];
        let mut separator = "";
        for (count, word) in counted.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, "{separator}{count} {word}")?;
            separator = ", ";
        }
        if separator.is_empty() {
            f.write_str("no differences")
        } else {
            Ok(())
        }
    }
}
