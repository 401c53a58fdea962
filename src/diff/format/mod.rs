//! The forms in which differences are shown, one file each.

mod human;
mod json;
mod lines;
mod markdown;
mod patch;
mod place;
#[cfg(test)]
mod tests;
mod title;
mod value_text;
mod way;

use std::io;

use super::difference::Diff;

pub use json::{
    Differences, DifferentObject, DifferentValue, Identity, ObjectState, ValueState, WrittenAt,
};

/// A form in which differences are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people at a terminal: by object, each value with its places.
    #[default]
    Human,
    /// For people and `patch`: the lines of each object in one canonical form.
    Unified,
    /// For programs: one versioned document.
    Json,
    /// For a comment on a pull request, of bounded length.
    Markdown,
}

/// How differences are to look, as far as a form leaves it open.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether a person sees colours; matters to [`Human`](Format::Human) and
    /// [`Unified`](Format::Unified).
    pub color: bool,
    /// The most bytes that a [`Markdown`](Format::Markdown) text may have.
    pub max_bytes: usize,
}

impl Look {
    /// What a comment on GitHub may hold, 65,536 characters, less a margin for what a pipeline adds
    /// before and after.
    pub const MAX_BYTES: usize = 65_536 - 1_536;
}

impl Default for Look {
    fn default() -> Self {
        Look {
            color: false,
            max_bytes: Self::MAX_BYTES,
        }
    }
}

impl Format {
    /// Writes the differences. Where there are none, [`Unified`](Format::Unified) is empty and the
    /// others say so.
    pub fn write(self, diff: &Diff, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Format::Human => human::write(diff, look.color, out),
            Format::Unified => patch::write(diff, look.color, out),
            Format::Json => json::write(diff, out),
            Format::Markdown => markdown::write(diff, look.max_bytes, out),
        }
    }
}
