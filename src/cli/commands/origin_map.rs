//! The map of origins beside what is rendered.

use std::fs;
use std::path::Path;

use crate::model::Model;
use crate::pipeline;
use crate::render::{Places, Templates};
use crate::sinks::{Output, write_file};
use crate::source::{Source, Sources};

use super::super::failure::Failure;
use super::super::options::{Render, RenderTo};
use super::super::terminal::Terminal;

/// Refuses a map on a standard output that something else goes to.
pub(super) fn check(render: &Render) -> Result<(), Failure> {
    let is_stdout = render.map.as_deref().is_some_and(is_stdout);
    match render.to {
        RenderTo::Folder { .. } => Ok(()),
        _ if is_stdout => Err(Failure::MapOnStdout),
        _ => Ok(()),
    }
}

/// Writes where every field of every file comes from.
pub(super) fn write(
    to: &Path,
    model: &Model,
    templates: &Templates,
    sources: &Sources,
    output: &Output,
) -> Result<(), Failure> {
    if is_input(to, sources) {
        return Err(Failure::MapOverInput(to.to_owned()));
    }
    let places = Places {
        sources,
        templates,
        with_text: false,
    };
    let map = pipeline::origin_map(model, places, output);
    let map = map.unwrap_or_else(|bug| panic!("{bug}"));
    if is_stdout(to) {
        return Terminal::data(|out| map.write(false, out));
    }
    Ok(write_file(to, |out| map.write(false, out))?)
}

/// Whether a path is that of a file which was read.
fn is_input(path: &Path, sources: &Sources) -> bool {
    let Ok(real) = fs::canonicalize(path) else {
        return false;
    };
    let mut names = sources.iter().map(Source::name);
    names.any(|name| fs::canonicalize(name).is_ok_and(|input| input == real))
}

fn is_stdout(path: &Path) -> bool {
    path.as_os_str() == "-"
}
