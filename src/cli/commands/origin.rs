//! `gatewright origin`.

use crate::diag::Report;
use crate::diag::render::{Counts, Format};
use crate::pipeline::{self, Extent, OriginError};
use crate::render::{OriginMap, Places, write_origins};
use crate::source::Sources;

use super::super::failure::Failure;
use super::super::options::Origin;
use super::super::run::Outcome;
use super::super::terminal::Terminal;
use super::inputs;

/// Prints where a rendered object, or a field of it, comes from.
pub(in crate::cli) fn run(wanted: &Origin, terminal: Terminal) -> Result<Outcome, Failure> {
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let inputs = inputs::read(&wanted.input, &mut report)?;
    let model = pipeline::resolve(&inputs.files, &mut sources, &mut report)?;
    let (templates, extent) = (&inputs.templates, Extent::Everything);
    let rendered = model.as_ref().and_then(|model| {
        let output = pipeline::output(model, templates, extent, &mut report)?;
        Some((model, output))
    });
    let Some((model, output)) = rendered else {
        Terminal::words(|err| {
            Format::Human.write(&report, &sources, terminal.color_err, err)?;
            let counts = Counts::of(&report, &sources);
            writeln!(err, "{counts}; what is not rendered has no origin")
        });
        return Ok(Outcome::Findings);
    };
    let places = Places {
        sources: &sources,
        templates,
        with_text: true,
    };
    let field = wanted.field.as_deref();
    let document = pipeline::origin(model, places, &output, &wanted.object, field);
    let document = document.map_err(|error| match error {
        OriginError::Trace(bug) => panic!("{bug}"),
        error => Failure::Origin(error),
    })?;
    Terminal::data(|out| {
        if wanted.json {
            OriginMap::new(vec![document]).write(true, out)
        } else {
            write_origins(&document, terminal.color_out, out)
        }
    })?;
    Ok(Outcome::Fine)
}
