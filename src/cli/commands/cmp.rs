//! `gatewright cmp`.

use std::io;

use crate::config::{holds_config, says_config};
use crate::diag::Report;
use crate::diag::render::{Counts, Format};
use crate::input::{FileSet, InputError, Parameters};
use crate::pipeline::{self, Extent};
use crate::render::Templates;
use crate::sinks::{StreamFormat, write_stdout};
use crate::source::Sources;

use super::super::failure::Failure;
use super::super::options::{AppParameters, Cmp};
use super::super::run::Outcome;
use super::super::terminal::Terminal;
use super::inputs::working_folder;

/// Answers Argo CD. The config is what the folder holds in which Argo CD runs it, and nothing
/// above that.
pub(in crate::cli) fn run(cmp: &Cmp, terminal: Terminal) -> Result<Outcome, Failure> {
    match cmp {
        Cmp::Discover => discover(),
        Cmp::Generate(parameters) => generate(parameters, terminal),
    }
}

fn discover() -> Result<Outcome, Failure> {
    let files = match read(&mut Report::new()) {
        Ok(files) => files,
        Err(InputError::NothingInFolder(_)) => return Ok(Outcome::Fine),
        Err(error) => return Err(error.into()),
    };
    let ours = files.files().iter();
    let ours = ours.filter(|file| holds_config(&file.text) || says_config(&file.text));
    let found: Vec<&str> = ours.map(|file| file.name.as_str()).collect();
    Terminal::data(|out| found.iter().try_for_each(|name| writeln!(out, "{name}")))?;
    Ok(Outcome::Fine)
}

fn generate(given: &AppParameters, terminal: Terminal) -> Result<Outcome, Failure> {
    let parameters = match &given.json {
        Some(json) => Parameters::from_argo_cd(json),
        None => Parameters::new(given.single.clone()),
    };
    let parameters = parameters.and_then(|parameters| parameters.refuse());
    parameters.map_err(Failure::Parameter)?;
    let (mut sources, mut report) = (Sources::new(), Report::new());
    let files = read(&mut report)?;
    let model = pipeline::resolve(&files, &mut sources, &mut report)?;
    let templates = Templates::built_in();
    let output = model
        .as_ref()
        .and_then(|model| pipeline::output(model, &templates, Extent::Objects, &mut report));
    Terminal::words(|err| {
        Format::Human.write(&report, &sources, terminal.color_err, err)?;
        if report.has_errors() {
            writeln!(
                err,
                "{}; nothing was rendered",
                Counts::of(&report, &sources)
            )?;
        }
        Ok(())
    });
    match output {
        Some(output) => {
            write_stdout(&output, StreamFormat::Yaml)?;
            Ok(Outcome::Fine)
        }
        None => Ok(Outcome::Findings),
    }
}

fn read(report: &mut Report) -> Result<FileSet, InputError> {
    let files = FileSet::read(
        &[".".to_owned()],
        &working_folder(),
        &mut io::empty(),
        report,
    )?;
    Ok(files.confined())
}
