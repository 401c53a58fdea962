//! Where a place is, in lines and columns.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::diag::Place;
use crate::source::{LineIndex, Source, Sources};

/// The lines of a text, of a source or of another text.
#[derive(Clone, Debug)]
pub(super) enum Lines<'a> {
    /// The lines of a source.
    Source(&'a LineIndex),
    /// The lines of a text that is not among the sources.
    Other(Rc<LineIndex>),
}

impl Lines<'_> {
    /// The index.
    pub(super) fn index(&self) -> &LineIndex {
        match self {
            Lines::Source(index) => index,
            Lines::Other(index) => index,
        }
    }
}

/// A range of a text, with what people call it.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    pub(super) lines: Lines<'a>,
    pub(super) range: Range<usize>,
}

impl Spot<'_> {
    /// The line and column where it starts, counted from 1.
    pub(super) fn start(&self) -> (usize, usize) {
        self.lines.index().line_column(self.text, self.range.start)
    }

    /// The line and column one past its last character, counted from 1.
    pub(super) fn end(&self) -> (usize, usize) {
        self.lines.index().line_column(self.text, self.range.end)
    }

    /// Whether both are in one text.
    pub(super) fn shares_text(&self, other: &Spot<'_>) -> bool {
        std::ptr::eq(self.text, other.text) && self.file == other.file
    }
}

/// Where a place is.
pub(super) enum Found<'a> {
    /// In a text.
    Spot(Spot<'a>),
    /// A file as a whole.
    File(&'a str),
    /// Nowhere in particular.
    Nowhere,
}

/// Finds spots; texts outside the sources are indexed once, too.
pub(super) struct Spots<'a> {
    sources: &'a Sources,
    others: RefCell<BTreeMap<(usize, usize), Rc<LineIndex>>>,
}

impl<'a> Spots<'a> {
    /// A finder of places in these sources.
    pub(super) fn new(sources: &'a Sources) -> Self {
        Spots {
            sources,
            others: RefCell::default(),
        }
    }

    /// Where a place is.
    pub(super) fn find(&self, place: &'a Place) -> Found<'a> {
        let found = match place {
            Place::Node(pos) => self.sources.token(*pos),
            Place::Range(span) => self.sources.range(*span),
            Place::File(name) => return Found::File(name),
            Place::Line { name, text, range } => {
                let lines = Lines::Other(self.index(text));
                let range = clamp(text, range.clone());
                return Found::Spot(Spot {
                    file: name,
                    text,
                    lines,
                    range,
                });
            }
            Place::Nowhere => return Found::Nowhere,
        };
        found.map_or(Found::Nowhere, |(source, range)| {
            Found::Spot(in_source(source, range))
        })
    }

    fn index(&self, text: &str) -> Rc<LineIndex> {
        let key = (text.as_ptr() as usize, text.len());
        let mut others = self.others.borrow_mut();
        Rc::clone(
            others
                .entry(key)
                .or_insert_with(|| Rc::new(LineIndex::new(text))),
        )
    }
}

fn in_source(source: &Source, range: Range<usize>) -> Spot<'_> {
    let range = clamp(source.text(), range);
    Spot {
        file: source.name(),
        text: source.text(),
        lines: Lines::Source(source.lines()),
        range,
    }
}

/// The range, kept inside the text and between characters.
fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end).max(start)
}
