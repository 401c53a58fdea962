//! For people and `patch`: the lines of each object.

use std::io;

use super::lines;
use super::title::{title, word};
use crate::diff::difference::{ChangeKind, Diff};

/// Writes a unified diff for each object, with a line before it that names the object.
pub(super) fn write(diff: &Diff, color: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let (bold, plain) = if color {
        ("\x1b[1m", "\x1b[0m")
    } else {
        ("", "")
    };
    for object in &diff.objects {
        let name = title(&object.newest().name);
        let was = match (&object.before, object.kind) {
            (Some(before), ChangeKind::Renamed) => format!(", was {}", title(&before.name)),
            _ => String::new(),
        };
        writeln!(out, "{bold}# {name}: {}{was}{plain}", word(object.kind))?;
        lines::write(object, diff, color, out)?;
    }
    Ok(())
}
