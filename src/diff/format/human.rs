//! For people at a terminal.

use std::io;

use crate::diff::difference::Diff;

pub(super) fn write(diff: &Diff, _color: bool, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}", diff.counts())
}
