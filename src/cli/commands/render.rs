//! `gatewright render`.

use std::fs;
use std::mem;

use crate::diag::Report;
use crate::diag::render::{Counts, Format};
use crate::pipeline::{self, Extent};
use crate::sinks::{Output, write_stdout};
use crate::source::{Source, Sources};

use super::super::failure::Failure;
use super::super::options::{Render, RenderTo};
use super::super::progress::Progress;
use super::super::run::Outcome;
use super::super::terminal::Terminal;
use super::{inputs, origin_map, output_folder};

/// Renders a config to where it is wanted.
pub(in crate::cli) fn run(render: &Render, terminal: Terminal) -> Result<Outcome, Failure> {
    origin_map::check(render)?;
    match &render.to {
        RenderTo::Stream { format } => rendered(render, Extent::Objects, terminal, |output| {
            write_stdout(output, *format)?;
            Ok(Outcome::Fine)
        }),
        RenderTo::Folder { folder, force } => {
            rendered(render, Extent::Everything, terminal, |output| {
                output_folder::write(folder, *force, output)
            })
        }
        RenderTo::Check { folder } => rendered(render, Extent::Everything, terminal, |output| {
            output_folder::check(folder, output, terminal)
        }),
        RenderTo::DryRun { folder, force } => {
            rendered(render, Extent::Everything, terminal, |output| {
                output_folder::dry_run(folder, *force, output)
            })
        }
    }
}

/// Renders, says what there is to say, does what is to be done with the result, and then writes the
/// map, so that a run which is refused leaves that alone too. Where there are errors, nothing is
/// done.
///
/// The process ends soon after and takes along what it holds; to free a large config value by
/// value before would only cost time.
fn rendered(
    render: &Render,
    extent: Extent,
    terminal: Terminal,
    then: impl FnOnce(&Output) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let inputs = inputs::read(&render.input, &mut report)?;
    let progress = Progress::new("rendering");
    let model = pipeline::resolve(&inputs.files, &mut sources, &mut report)?;
    let output = model
        .as_ref()
        .and_then(|model| pipeline::output(model, &inputs.templates, extent, &mut report));
    drop(progress);
    Terminal::words(|err| {
        Format::Human.write(&report, &sources, terminal.color_err, err)?;
        if report.has_errors() {
            writeln!(
                err,
                "{}; nothing was written",
                Counts::of(&report, &sources)
            )?;
        }
        Ok(())
    });
    let Some(output) = output else {
        mem::forget((model, inputs, sources));
        return Ok(Outcome::Findings);
    };
    let read = sources.iter().map(Source::name);
    let read = read.filter_map(|name| fs::canonicalize(name).ok());
    let output = output.made_from(read);
    let outcome = then(&output)?;
    if let (Some(to), Some(model)) = (&render.map, &model) {
        origin_map::write(to, model, &inputs.templates, &sources, &output)?;
    }
    mem::forget((model, inputs, sources, output));
    Ok(outcome)
}
