//! One line each: `file:line:column: level[id]: headline; help: …`.

use std::io;

use super::order::in_order;
use super::spot::{Found, Spots};
use crate::diag::{Note, Report};
use crate::source::Sources;

/// Writes one line for each finding. Where there is no file, the program stands in its place, as
/// in the messages of compilers.
pub(super) fn write(
    report: &Report,
    sources: &Sources,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    let spots = Spots::new(sources);
    for diagnostic in in_order(report, sources) {
        match spots.find(&diagnostic.place) {
            Found::Spot(spot) => {
                let (line, column) = spot.start();
                write!(writer, "{}:{line}:{column}: ", spot.file)?;
            }
            Found::File(name) => write!(writer, "{name}: ")?,
            Found::Nowhere => write!(writer, "gatewright: ")?,
        }
        let headline = one_line(&diagnostic.headline);
        write!(
            writer,
            "{}[{}]: {headline}",
            diagnostic.level.as_str(),
            diagnostic.id
        )?;
        for note in &diagnostic.notes {
            if let Note::Help(help) = note {
                write!(writer, "; help: {}", one_line(help))?;
            }
        }
        writeln!(writer)?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
