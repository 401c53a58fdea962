//! What a hand changed in a file that was rendered.

use std::fmt;
use std::fs;

use super::folder_plan::Step;
use super::header::{Header, after_header};
use crate::diff::{Unified, unified};

/// How many lines of a diff a message shows.
const SHOWN: usize = 20;

/// How large a file may be for a message to compare it, in bytes.
const COMPARED: usize = 1 << 20;

/// How a file that was edited by hand differs from what the config renders now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandChanges {
    /// The first lines of a unified diff from what is rendered to what stands there.
    pub lines: Vec<String>,
    /// How many lines follow.
    pub more: usize,
    /// Whether the config renders something else now than when the file was written. The text of
    /// that time is not kept, so lines by hand and lines by the config cannot be told apart.
    pub mixed: bool,
}

impl HandChanges {
    /// Compares a file that begins with this header with what is rendered now; `None` where the
    /// file cannot be read any more, or is too large for a message.
    pub(super) fn read(header: &Header, step: &Step<'_>) -> Option<Self> {
        let content = fs::read(&step.target).ok()?;
        if content.len().max(step.text.len()) > COMPARED {
            return None;
        }
        let (first, rest) = content.split_at(content.len() - after_header(&content).len());
        // With one first line on both sides it is no change, and the numbers of lines are right.
        let first = String::from_utf8_lossy(first);
        Some(Self::between(
            &format!("{first}{}", step.text),
            &format!("{first}{}", String::from_utf8_lossy(rest)),
            header.digest != Header::of("", "", step.text).digest,
        ))
    }

    fn between(rendered: &str, standing: &str, mixed: bool) -> Self {
        let texts = Unified {
            before_name: "what the config renders now",
            after_name: "what stands in the file",
            before: rendered,
            after: standing,
        };
        let mut diff = Vec::new();
        // Memory takes all that is written to it.
        let _ = unified(texts, false, &mut diff);
        let diff = String::from_utf8_lossy(&diff);
        let mut lines = diff.lines();
        HandChanges {
            lines: lines.by_ref().take(SHOWN).map(harmless).collect(),
            more: lines.count(),
            mixed,
        }
    }
}

/// A line without what would make a terminal do things.
fn harmless(line: &str) -> String {
    let shown = |c: char| {
        if c.is_control() && c != '\t' {
            '\u{fffd}'
        } else {
            c
        }
    };
    line.chars().map(shown).collect()
}

impl fmt::Display for HandChanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            write!(f, "\n      {line}")?;
        }
        if self.more > 0 {
            let lines = if self.more == 1 { "line" } else { "lines" };
            write!(f, "\n      and {} more {lines}", self.more)?;
        }
        if self.mixed {
            f.write_str(
                "\n    the config renders something else now than when this file was written, so \
                 not every difference is by hand",
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_shows_the_start_and_counts_the_rest() {
        let few = HandChanges::between("a: 1\nb: 1\n", "a: 1\nb: 2\n", false);
        assert_eq!(
            few.to_string(),
            "\n      --- what the config renders now\n      +++ what stands in the file\n      \
             @@ -1,2 +1,2 @@\n       a: 1\n      -b: 1\n      +b: 2"
        );
        let long = "x\n".repeat(40);
        let many = HandChanges::between("", &long, true).to_string();
        assert_eq!(many.matches("+x").count(), SHOWN - 3);
        assert!(many.contains("\n      and 23 more lines\n"), "{many}");
        assert!(many.ends_with("not every difference is by hand"), "{many}");
        let hostile = HandChanges::between("", "\u{1b}[2Jx\n", false).to_string();
        assert!(!hostile.contains('\u{1b}'), "{hostile:?}");
    }
}
