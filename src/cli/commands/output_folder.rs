//! What `render` does with an output folder, and what it says of it.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use crate::sinks::{
    Action, Difference, Folder, FolderPlan, Output, SinkError, Written, write_diff,
};

use super::super::failure::Failure;
use super::super::run::Outcome;
use super::super::terminal::Terminal;

/// How many paths are listed before they are only counted.
const LISTED: usize = 20;

/// Writes the set into the folder, and counts what that took.
pub(super) fn write(folder: &Path, force: bool, output: &Output) -> Result<Outcome, Failure> {
    let written = Folder::new(folder).force(force).write(output)?;
    Terminal::words(|err| say_written(folder, &written, err));
    Ok(Outcome::Fine)
}

fn say_written(folder: &Path, written: &Written, err: &mut dyn Write) -> io::Result<()> {
    writeln!(
        err,
        "{}: {} added, {} changed, {} removed, {} unchanged",
        folder.display(),
        written.added.len(),
        written.changed.len(),
        written.removed.len(),
        written.unchanged
    )?;
    for path in written.removed.iter().take(LISTED) {
        writeln!(err, "  removed {path}, which the config no longer renders")?;
    }
    if let more @ 1.. = written.removed.len().saturating_sub(LISTED) {
        writeln!(err, "  removed {more} more")?;
    }
    if written.swept > 0 {
        let files = if written.swept == 1 { "file" } else { "files" };
        writeln!(
            err,
            "  removed {} temporary {files} of an interrupted run",
            written.swept
        )?;
    }
    for path in &written.left {
        writeln!(
            err,
            "  {path} is a temporary file of another run; if none is going on, remove it with \
             `--force`"
        )?;
    }
    Ok(())
}

/// Shows how the folder differs from the set.
pub(super) fn check(
    folder: &Path,
    output: &Output,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let sink = Folder::new(folder);
    let plan = sink.compare(output)?;
    let differences = plan.differences();
    Terminal::data(|out| write_diff(&plan, terminal.color_out, out))?;
    let folder = folder.display();
    if differences.is_empty() {
        let files = plan.steps.len();
        Terminal::words(|err| {
            writeln!(
                err,
                "{folder} is what the config renders: {files} unchanged"
            )
        });
        return Ok(Outcome::Fine);
    }
    let advice = match plan.refusals(false).len() {
        0 => "run the same command without `--check` to write it".to_owned(),
        1 => "1 of these files was edited by hand or not rendered by this config; `--dry-run` \
              says more of it"
            .to_owned(),
        refused => format!(
            "{refused} of these files were edited by hand or not rendered by this config; \
             `--dry-run` says more of them"
        ),
    };
    Terminal::words(|err| {
        let counts = Counts::of(&differences);
        writeln!(
            err,
            "{folder} is not what the config renders: {counts}; {advice}"
        )
    });
    Ok(Outcome::Findings)
}

/// How many differences there are of each sort.
struct Counts([(usize, &'static str); 4]);

impl Counts {
    fn of(differences: &[Difference]) -> Self {
        let mut counts = [
            (0, "missing"),
            (0, "different"),
            (0, "no longer rendered"),
            (0, "left over by an interrupted run"),
        ];
        for difference in differences {
            let index = match difference {
                Difference::Missing(_) => 0,
                Difference::Different(_) => 1,
                Difference::Stale(_) => 2,
                Difference::LeftOver(_) => 3,
            };
            counts[index].0 += 1;
        }
        Counts(counts)
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.0.iter().filter(|(count, _)| *count > 0);
        for (index, (count, word)) in counts.enumerate() {
            let between = if index == 0 { "" } else { ", " };
            write!(f, "{between}{count} {word}")?;
        }
        Ok(())
    }
}

/// Lists what writing the set would do. A run that would be refused fails as that would.
pub(super) fn dry_run(folder: &Path, force: bool, output: &Output) -> Result<Outcome, Failure> {
    let plan = Folder::new(folder).plan(output)?;
    let refusals = plan.refusals(force);
    let refused: BTreeSet<String> = refusals.iter().map(|r| below(folder, &r.path)).collect();
    let lines = lines(&plan, &refused);
    Terminal::data(|out| {
        lines
            .iter()
            .try_for_each(|(path, verb)| writeln!(out, "{verb:<6} {path}"))
    })?;
    if !refusals.is_empty() {
        return Err(SinkError::Refused(refusals).into());
    }
    let count = |verb| lines.iter().filter(|(_, v)| *v == verb).count();
    Terminal::words(|err| {
        writeln!(
            err,
            "{}: would add {}, change {}, remove {} and leave {} as they are; nothing was written",
            folder.display(),
            count(ADD),
            count(CHANGE),
            count(REMOVE),
            plan.steps.len() - plan.writes().count()
        )
    });
    Ok(Outcome::Fine)
}

const ADD: &str = "add";
const CHANGE: &str = "change";
const REMOVE: &str = "remove";
const REFUSE: &str = "refuse";

/// What would be done, each with its path below the output folder, sorted by path.
fn lines<'a>(
    plan: &'a FolderPlan<'_>,
    refused: &'a BTreeSet<String>,
) -> Vec<(&'a str, &'static str)> {
    let writes = plan.writes().map(|step| match step.action {
        Action::Add => (step.path.as_str(), ADD),
        _ => (step.path.as_str(), CHANGE),
    });
    let stale = plan.stale.iter().map(|stale| stale.path.as_str());
    let removed = stale.chain(plan.leftovers.iter().map(String::as_str));
    let mut lines: Vec<_> = writes.chain(removed.map(|path| (path, REMOVE))).collect();
    lines.retain(|(path, _)| !refused.contains(*path));
    lines.extend(refused.iter().map(|path| (path.as_str(), REFUSE)));
    lines.sort_unstable();
    lines
}

/// The path below the output folder.
fn below(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder)
        .unwrap_or(path)
        .display()
        .to_string()
}
