//! `gatewright render`.

use std::mem;
use std::path::Path;

use crate::diag::Report;
use crate::diag::render::{Counts, Format};
use crate::pipeline::{self, Extent};
use crate::sinks::{Folder, Output, write_stdout};
use crate::source::Sources;

use super::super::failure::Failure;
use super::super::options::{Render, RenderTo};
use super::super::run::Outcome;
use super::super::terminal::Terminal;
use super::{inputs, origin_map};

/// Renders a config to where it is wanted.
pub(in crate::cli) fn run(render: &Render, terminal: Terminal) -> Result<Outcome, Failure> {
    origin_map::check(render)?;
    match &render.to {
        RenderTo::Stream => to_stream(render, terminal),
        RenderTo::Folder { folder, force } => to_folder(render, folder, *force, terminal),
        RenderTo::Check { folder } => check(render, folder, terminal),
    }
}

/// Renders the objects to standard output.
fn to_stream(render: &Render, terminal: Terminal) -> Result<Outcome, Failure> {
    let Some(output) = rendered(render, Extent::Objects, terminal)? else {
        return Ok(Outcome::Findings);
    };
    write_stdout(&output)?;
    mem::forget(output);
    Ok(Outcome::Fine)
}

/// Renders everything into a folder.
fn to_folder(
    render: &Render,
    folder: &Path,
    force: bool,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let Some(output) = rendered(render, Extent::Everything, terminal)? else {
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
fn check(render: &Render, folder: &Path, terminal: Terminal) -> Result<Outcome, Failure> {
    let Some(output) = rendered(render, Extent::Everything, terminal)? else {
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
fn rendered(
    render: &Render,
    extent: Extent,
    terminal: Terminal,
) -> Result<Option<Output>, Failure> {
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let inputs = inputs::read(&render.input, &mut report)?;
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
    if let (Some(to), Some(model), Some(output)) = (&render.map, &model, &output) {
        origin_map::write(to, model, &inputs.templates, &sources, output)?;
    }
    mem::forget((model, inputs, sources));
    Ok(output)
}
