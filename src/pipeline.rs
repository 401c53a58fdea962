//! The way of each command through the stages.

mod function;
mod origins;
mod sides;

use std::sync::Arc;

use crate::checks;
use crate::config::{self, ConfigInput};
use crate::diag::Report;
use crate::input::{FileSet, Given};
use crate::model::{self, Model, Resource};
use crate::plan::plan;
use crate::render::{Templates, render_each};
use crate::sinks::{Layout, Output};
use crate::source::{Located, Sources, TooMuchText};

pub use function::function;
pub use origins::{OriginError, origin, origin_map};
pub use sides::{Taken, Taking, left_out_and_different, take, taken};

/// What a command that renders is given.
#[derive(Debug)]
pub struct Inputs {
    /// The files of the config.
    pub files: FileSet,
    /// The templates to render with.
    pub templates: Templates,
}

/// How much of what a config gives is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All files of an output folder.
    Everything,
    /// Whole objects, as a stream has them. A mistake in the template of anything else stays
    /// untold.
    Objects,
}

/// From files to the set of files to write. Every mistake on the way is reported, and where there
/// is one there is nothing to write.
pub fn render(
    inputs: &Inputs,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Option<Output>, TooMuchText> {
    let model = resolve(&inputs.files, sources, report)?;
    let (templates, extent) = (&inputs.templates, Extent::Everything);
    Ok(model.and_then(|model| output(&model, templates, extent, report)))
}

/// From what the files mean to the set of files to write; none, where there is a mistake.
pub fn output(
    model: &Model,
    templates: &Templates,
    extent: Extent,
    report: &mut Report,
) -> Option<Output> {
    if report.has_errors() {
        return None;
    }
    let target = model.versions.target();
    let mut layout = match extent {
        Extent::Everything => Layout::new(&model.output, report),
        Extent::Objects => Layout::default(),
    };
    let mut checked = Report::new();
    let mut plan = plan(model, report);
    if extent == Extent::Objects {
        plan.keep_objects();
    }
    render_each(plan, templates, report, |document| {
        checks::document(&document, &target, &mut checked);
        layout.take(document);
    });
    report.extend(checked);
    let output = match extent {
        Extent::Everything => layout.finish(&model.name, report),
        Extent::Objects => layout.finish_objects(&model.name, report),
    };
    output.filter(|_| !report.has_errors())
}

/// From files to what they mean. A model is answered where there is anything to go on with, even
/// when the report has errors.
pub fn resolve(
    files: &FileSet,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Option<Model>, TooMuchText> {
    let mut inputs = Vec::with_capacity(files.files().len());
    for file in files.files() {
        let source = sources.add(file.name.as_str(), Arc::clone(&file.text))?;
        inputs.push(ConfigInput {
            source,
            named: file.given == Given::Outright,
        });
    }
    let Some(loaded) = config::load(&inputs, sources, report) else {
        return Ok(None);
    };
    let resources = take_up(&loaded.edge.spec.resources, files, sources, report)?;
    Ok(Some(model::resolve(
        loaded.edge,
        &loaded.dropped,
        resources,
        report,
    )))
}

/// The objects of the files under `spec.resources`, each found from the config that names it.
fn take_up(
    entries: &[Located<String>],
    files: &FileSet,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<Resource>, TooMuchText> {
    let mut resources = Vec::new();
    for entry in entries {
        let config = sources
            .locate(entry.pos)
            .map_or("", |(source, _)| source.name())
            .to_owned();
        match files.read_beside(&config, entry, report) {
            Ok(found) => {
                for file in found {
                    let id = sources.add(file.name, file.text)?;
                    resources.extend(Resource::take_up(sources.get(id), entry.pos, report));
                }
            }
            Err(error) => report.push(error.diagnostic(entry.pos)),
        }
    }
    Ok(resources)
}
