//! Reading what a command was given.

use std::env;
use std::io;
use std::path::PathBuf;

use crate::diag::Report;
use crate::input::{FileSet, read_templates};
use crate::pipeline::Inputs;
use crate::render::Templates;

use super::super::failure::Failure;
use super::super::options::Input;

/// Reads the config and the user's templates; what is wrong with a text goes to the report.
pub(super) fn read(input: &Input, report: &mut Report) -> Result<Inputs, Failure> {
    let working = working_folder();
    let files = FileSet::read(&input.named, &working, &mut io::stdin().lock(), report)?;
    let templates = match &input.templates {
        Some(folder) => {
            let found = read_templates(folder, &working, report)?;
            Templates::with_own(folder, found, report)
        }
        None => Templates::built_in(),
    };
    Ok(Inputs { files, templates })
}

/// The folder in which the program runs. One that is gone can still be named as `.`.
pub(super) fn working_folder() -> PathBuf {
    env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}
