//! The map of origins beside what is rendered.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::model::Model;
use crate::pipeline;
use crate::render::{Places, Templates};
use crate::sinks::{Output, write_file};
use crate::source::Sources;

use super::super::failure::Failure;
use super::super::options::{Render, RenderTo};
use super::super::terminal::Terminal;

/// More than it takes to know a map by its beginning.
const BEGINNING: u64 = 64;

/// Refuses a map on a standard output that something else goes to, and in the place of a file that
/// is no map, such as the config.
pub(super) fn check(render: &Render) -> Result<(), Failure> {
    match (render.map.as_deref(), &render.to) {
        (Some(map), RenderTo::Folder { .. }) if is_stdout(map) => Ok(()),
        (Some(map), _) if is_stdout(map) => Err(Failure::MapOnStdout),
        (Some(map), _) if is_foreign(map) => Err(Failure::MapOver(map.to_owned())),
        _ => Ok(()),
    }
}

/// Whether there is a file with something in it other than a map. What cannot be read is none of
/// ours either; what is not there, or is no file, harms nobody.
fn is_foreign(path: &Path) -> bool {
    if !fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() > 0) {
        return false;
    }
    let mut beginning = String::new();
    let read =
        File::open(path).and_then(|file| file.take(BEGINNING).read_to_string(&mut beginning));
    // Programs may have laid it out in other lines.
    beginning.retain(|c| !c.is_ascii_whitespace());
    read.is_err()
        || !(beginning.starts_with("{\"version\":") && beginning.contains("\"documents\":"))
}

/// Writes where every field of every file comes from.
pub(super) fn write(
    to: &Path,
    model: &Model,
    templates: &Templates,
    sources: &Sources,
    output: &Output,
) -> Result<(), Failure> {
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

fn is_stdout(path: &Path) -> bool {
    path.as_os_str() == "-"
}
