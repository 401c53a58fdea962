//! What a merge could not make one.

use std::fmt;

use crate::source::position::Pos;
use crate::source::tree::Shape;

/// Two trees that cannot become one at some place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What is wrong.
    pub kind: ConflictKind,
    /// The place as people write it: `spec.routes[name=x].rules`.
    pub path: String,
    /// Where the first tree has it; nowhere if it has not.
    pub base: Pos,
    /// Where the second tree has it.
    pub over: Pos,
}

/// The ways in which two trees do not go together. The first tree's value stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// A value is given twice.
    GivenTwice,
    /// An item is given twice.
    SameItem,
    /// The two are of different kinds.
    OtherKind {
        /// What the first is.
        base: Shape,
        /// What the second is.
        over: Shape,
    },
    /// An item lacks the key by which it would be found.
    ItemWithoutKey,
    /// The first tree has nothing of this name to change.
    NothingToChange,
}

/// The headline of the diagnostic, but for the path.
impl fmt::Display for ConflictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConflictKind::GivenTwice => f.write_str("the value is given twice"),
            ConflictKind::SameItem => f.write_str("the item is given twice"),
            ConflictKind::OtherKind { base, over } => {
                write!(
                    f,
                    "it is {} in one place and {} in another",
                    base.describe(),
                    over.describe()
                )
            }
            ConflictKind::ItemWithoutKey => f.write_str("the item lacks the key which names it"),
            ConflictKind::NothingToChange => f.write_str("there is nothing of this name to change"),
        }
    }
}
