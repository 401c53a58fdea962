//! `gatewright diff`.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use crate::diag::Report;
use crate::diag::render::{Counts, Format};
use crate::diff::{self, Side, Trouble};
use crate::input::{Material, Operand, Operands, Whence, read_templates, read_templates_of};
use crate::pipeline::{self, Taken, Taking};
use crate::render::Templates;
use crate::source::Sources;

use super::super::failure::Failure;
use super::super::options::{Diff, DiffWhat};
use super::super::progress::Progress;
use super::super::run::Outcome;
use super::super::terminal::Terminal;
use super::diff_notes;
use super::external_diff;

/// Compares two states.
pub(in crate::cli) fn run(diff: &Diff, terminal: Terminal) -> Result<Outcome, Failure> {
    match &diff.what {
        DiffWhat::Operands(before, after) => {
            let (before, after) = (before.as_deref(), after.as_deref());
            compare(diff, before, after, terminal)
        }
        DiffWhat::Path(path) => external_diff::run(diff, path, terminal),
        DiffWhat::Unmerged(path) => external_diff::unmerged(path),
        DiffWhat::TooMany(count) => Err(Failure::Operands(*count)),
    }
}

fn compare(
    diff: &Diff,
    before: Option<&str>,
    after: Option<&str>,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    // A working folder that is gone can still be named as `.`.
    let working = env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let operands = Operands::tell(before, after, &working)?;
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let mut read =
        |operand: &Operand| Material::read(operand, &working, &mut io::stdin().lock(), &mut report);
    let (a, b) = (read(&operands.before)?, read(&operands.after)?);
    let ways = [operands.before.way, operands.after.way];
    let taken = pipeline::taken([&a, &b], ways, operands.same_path);
    let absent = [a.is_absent, b.is_absent];
    let mut take = |operand: &Operand, material, taken| {
        let templates = templates(diff, operand, taken, &working, &mut report)?;
        let name = operand.name();
        pipeline::take(name, material, taken, templates, &mut sources, &mut report)
            .map_err(Failure::from)
    };
    let before = take(&operands.before, a, taken[0])?;
    let after = take(&operands.after, b, taken[1])?;
    let (Some(mut before), Some(mut after)) = (before, after) else {
        return Err(incomparable(&report, &sources, terminal));
    };
    if report.has_errors() {
        return Err(incomparable(&report, &sources, terminal));
    }
    if diff.for_kubectl {
        plain_names(&mut before.side);
        plain_names(&mut after.side);
    }
    let Taking { left_out, .. } = &before;
    let left_out = pipeline::left_out_and_different(left_out, &after.left_out);
    let progress = Progress::new("comparing");
    let found = diff::compare(before.side, after.side, &diff.options);
    drop(progress);
    let found =
        found.map_err(|Trouble { report, sources }| incomparable(&report, &sources, terminal))?;
    Terminal::data(|out| {
        diff.format
            .write(&found, diff.look(terminal.color_out), out)
    })?;
    let differ = !found.is_empty();
    diff_notes::write(&operands, absent, &left_out, differ);
    Ok(if differ && !diff.exit_zero {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}

/// The templates to render an operand with: those of its revision where it has one.
fn templates(
    diff: &Diff,
    operand: &Operand,
    taken: Taken,
    working: &Path,
    report: &mut Report,
) -> Result<Templates, Failure> {
    let folder = match &diff.templates {
        Some(folder) if taken == Taken::Config => folder,
        _ => return Ok(Templates::built_in()),
    };
    let found = match &operand.whence {
        Whence::Revision(revision, _) => read_templates_of(revision, folder, working, report)?,
        _ => read_templates(folder, working, report)?,
    };
    Ok(Templates::with_own(folder, found, report))
}

/// Says what stands in the way of an answer.
pub(super) fn incomparable(report: &Report, sources: &Sources, terminal: Terminal) -> Failure {
    Terminal::words(|err| Format::Human.write(report, sources, terminal.color_err, err));
    Failure::Incomparable(Counts::of(report, sources).to_string())
}

/// Kubectl's folders are temporary, and their names say nothing.
fn plain_names(side: &mut Side) {
    let last = side.name.rsplit('/').next().unwrap_or_default();
    for (start, plain) in [("LIVE-", "live"), ("MERGED-", "merged")] {
        if last.starts_with(start) {
            for file in &mut side.files {
                file.shown = format!("{plain}/{}", file.name);
            }
            plain.clone_into(&mut side.name);
            return;
        }
    }
}
