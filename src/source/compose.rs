//! The general reader: the events of a YAML parser, composed to trees.

mod anchors;
mod cursor;
mod nesting;
mod nodes;

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScanError, Span as Mark};

use super::arrange::arrange;
use super::issue::{Issue, IssueKind};
use super::position::{Pos, Span};
use super::reader::{Document, Documents, MAX_DEPTH};
use super::syntax;
use super::tree::{NodeId, Shape, TreeBuilder};

use anchors::Anchors;
use cursor::Cursor;
use nesting::Nesting;

/// A text with so many mistakes is not read further.
pub(super) const MAX_ISSUES: usize = 1_000;

pub(super) fn compose(text: &Arc<str>, start: Pos) -> Documents {
    let options = granit_parser::options! {
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        // As every reader of the libyaml family has it, kubectl's among them.
        block_scalar_eof_without_line_feed: true,
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut composer = Composer::new(text, start);
    composer.find_byte_order_marks();
    while composer.documents.issues.len() < MAX_ISSUES {
        let go_on = match parser.next_event() {
            None => break,
            Some(Ok((event, mark))) => composer.take(event, mark).is_ok(),
            Some(Err(error)) => {
                composer.refuse(&error);
                false
            }
        };
        if !go_on {
            composer.forget();
            if !matches!(parser.proceed_next_document(), Ok(true)) {
                break;
            }
        }
    }
    if composer.documents.issues.len() >= MAX_ISSUES {
        let at = composer.reached.min(text.len());
        composer.issue(IssueKind::TooManyMistakes, at..at);
    }
    let mut documents = composer.documents;
    documents.issues.sort_by_key(|issue| issue.span.start);
    documents
}

/// The rest of this document is not read.
struct Abandon;

struct Composer<'t> {
    text: &'t Arc<str>,
    start: Pos,
    builder: TreeBuilder,
    nesting: Nesting,
    anchors: Anchors<'t>,
    /// The nodes that aliases put in; what is wrong with them is said where they were written.
    repeated: Vec<Range<NodeId>>,
    /// Where the last event ended.
    reached: usize,
    document_start: usize,
    /// Whether the document is one of nothing but comments.
    empty: bool,
    documents: Documents,
}

impl<'t> Composer<'t> {
    fn new(text: &'t Arc<str>, start: Pos) -> Self {
        Composer {
            text,
            start,
            builder: TreeBuilder::new(Arc::clone(text)),
            nesting: Nesting::default(),
            anchors: Anchors::default(),
            repeated: Vec::new(),
            reached: 0,
            document_start: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
            empty: false,
            documents: Documents::default(),
        }
    }

    fn pos(&self, offset: usize) -> Pos {
        self.start.plus(offset as u32)
    }

    fn cursor(&self) -> Cursor<'t> {
        Cursor {
            text: self.text,
            reached: self.reached,
        }
    }

    fn issue(&mut self, kind: IssueKind, range: Range<usize>) {
        let span = Span::new(self.pos(range.start), self.pos(range.end));
        self.documents.issues.push(Issue { kind, span });
    }

    /// They come from joining files, and other readers take them for part of a key.
    fn find_byte_order_marks(&mut self) {
        let inside = self
            .text
            .match_indices('\u{FEFF}')
            .map(|(at, _)| at)
            .filter(|at| *at > 0);
        let found: Vec<usize> = inside.take(MAX_ISSUES).collect();
        for at in found {
            self.issue(IssueKind::ByteOrderMark, at..at + 3);
        }
    }

    fn refuse(&mut self, error: &ScanError) {
        let mut at = error
            .marker()
            .byte_offset()
            .unwrap_or(self.reached)
            .min(self.text.len());
        let line = self.text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let kind = syntax::issue_of(error.kind(), at - line);
        match kind {
            IssueKind::ByteOrderMark => return,
            // The parser stands at the beginning of the word that holds it.
            IssueKind::ControlCharacter { character } => {
                at += self.text[at..].find(character).unwrap_or(0);
            }
            _ => {}
        }
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        self.issue(kind, at..at + length);
    }

    fn forget(&mut self) {
        self.builder = TreeBuilder::new(Arc::clone(self.text));
        self.nesting.clear();
        self.anchors.clear();
        self.repeated.clear();
        self.empty = false;
    }

    fn take(&mut self, event: Event<'t>, mark: Mark) -> Result<(), Abandon> {
        let range = bytes_of(&mark);
        // An anchor is told after its node, and stands before it.
        let reached = if matches!(event, Event::Anchor(..)) {
            self.reached
        } else {
            range.end
        };
        match event {
            Event::DocumentStart(explicit, _) => self.begin(explicit, &range),
            Event::DocumentEnd => self.end(&range),
            Event::Anchor(_, name) => self.anchors.name(name),
            Event::Alias(anchor) => self.alias(anchor, range)?,
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, range),
            Event::Scalar(value, style, anchor, tag) => {
                self.scalar(value, style, anchor, tag.as_deref(), &mark);
            }
            Event::SequenceStart(style, anchor, tag) => {
                let at = self
                    .cursor()
                    .place_of_list(style, range.start, self.nesting.at_value());
                self.collection(Shape::Seq, style, anchor, tag.as_deref(), &mark, at)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection(
                    Shape::Map,
                    style,
                    anchor,
                    tag.as_deref(),
                    &mark,
                    range.start,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            _ => {}
        }
        self.reached = reached;
        Ok(())
    }

    fn begin(&mut self, explicit: bool, mark: &Range<usize>) {
        self.forget();
        if explicit {
            if let Some(last) = self.documents.documents.last_mut()
                && last.range.end > mark.start
            {
                last.range.end = mark.start;
            }
            self.document_start = self.cursor().after_marker(mark.end);
        }
    }

    fn end(&mut self, mark: &Range<usize>) {
        let explicit = !mark.is_empty();
        let range = self.document_start..if explicit {
            mark.start
        } else {
            self.text.len()
        };
        if explicit {
            self.document_start = self.cursor().after_marker(mark.end);
        }
        if !self.empty {
            let builder = TreeBuilder::new(Arc::clone(self.text));
            let tree = std::mem::replace(&mut self.builder, builder).finish();
            let base = self.start;
            let (tree, issues) = arrange(tree, &self.repeated, base);
            self.documents.issues.extend(issues);
            self.documents.documents.push(Document {
                tree,
                range,
                exact: false,
            });
        }
        self.forget();
    }
}

fn bytes_of(mark: &Mark) -> Range<usize> {
    let start = mark.start.byte_offset().unwrap_or(0);
    start..mark.end.byte_offset().unwrap_or(start).max(start)
}
