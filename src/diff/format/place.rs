//! Where a value was written.

use crate::source::{Pos, Sources};

/// A place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// What a person calls the file.
    pub(super) file: String,
    /// The line, counted from 1.
    pub(super) line: usize,
    /// The column, counted from 1 in characters.
    pub(super) column: usize,
}

impl Place {
    /// The place of a position, if it is one of some source.
    pub(super) fn of(pos: Pos, sources: &Sources) -> Option<Self> {
        let (source, offset) = sources.locate(pos)?;
        let (line, column) = source.line_column(offset);
        Some(Place {
            file: source.name().to_owned(),
            line,
            column,
        })
    }
}

/// `file:line:column`.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}:{}:{}",
            in_one_line(&self.file),
            self.line,
            self.column
        )
    }
}

/// A text as it may stand in a line of a terminal: what would break it, or turn its direction, is
/// written as an escape.
pub(super) fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || is_unseen(c) {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

/// Whether a character is a mark that nobody sees but by what it does to a text: the marks of
/// direction, breaks of lines and paragraphs, the byte-order mark.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
