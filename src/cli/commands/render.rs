//! `gatewright render`.

use std::mem;
use std::path::Path;

use crate::diag::Report;
use crate::diag::render::{Counts, Format};
use crate::pipeline::{self, Extent};
use crate::sinks::{Folder, Output, StreamFormat, write_stdout};
use crate::source::Sources;

use super::super::failure::Failure;
use super::super::options::{Input, Render, RenderTo};
use super::super::run::Outcome;
use super::super::terminal::Terminal;
use super::inputs;

/// Renders a config to where it is wanted.
pub(in crate::cli) fn run(render: &Render, terminal: Terminal) -> Result<Outcome, Failure> {
    let input = &render.input;
    match &render.to {
        RenderTo::Stream { format } => to_stream(input, *format, terminal),
        RenderTo::Folder { folder, force } => to_folder(input, folder, *force, terminal),
        RenderTo::Check { folder } => check(input, folder, terminal),
    }
}

/// Renders the objects to standard output.
fn to_stream(input: &Input, format: StreamFormat, terminal: Terminal) -> Result<Outcome, Failure> {
    let Some(output) = rendered(input, Extent::Objects, terminal)? else {
        return Ok(Outcome::Findings);
    };
    write_stdout(&output, format)?;
    mem::forget(output);
    Ok(Outcome::Fine)
}

/// Renders everything into a folder.
fn to_folder(
    input: &Input,
    folder: &Path,
    force: bool,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let Some(output) = rendered(input, Extent::Everything, terminal)? else {
        return Ok(Outcome::Findings);
    };
    let written = Folder::new(folder).force(force).write(&output)?;
    Terminal::words(|err| {
        writeln!(
            err,
            "{}: {} added, {} changed, {} unchanged",
            folder.display(),
            written.added.len(),
            written.changed.len(),
            written.unchanged
        )?;
        for stale in &written.stale {
            writeln!(err, "  {stale} is no longer rendered; remove it")?;
        }
        Ok(())
    });
    Ok(Outcome::Fine)
}

/// Compares a folder with what would be rendered into it.
fn check(input: &Input, folder: &Path, terminal: Terminal) -> Result<Outcome, Failure> {
    let Some(output) = rendered(input, Extent::Everything, terminal)? else {
        return Ok(Outcome::Findings);
    };
    let differences = Folder::new(folder).check(&output)?;
    if differences.is_empty() {
        return Ok(Outcome::Fine);
    }
    Terminal::data(|out| {
        differences
            .iter()
            .try_for_each(|difference| writeln!(out, "{difference}"))
    })?;
    Terminal::words(|err| {
        writeln!(
            err,
            "{} is not what the config renders to; run the same command without `--check`",
            folder.display()
        )
    });
    Ok(Outcome::Findings)
}

/// Renders, and says what there is to say; nothing is answered where there are errors.
///
/// The process ends soon after and takes along what it holds; to free a large config value by
/// value before would only cost time.
fn rendered(input: &Input, extent: Extent, terminal: Terminal) -> Result<Option<Output>, Failure> {
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let inputs = inputs::read(input, &mut report)?;
    let model = pipeline::resolve(&inputs.files, &mut sources, &mut report)?;
    let output = model
        .as_ref()
        .and_then(|model| pipeline::output(model, &inputs.templates, extent, &mut report));
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
    mem::forget((model, inputs, sources));
    Ok(output)
}
