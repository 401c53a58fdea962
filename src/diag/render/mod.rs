//! The forms in which findings are shown, one file each.

mod concise;
mod counts;
mod human;
mod json;
mod order;
mod spot;
#[cfg(test)]
mod tests;
mod window;

use std::io;

use super::report::Report;
use crate::source::Sources;

pub use counts::Counts;
pub use json::{Finding, Findings, FoundLevel, FoundPlace, FoundRelated};
pub use order::in_order;

/// A form in which findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: the text with what is wrong underlined.
    #[default]
    Human,
    /// One line each, for editors and `grep`.
    Concise,
    /// For programs: one versioned document.
    Json,
}

impl Format {
    /// Writes the findings of a report, sorted by place, identical ones once.
    ///
    /// Whether a person sees colours is the caller's choice, and matters to
    /// [`Human`](Format::Human) alone.
    pub fn write(
        self,
        report: &Report,
        sources: &Sources,
        color: bool,
        writer: &mut dyn io::Write,
    ) -> io::Result<()> {
        match self {
            Format::Human => human::write(report, sources, color, writer),
            Format::Concise => concise::write(report, sources, writer),
            Format::Json => json::write(report, sources, writer),
        }
    }
}
