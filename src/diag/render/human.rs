//! For people: the text with what is wrong underlined.

use std::io;

use annotate_snippets::{AnnotationKind, Element, Group, Level as Look, Origin, Renderer, Snippet};

use super::order::in_order;
use super::spot::{Found, Spot, Spots};
use super::window::{clusters, window};
use crate::diag::{Diagnostic, Level, Note, Report};
use crate::source::Sources;

/// Writes every finding, each followed by an empty line.
pub(super) fn write(
    report: &Report,
    sources: &Sources,
    color: bool,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let spots = Spots::new(sources);
    for diagnostic in in_order(report, sources) {
        let mut moved = Vec::new();
        let group = group(diagnostic, &spots, &mut moved);
        let mut shown = renderer.render(&[group]);
        for (wrong, right) in moved {
            shown = shown.replacen(&wrong, &right, 1);
        }
        for line in shown.lines() {
            // The lines of a snippet without text end in spaces.
            writeln!(writer, "{}", line.trim_end())?;
        }
        writeln!(writer)?;
    }
    Ok(())
}

/// Places as they are printed for a window of cut lines, and as they should be.
type Moved = Vec<(String, String)>;

/// What to underline, and how.
struct Mark<'a> {
    spot: Spot<'a>,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

fn group<'a>(diagnostic: &'a Diagnostic, spots: &Spots<'a>, moved: &mut Moved) -> Group<'a> {
    let look = match diagnostic.level {
        Level::Error => Look::ERROR,
        Level::Warning => Look::WARNING,
        Level::Note => Look::NOTE,
    };
    let mut elements: Vec<Element<'a>> = Vec::new();
    let mut marks = Vec::new();
    match spots.find(&diagnostic.place) {
        Found::Spot(spot) => {
            let label = diagnostic.label.as_deref();
            marks.push(Mark {
                spot,
                kind: AnnotationKind::Primary,
                label,
            });
        }
        Found::File(name) => elements.push(Origin::path(name).into()),
        Found::Nowhere => {}
    }
    let mut files = Vec::new();
    for (place, label) in &diagnostic.related {
        match spots.find(place) {
            Found::Spot(spot) => {
                marks.push(Mark {
                    spot,
                    kind: AnnotationKind::Context,
                    label: Some(label),
                });
            }
            Found::File(name) => files.push(format!("{label}: `{name}`")),
            Found::Nowhere => files.push(label.clone()),
        }
    }
    elements.extend(snippets(&marks, moved));
    elements.extend(
        files
            .into_iter()
            .map(|text| Look::NOTE.message(text).into()),
    );
    elements.extend(diagnostic.notes.iter().map(|note| match note {
        Note::Note(text) => Look::NOTE.message(text).into(),
        Note::Help(text) => Look::HELP.message(text).into(),
    }));
    look.primary_title(diagnostic.headline.as_str())
        .id(diagnostic.id)
        .elements(elements)
}

fn snippets<'a>(marks: &[Mark<'a>], moved: &mut Moved) -> Vec<Element<'a>> {
    let spots: Vec<&Spot<'a>> = marks.iter().map(|mark| &mark.spot).collect();
    let mut elements = Vec::new();
    for cluster in clusters(&spots) {
        let window = window(&cluster);
        for (spot, range) in cluster.iter().zip(&window.ranges).filter(|_| window.is_cut) {
            let (file, (line, column)) = (spot.file, spot.start());
            let wrong = format!("{file}:{line}:{}", window.column(range));
            moved.push((wrong, format!("{file}:{line}:{column}")));
        }
        let mut snippet = Snippet::source(window.text)
            .path(cluster[0].file)
            .line_start(window.first_line);
        for (spot, range) in cluster.iter().zip(window.ranges) {
            let Some(mark) = marks
                .iter()
                .find(|mark| std::ptr::eq(&raw const mark.spot, *spot))
            else {
                continue;
            };
            snippet = snippet.annotation(mark.kind.span(range).label(mark.label));
        }
        elements.push(snippet.into());
    }
    elements
}
