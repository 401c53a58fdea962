//! The nodes of a document, as its events come in.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ScalarStyle, Span as Mark, StructureStyle, Tag};

use crate::source::issue::IssueKind;
use crate::source::reader::MAX_DEPTH;
use crate::source::scalar::{ambiguity, shape_of_plain};
use crate::source::tag;
use crate::source::tree::{NodeId, Shape, Style};

use super::anchors::Anchored;
use super::{Abandon, Composer, bytes_of};

impl<'t> Composer<'t> {
    /// Counts a node in, and says what a key must not be.
    fn child(&mut self, shape: Shape, height: usize, range: Range<usize>) {
        if self.nesting.at_key() && matches!(shape, Shape::Null | Shape::Seq | Shape::Map) {
            self.issue(IssueKind::KeyNotText { shape }, range);
        }
        self.nesting.count(height);
    }

    pub(super) fn scalar(
        &mut self,
        value: Cow<'t, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        mark: &Mark,
    ) {
        let range = bytes_of(mark);
        let key = self.nesting.at_key();
        let nothing = style == ScalarStyle::Plain && range.is_empty();
        let value = if nothing { Cow::Borrowed("") } else { value };
        if nothing && self.nesting.depth() == 0 && anchor == 0 && tag.is_none() {
            self.empty = true;
        }
        let (style, at) = match style {
            ScalarStyle::Plain => (Style::Plain, range.start),
            ScalarStyle::SingleQuoted => (Style::Single, range.start),
            ScalarStyle::DoubleQuoted => (Style::Double, range.start),
            ScalarStyle::Literal => (Style::Literal, self.cursor().find_header(range.start)),
            ScalarStyle::Folded => (Style::Folded, self.cursor().find_header(range.start)),
        };
        let plain = style == Style::Plain;
        let mut shape = if plain {
            shape_of_plain(&value)
        } else {
            Shape::Str
        };
        if let Some(tag) = tag {
            match tag::apply(tag, shape, &value) {
                Ok(tagged) => shape = tagged,
                Err(kind) => self.issue(kind, tag_range(mark)),
            }
        }
        let text_is_meant = tag.is_some() && shape == Shape::Str;
        if plain
            && !text_is_meant
            && let Some(ambiguity) = ambiguity(&value)
        {
            let text = value.to_string();
            self.issue(
                IssueKind::Ambiguous {
                    text,
                    ambiguity,
                    key,
                },
                range.clone(),
            );
        }
        let pos = self.pos(at);
        let id = match self.cursor().place_of_value(&value, style, at) {
            Some(place) => self.builder.borrowed(shape, style, place, pos),
            None => self.builder.owned(shape, style, &value, pos),
        };
        self.child(shape, 0, range);
        self.anchors.finish(anchor, Anchored { id, height: 0 });
    }

    pub(super) fn collection(
        &mut self,
        shape: Shape,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        mark: &Mark,
        at: usize,
    ) -> Result<(), Abandon> {
        if self.nesting.depth() >= MAX_DEPTH {
            self.issue(IssueKind::TooDeep, at..at + 1);
            return Err(Abandon);
        }
        if let Some(tag) = tag
            && let Err(kind) = tag::apply(tag, shape, "")
        {
            self.issue(kind, tag_range(mark));
        }
        self.child(shape, 0, at..at + 1);
        let style = match style {
            StructureStyle::Block => Style::Plain,
            StructureStyle::Flow => Style::Flow,
        };
        let id = self.builder.open(shape, style, self.pos(at));
        self.nesting.enter(id, shape, anchor);
        Ok(())
    }

    pub(super) fn close(&mut self) {
        self.builder.close();
        if let Some(closed) = self.nesting.leave() {
            let anchored = Anchored {
                id: closed.id,
                height: closed.height,
            };
            self.anchors.finish(closed.anchor, anchored);
        }
    }

    pub(super) fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Abandon> {
        let Some(Anchored { id, height }) = self.anchors.get(anchor) else {
            let name = self.text[range.clone()].trim_start_matches('*').to_string();
            self.issue(IssueKind::RecursiveAlias { name }, range.clone());
            self.nothing(range);
            return Ok(());
        };
        let nodes = (self.builder.end_of(id) - id) as usize;
        let builder = &self.builder;
        if !self.anchors.may_repeat(nodes, || builder.text_below(id)) {
            self.issue(IssueKind::TooManyAliases, range);
            return Err(Abandon);
        }
        if self.nesting.depth() + height > MAX_DEPTH {
            self.issue(IssueKind::TooDeep, range);
            return Err(Abandon);
        }
        let shape = self.builder.shape_of(id);
        let first = self.builder.repeat(id);
        self.repeated.push(first..self.builder.len() as NodeId);
        self.child(shape, height + 1, range);
        Ok(())
    }

    pub(super) fn unknown_alias(&mut self, name: &str, range: Range<usize>) {
        let kind = IssueKind::UnknownAnchor {
            name: name.to_string(),
            nearest: self.anchors.nearest(name),
        };
        self.issue(kind, range.clone());
        self.nothing(range);
    }

    /// Stands for a node that could not be read, as a string so that it can be a key.
    fn nothing(&mut self, range: Range<usize>) {
        let pos = self.pos(range.start);
        self.builder.string("", pos);
        self.child(Shape::Str, 0, range);
    }
}

fn tag_range(mark: &Mark) -> Range<usize> {
    mark.tag_span()
        .map_or_else(|| bytes_of(mark), |span| bytes_of(&span))
}
