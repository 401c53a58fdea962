//! The general reader: the events of a YAML parser, composed to trees.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span as Mark, StructureStyle, Tag};

use super::arrange::arrange;
use super::issue::{Issue, IssueKind};
use super::position::{Pos, Span};
use super::reader::{Document, Documents, MAX_DEPTH};
use super::scalar::{ambiguity, shape_of_plain};
use super::syntax;
use super::tag;
use super::tree::{NodeId, Shape, Style, TreeBuilder};

/// How many nodes all aliases of a text may stand for together.
const MAX_REPEATED: usize = 1_000_000;

/// How many bytes of text all aliases of a text may stand for together.
const MAX_REPEATED_TEXT: usize = 64 << 20;

/// How many anchors are compared with the name of one that is missing.
const CANDIDATES: usize = 200;

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

/// A collection that is not closed yet.
struct Open {
    id: NodeId,
    shape: Shape,
    /// Children so far: before an even one, a map waits for a key.
    children: usize,
    /// How many collections stand in each other below it.
    height: usize,
    anchor: usize,
}

/// A finished node which aliases may stand for.
struct Anchored {
    id: NodeId,
    height: usize,
}

struct Composer<'t> {
    text: &'t Arc<str>,
    start: Pos,
    builder: TreeBuilder,
    open: Vec<Open>,
    anchored: HashMap<usize, Anchored>,
    anchors: Vec<Cow<'t, str>>,
    /// The nodes that aliases put in; what is wrong with them is said where they were written.
    repeated: Vec<Range<NodeId>>,
    repeated_nodes: usize,
    repeated_text: usize,
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
            open: Vec::new(),
            anchored: HashMap::new(),
            anchors: Vec::new(),
            repeated: Vec::new(),
            repeated_nodes: 0,
            repeated_text: 0,
            reached: 0,
            document_start: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
            empty: false,
            documents: Documents::default(),
        }
    }

    fn pos(&self, offset: usize) -> Pos {
        self.start.plus(offset as u32)
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
        self.open.clear();
        self.anchored.clear();
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
            Event::Anchor(_, name) => self.anchors.push(name),
            Event::Alias(anchor) => self.alias(anchor, range)?,
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, range),
            Event::Scalar(value, style, anchor, tag) => {
                self.scalar(value, style, anchor, tag.as_deref(), &mark);
            }
            Event::SequenceStart(style, anchor, tag) => {
                let at = self.place_of_list(style, range.start);
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
            self.document_start = after_marker(self.text, mark.end);
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
            self.document_start = after_marker(self.text, mark.end);
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

    /// Whether the next node is a key.
    fn at_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.shape == Shape::Map && open.children % 2 == 0)
    }

    /// Counts a node in, and says what a key must not be.
    fn child(&mut self, shape: Shape, height: usize, range: Range<usize>) {
        if self.at_key() && matches!(shape, Shape::Null | Shape::Seq | Shape::Map) {
            self.issue(IssueKind::KeyNotText { shape }, range);
        }
        if let Some(open) = self.open.last_mut() {
            open.children += 1;
            open.height = open.height.max(height);
        }
    }

    fn scalar(
        &mut self,
        value: Cow<'t, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        mark: &Mark,
    ) {
        let range = bytes_of(mark);
        let key = self.at_key();
        let nothing = style == ScalarStyle::Plain && range.is_empty();
        let value = if nothing { Cow::Borrowed("") } else { value };
        if nothing && self.open.is_empty() && anchor == 0 && tag.is_none() {
            self.empty = true;
        }
        let (style, at) = match style {
            ScalarStyle::Plain => (Style::Plain, range.start),
            ScalarStyle::SingleQuoted => (Style::Single, range.start),
            ScalarStyle::DoubleQuoted => (Style::Double, range.start),
            ScalarStyle::Literal => (Style::Literal, self.find_header(range.start)),
            ScalarStyle::Folded => (Style::Folded, self.find_header(range.start)),
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
        let id = match self.place_of_value(&value, style, at) {
            Some(place) => self.builder.borrowed(shape, style, place, pos),
            None => self.builder.owned(shape, style, &value, pos),
        };
        self.child(shape, 0, range);
        if anchor != 0 {
            self.anchored.insert(anchor, Anchored { id, height: 0 });
        }
    }

    /// Where the value stands in the text as it is, if it does.
    fn place_of_value(&self, value: &str, style: Style, at: usize) -> Option<Range<usize>> {
        let start = match style {
            Style::Plain => at,
            Style::Single | Style::Double => at + 1,
            _ => return None,
        };
        let range = start..start + value.len();
        (self.text.as_bytes().get(range.clone()) == Some(value.as_bytes())).then_some(range)
    }

    fn collection(
        &mut self,
        shape: Shape,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        mark: &Mark,
        at: usize,
    ) -> Result<(), Abandon> {
        if self.open.len() >= MAX_DEPTH {
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
        self.open.push(Open {
            id,
            shape,
            children: 0,
            height: 1,
            anchor,
        });
        Ok(())
    }

    fn close(&mut self) {
        self.builder.close();
        let Some(closed) = self.open.pop() else {
            return;
        };
        if closed.anchor != 0 {
            let anchored = Anchored {
                id: closed.id,
                height: closed.height,
            };
            self.anchored.insert(closed.anchor, anchored);
        }
        if let Some(open) = self.open.last_mut() {
            open.height = open.height.max(closed.height + 1);
        }
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Abandon> {
        let Some(Anchored { id, height }) = self.anchored.get(&anchor) else {
            let name = self.text[range.clone()].trim_start_matches('*').to_string();
            self.issue(IssueKind::RecursiveAlias { name }, range.clone());
            self.nothing(range);
            return Ok(());
        };
        let (id, height) = (*id, *height);
        self.repeated_nodes += (self.builder.end_of(id) - id) as usize;
        if self.repeated_nodes <= MAX_REPEATED {
            self.repeated_text += self.builder.text_below(id);
        }
        if self.repeated_nodes > MAX_REPEATED || self.repeated_text > MAX_REPEATED_TEXT {
            self.issue(IssueKind::TooManyAliases, range);
            return Err(Abandon);
        }
        if self.open.len() + height > MAX_DEPTH {
            self.issue(IssueKind::TooDeep, range);
            return Err(Abandon);
        }
        let shape = self.builder.shape_of(id);
        let first = self.builder.repeat(id);
        self.repeated.push(first..self.builder.len() as NodeId);
        self.child(shape, height + 1, range);
        Ok(())
    }

    fn unknown_alias(&mut self, name: &str, range: Range<usize>) {
        let nearest = self
            .anchors
            .iter()
            .rev()
            .take(CANDIDATES)
            .filter(|anchor| anchor.len() <= 64)
            .map(|anchor| (strsim::damerau_levenshtein(name, anchor), anchor))
            .filter(|(distance, _)| *distance <= (name.len() / 3).max(1))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, anchor)| anchor.to_string());
        let kind = IssueKind::UnknownAnchor {
            name: name.to_string(),
            nearest,
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

    /// The parser gives a list that is not indented under its key the place of its first item.
    fn place_of_list(&self, style: StructureStyle, start: usize) -> usize {
        let value = self
            .open
            .last()
            .is_some_and(|o| o.shape == Shape::Map && o.children % 2 == 1);
        if style == StructureStyle::Flow || !value {
            return start;
        }
        let at = skip_to_node(self.text, self.reached, false);
        if self.text[at..].starts_with('-') {
            at
        } else {
            start
        }
    }

    /// The place of the `|` or `>` above a text, of which the parser gives the first line.
    fn find_header(&self, first_line: usize) -> usize {
        let at = skip_to_node(self.text, self.reached, true);
        if self.text[at..].starts_with(['|', '>']) {
            at
        } else {
            first_line
        }
    }
}

fn bytes_of(mark: &Mark) -> Range<usize> {
    let start = mark.start.byte_offset().unwrap_or(0);
    start..mark.end.byte_offset().unwrap_or(start).max(start)
}

fn tag_range(mark: &Mark) -> Range<usize> {
    mark.tag_span()
        .map_or_else(|| bytes_of(mark), |span| bytes_of(&span))
}

/// Where the text of a document begins, of which `at` is the end of the marker before it.
fn after_marker(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let content = rest.trim_start_matches([' ', '\t']);
    let at = text.len() - content.len();
    if content.starts_with("\r\n") {
        at + 2
    } else if content.starts_with(['\n', '\r']) {
        at + 1
    } else {
        at
    }
}

/// From the end of one node on, the place where the next begins past indicators, comments, anchor
/// and tag; `dashes` says whether the indicators of lists are among what is passed.
fn skip_to_node(text: &str, from: usize, dashes: bool) -> usize {
    let bytes = text.as_bytes();
    let blank = |at: usize| matches!(bytes.get(at), None | Some(b' ' | b'\t' | b'\n' | b'\r'));
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'#' => {
                while bytes.get(at).is_some_and(|b| !matches!(b, b'\n' | b'\r')) {
                    at += 1;
                }
            }
            b'&' | b'!' => {
                while !blank(at) {
                    at += 1;
                }
            }
            b':' | b'?' if blank(at + 1) => at += 1,
            b'-' if dashes && blank(at + 1) => at += 1,
            _ => break,
        }
    }
    at
}
