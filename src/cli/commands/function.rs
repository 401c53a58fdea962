//! `gatewright fn`.

use std::io;
use std::sync::Arc;

use crate::diag::Report;
use crate::diag::render::Format;
use crate::input::read_stdin;
use crate::kube::krm::ResourceList;
use crate::pipeline;
use crate::source::Sources;

use super::super::failure::Failure;
use super::super::run::Outcome;
use super::super::terminal::Terminal;
use super::inputs::working_folder;

/// Takes a `ResourceList` from standard input and gives it back with what its config renders.
pub(in crate::cli) fn run(terminal: Terminal) -> Result<Outcome, Failure> {
    let text: Arc<str> = read_stdin(&mut io::stdin().lock())?.into();
    let list = ResourceList::read(&text).map_err(Failure::List)?;
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let out = pipeline::function(&list, &working_folder(), &mut sources, &mut report)?;
    Terminal::data(|stdout| stdout.write_all(out.as_bytes()))?;
    Terminal::words(|err| Format::Human.write(&report, &sources, terminal.color_err, err));
    Ok(if report.has_errors() {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}
