//! What the events of a rendering say of each piece of its output.

use std::collections::BTreeMap;
use std::ops::Range;

use minijinja::{OutputSpan, OutputSpanKind};

use crate::source::Origin;

use super::field::TemplateLine;
use super::log::{Event, PartId, TagId, What};
use super::marks::Marked;
use super::tracer::MarkedTemplates;
use super::watched::Parts;

/// A piece of the output: what one expression wrote, or text that stands in the template.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// Whether an expression wrote it.
    pub(super) is_value: bool,
    /// Where what was read for it comes from.
    pub(super) from: Vec<Origin>,
    /// What decided that it is there.
    pub(super) because: Vec<Origin>,
    template: String,
    source: Range<usize>,
}

impl Piece {
    /// The line of the template that wrote a byte of the output.
    pub(super) fn line(&self, at: usize, templates: &MarkedTemplates) -> Option<TemplateLine> {
        let (_, marked) = templates.get(&self.template)?;
        let same_length = self.source.len() == self.range.len();
        let shift = if self.is_value || !same_length {
            0
        } else {
            at.clamp(self.range.start, self.range.end) - self.range.start
        };
        Some(TemplateLine {
            template: self.template.clone(),
            line: marked.line(self.source.start + shift),
        })
    }
}

/// Goes through the events up to each piece in turn.
pub(super) struct Replay<'t> {
    events: std::iter::Peekable<std::vec::IntoIter<Event>>,
    parts: Parts,
    templates: &'t MarkedTemplates,
    /// What was read when each tag was evaluated last.
    read: BTreeMap<TagId, Vec<PartId>>,
    /// The item that each list came to last.
    items: BTreeMap<PartId, PartId>,
    /// The tag that began last, and where in the output.
    last: Option<(TagId, usize)>,
}

impl<'t> Replay<'t> {
    pub(super) fn new(events: Vec<Event>, parts: Parts, templates: &'t MarkedTemplates) -> Self {
        Replay {
            events: events.into_iter().peekable(),
            parts,
            templates,
            read: BTreeMap::new(),
            items: BTreeMap::new(),
            last: None,
        }
    }

    /// The pieces, in the order of the output.
    pub(super) fn pieces(mut self, spans: &[OutputSpan]) -> Vec<Piece> {
        spans.iter().map(|span| self.piece(span)).collect()
    }

    fn piece(&mut self, span: &OutputSpan) -> Piece {
        let (range, source) = (span.output_range(), span.source_range());
        while let Some(event) = self.events.next_if(|event| event.at <= range.start) {
            self.take(event);
        }
        let is_value = span.kind() == OutputSpanKind::Expression;
        let mut piece = Piece {
            is_value,
            from: Vec::new(),
            because: Vec::new(),
            template: span.name().to_owned(),
            source,
            range,
        };
        if let Some((index, marked)) = self.templates.get(span.name()) {
            self.conditions(index, &marked, &mut piece);
        }
        if let (true, Some((tag, at))) = (is_value, self.last)
            && at == piece.range.start
        {
            for part in self.read.get(&tag).into_iter().flatten() {
                // The first origin is the value's, the others decided that there is one.
                let mut origins = self.parts.origins(*part).iter();
                piece.from.extend(origins.next());
                piece.because.extend(origins);
            }
        }
        piece
    }

    fn take(&mut self, event: Event) {
        match event.what {
            What::Begins(tag) => {
                self.read.insert(tag, Vec::new());
                self.last = Some((tag, event.at));
            }
            What::Read(part) => {
                if let Some((tag, at)) = self.last
                    && at == event.at
                {
                    let read = self.read.entry(tag).or_default();
                    // On the way to a field the maps around it are read.
                    if let Some(last) = read.last()
                        && self.parts.holds(*last, part)
                    {
                        read.pop();
                    }
                    read.push(part);
                }
            }
            What::Item { list, item } => {
                self.items.insert(list, item);
            }
        }
    }

    fn conditions(&self, index: u32, marked: &Marked, piece: &mut Piece) {
        let around = marked.around(piece.source.start);
        let read = |tag: &u32| self.read.get(&(index, *tag)).into_iter().flatten();
        let loops = around.iter().filter(|block| block.is_loop);
        let looped: Vec<PartId> = loops
            .flat_map(|block| &block.tags)
            .flat_map(read)
            .copied()
            .collect();
        for block in around {
            for tag in &block.tags {
                // Whether a list holds anything does not matter to an item of it: it is there.
                let parts = read(tag).filter(|part| block.is_loop || !looped.contains(part));
                for part in parts {
                    let item = self.items.get(part).filter(|_| block.is_loop);
                    if item.is_some() {
                        piece.because.extend(self.parts.own_origins(*part));
                    }
                    let origins = self.parts.origins(*item.unwrap_or(part));
                    piece.because.extend(origins);
                }
            }
        }
    }
}
