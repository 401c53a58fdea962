//! What differs between two states: of objects by their meaning, of texts line by line.

mod compare;
mod difference;
mod format;
mod ignore;
mod options;
mod side;
mod trouble;
mod unified;

pub use compare::compare;
pub use difference::{Change, ChangeKind, Counts, Diff, Name, ObjectDiff, State};
pub use format::{Format, Look};
pub use ignore::{Ignore, IgnoreError};
pub use options::Options;
pub use side::{Side, SideFile};
pub use trouble::Trouble;
pub use unified::{Unified, unified};
