//! For programs: one versioned document.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use super::counts::Counts;
use super::order::in_order;
use super::spot::{Found, Spots};
use crate::diag::{Diagnostic, Level, Note, Place, Report};
use crate::source::Sources;

/// The version of [`Findings`]. A field may be added within a version; nothing else changes.
const VERSION: u32 = 1;

/// All findings of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Findings {
    /// The version of this form: 1.
    pub version: u32,
    /// The findings, in the order of the files and places.
    pub findings: Vec<Finding>,
    /// How many there are.
    pub summary: Counts,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FoundLevel {
    /// The config cannot be rendered, or what it renders would be refused or misroute.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing; nothing need be done.
    Note,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The name of the rule, such as `unknown-field`.
    pub id: String,
    /// How serious it is.
    pub level: FoundLevel,
    /// What is wrong, in one line.
    pub message: String,
    /// Where it is.
    #[serde(flatten)]
    pub place: FoundPlace,
    /// What is said about the very place.
    pub label: Option<String>,
    /// Why it is wrong, a sentence each.
    pub notes: Vec<String>,
    /// What to do, a sentence each.
    pub help: Vec<String>,
    /// The other places that have a part in it.
    pub related: Vec<FoundRelated>,
}

/// Where a finding is. All is null where there is no place, and all but the file where the file as
/// a whole is meant. Lines and columns are counted from 1; columns count characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FoundPlace {
    /// The file, as it was named.
    pub file: Option<String>,
    /// The line of its first character.
    pub line: Option<usize>,
    /// The column of its first character.
    pub column: Option<usize>,
    /// The line of its end.
    pub end_line: Option<usize>,
    /// The column one past its last character.
    pub end_column: Option<usize>,
}

/// Another place that has a part in a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FoundRelated {
    /// Where it is.
    #[serde(flatten)]
    pub place: FoundPlace,
    /// Which part it has.
    pub message: String,
}

impl Findings {
    /// The findings of a report.
    pub fn of(report: &Report, sources: &Sources) -> Self {
        let shown = in_order(report, sources);
        let spots = Spots::new(sources);
        let findings = shown
            .iter()
            .map(|diagnostic| finding(diagnostic, &spots))
            .collect();
        Findings {
            version: VERSION,
            findings,
            summary: shown.into_iter().collect(),
        }
    }
}

/// Writes the document, and a line feed after it.
pub(super) fn write(
    report: &Report,
    sources: &Sources,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *writer, &Findings::of(report, sources))?;
    writeln!(writer)
}

fn finding<'a>(diagnostic: &'a Diagnostic, spots: &Spots<'a>) -> Finding {
    let related = diagnostic
        .related
        .iter()
        .map(|(place, message)| FoundRelated {
            place: found(place, spots),
            message: message.clone(),
        });
    let mut finding = Finding {
        id: diagnostic.id.to_owned(),
        level: match diagnostic.level {
            Level::Error => FoundLevel::Error,
            Level::Warning => FoundLevel::Warning,
            Level::Note => FoundLevel::Note,
        },
        message: diagnostic.headline.clone(),
        place: found(&diagnostic.place, spots),
        label: diagnostic.label.clone(),
        notes: Vec::new(),
        help: Vec::new(),
        related: related.collect(),
    };
    for note in &diagnostic.notes {
        match note {
            Note::Note(text) => finding.notes.push(text.clone()),
            Note::Help(text) => finding.help.push(text.clone()),
        }
    }
    finding
}

fn found<'a>(place: &'a Place, spots: &Spots<'a>) -> FoundPlace {
    match spots.find(place) {
        Found::Spot(spot) => {
            let (start, end) = (spot.start(), spot.end());
            FoundPlace {
                file: Some(spot.file.to_owned()),
                line: Some(start.0),
                column: Some(start.1),
                end_line: Some(end.0),
                end_column: Some(end.1),
            }
        }
        Found::File(name) => FoundPlace {
            file: Some(name.to_owned()),
            ..FoundPlace::default()
        },
        Found::Nowhere => FoundPlace::default(),
    }
}
