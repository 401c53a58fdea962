//! How many findings there are.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::order::in_order;
use crate::diag::{Diagnostic, Level, Report};
use crate::source::Sources;

/// How many findings there are of each level; in words: `3 errors, 1 warning`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many notes.
    pub notes: usize,
}

impl Counts {
    /// The counts of what is shown of a report: identical findings count once.
    pub fn of(report: &Report, sources: &Sources) -> Self {
        in_order(report, sources).into_iter().collect()
    }
}

impl<'a> FromIterator<&'a Diagnostic> for Counts {
    fn from_iter<T: IntoIterator<Item = &'a Diagnostic>>(diagnostics: T) -> Self {
        let mut counts = Counts::default();
        for diagnostic in diagnostics {
            match diagnostic.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Note => counts.notes += 1,
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.notes, "note"),
        ];
        let mut separator = "";
        for (count, word) in counted.into_iter().filter(|(count, _)| *count > 0) {
            let ending = if count == 1 { "" } else { "s" };
            write!(f, "{separator}{count} {word}{ending}")?;
            separator = ", ";
        }
        if separator.is_empty() {
            f.write_str("no findings")
        } else {
            Ok(())
        }
    }
}
