//! `gatewright check`.

use crate::diag::Report;
use crate::diag::render::{Counts, Format};
use crate::pipeline;
use crate::source::Sources;

use super::super::failure::Failure;
use super::super::options::Input;
use super::super::progress::Progress;
use super::super::run::Outcome;
use super::super::terminal::Terminal;
use super::inputs;

/// Prints what is wrong with a config and with what it renders to.
pub(in crate::cli) fn run(
    input: &Input,
    format: Format,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let inputs = inputs::read(input, &mut report)?;
    let progress = Progress::new("checking");
    pipeline::render(&inputs, &mut sources, &mut report)?;
    drop(progress);
    Terminal::data(|out| format.write(&report, &sources, terminal.color_out, out))?;
    if format == Format::Human {
        Terminal::words(|err| writeln!(err, "checked: {}", Counts::of(&report, &sources)));
    }
    Ok(if report.has_errors() {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}
