//! What differs between two states: of objects by their meaning, of texts line by line.

mod align;
mod alignment;
mod compare;
mod difference;
mod digest;
mod document;
mod format;
mod ignore;
mod item_key;
mod laid_out;
mod likeness;
mod mask;
mod meaning;
mod options;
mod order;
mod partners;
mod parts;
mod prepare;
mod redact;
mod server_owned;
mod side;
mod site;
#[cfg(test)]
mod tests;
mod trouble;
mod unified;
mod walk;

pub use compare::compare;
pub use difference::{Change, ChangeKind, Counts, Diff, Name, ObjectDiff, State};
pub use format::{
    Differences, DifferentObject, DifferentValue, Format, Identity, Look, ObjectState, ValueState,
    WrittenAt,
};
pub use ignore::{Ignore, IgnoreError};
pub use options::Options;
pub use side::{Side, SideFile};
pub use trouble::Trouble;
pub use unified::{Unified, unified};
