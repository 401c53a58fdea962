//! Renders documents again to see where their fields come from.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::{Environment, ErrorKind, OutputSpan};

use crate::plan::{Kind, Planned};
use crate::render::templates::Templates;
use crate::source::{Node, Origin, Pos, Style, Tree, read_text, token_length};

use super::field::{Field, Traced, leaves};
use super::log::{Log, What};
use super::marks::{MARK, Marked};
use super::replay::{Piece, Replay};
use super::watched::Parts;

/// Marked templates by name, each with its index.
type ByName = BTreeMap<String, (u32, Arc<Marked>)>;

/// Templates that are marked when they are first wanted, by name, each with the index by which
/// its marks name it.
#[derive(Clone, Debug)]
pub(super) struct MarkedTemplates {
    templates: Templates,
    marked: Arc<Mutex<ByName>>,
}

impl MarkedTemplates {
    pub(super) fn get(&self, name: &str) -> Option<(u32, Arc<Marked>)> {
        let mut marked = self.marked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = marked.get(name) {
            return Some(found.clone());
        }
        let index = marked.len() as u32;
        let new = Marked::new(index, &self.templates.text(name)?);
        let new = (index, Arc::new(new));
        marked.insert(name.to_owned(), new.clone());
        Some(new)
    }
}

/// Why a document that was rendered could not be traced: a bug.
#[derive(Debug)]
pub struct TraceError(String);

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TraceError {}

/// Renders documents again to see where their fields come from.
pub struct Tracer {
    environment: Environment<'static>,
    templates: MarkedTemplates,
    log: Log,
}

impl Tracer {
    /// A tracer for these templates.
    pub fn new(templates: &Templates) -> Self {
        let marked = MarkedTemplates {
            templates: templates.clone(),
            marked: Arc::default(),
        };
        let log = Log::default();
        let mut environment = templates.environment();
        let (texts, noted) = (marked.clone(), log.clone());
        environment.set_loader(move |name| {
            let found = texts.get(name);
            Ok(found.map(|(_, marked)| marked.text.clone()))
        });
        environment.add_function(MARK, move |template: u32, tag: u32| {
            noted.note(What::Begins((template, tag)));
            true
        });
        // Marks are steps too.
        let fuel = environment.fuel().map(|fuel| fuel * 4);
        environment.set_fuel(fuel);
        Tracer {
            environment,
            templates: marked,
            log,
        }
    }

    /// Where the fields of a planned document come from; none for a page, which has no fields.
    pub fn trace(&self, planned: &Planned<'_>) -> Result<Option<Traced>, TraceError> {
        let name = Kind::of(planned.template).map_or(planned.template, |kind| kind.template);
        if name.ends_with(".md.j2") {
            return Ok(None);
        }
        let failed = |why: &dyn fmt::Display| {
            TraceError(format!("`{}` cannot be traced: {why}", planned.artifact))
        };
        let seen = planned.view.seen().map_err(|error| failed(&error))?;
        let (text, pieces) = self.pieces(name, seen).map_err(|error| failed(&error))?;
        let text: Arc<str> = text.into();
        let mut read = read_text(&text, Pos::new(0));
        let Some(document) = read.documents.pop() else {
            return Err(failed(&"its text holds no document"));
        };
        let fields = self.fields(&document.tree, &text, &pieces);
        let traced = Traced {
            tree: document.tree,
            fields,
        };
        Ok(Some(traced.decorated(&planned.decorations)))
    }

    /// The text of a document, and the pieces that it is made of.
    fn pieces(
        &self,
        name: &str,
        view: crate::plan::Seen,
    ) -> Result<(String, Vec<Piece>), minijinja::Error> {
        let template = self.environment.get_template(name)?;
        let (value, parts) = Parts::watch(view, &self.log);
        // Once for the order of what is read and written, and once for what wrote what: the
        // engine tells the latter only when it writes to memory of its own.
        self.log.take();
        template.render_captured_to(&value, self.log.clone())?;
        let events = self.log.take();
        let (text, spans): (String, Vec<OutputSpan>) = template.render_with_spans(&value)?;
        self.log.take();
        if spans.is_empty() && !text.is_empty() {
            return Err(minijinja::Error::new(
                ErrorKind::InvalidOperation,
                "the engine does not tell what wrote it",
            ));
        }
        let pieces = Replay::new(events, parts, &self.templates).pieces(&spans);
        Ok((text, pieces))
    }

    fn fields(&self, tree: &Tree, text: &str, pieces: &[Piece]) -> Vec<Field> {
        let fields = leaves(tree).into_iter().map(|(key, node)| {
            let key = key.map(|key| tree.node(key));
            self.field(tree.node(node), key, text, pieces)
        });
        fields.collect()
    }

    fn field(&self, node: Node<'_>, key: Option<Node<'_>>, text: &str, pieces: &[Piece]) -> Field {
        let mut field = Field {
            node: node.id(),
            from: Vec::new(),
            because: Vec::new(),
            template: None,
            is_mixed: false,
        };
        let place = |node: Node<'_>| node.pos().is_some().then(|| node.pos().offset() as usize);
        let start = place(node).or_else(|| key.and_then(place)).unwrap_or(0);
        let end = start + extent(node, text, start);
        let overlapping = |from: usize, to: usize| {
            let first = pieces.partition_point(|piece| piece.range.end <= from);
            let pieces = pieces[first..].iter();
            pieces.take_while(move |piece| piece.range.start < to)
        };
        for piece in overlapping(start, end) {
            field.from.extend(piece.from.iter().copied());
            field.because.extend(piece.because.iter().copied());
            let line = || piece.line(start, &self.templates);
            field.template = field.template.or_else(line);
            field.is_mixed |= !piece.is_value;
        }
        field.is_mixed &= !field.from.is_empty();
        if let Some((key, start)) = key.and_then(|key| Some((key, place(key)?))) {
            // A key that was read from somewhere is a part of the field; where it stands, which
            // the value follows from, decided that it is there.
            let end = start + extent(key, text, start);
            for piece in overlapping(start, end.max(start + 1)) {
                field.because.extend(piece.because.iter().copied());
                field.because.extend(piece.from.iter().copied());
                let line = || piece.line(start, &self.templates);
                field.template = field.template.or_else(line);
            }
        }
        tidy(&mut field.from, &[]);
        tidy(&mut field.because, &field.from);
        field
    }
}

/// How many bytes of a text a scalar takes.
fn extent(node: Node<'_>, text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    if !matches!(node.style(), Style::Literal | Style::Folded) {
        return token_length(rest).max(1);
    }
    let next = (node.id() + 1 < node.tree().len() as u32).then(|| node.tree().node(node.id() + 1));
    let end = next.map(|next| next.pos().offset() as usize);
    let all = end.map_or(rest.len(), |end| end.saturating_sub(start).max(1));
    rest.get(..all)
        .map_or(rest.len(), |rest| rest.trim_end().len())
}

/// Leaves out what comes up twice, and what is among `others`.
fn tidy(origins: &mut Vec<Origin>, others: &[Origin]) {
    let mut kept: Vec<Origin> = Vec::with_capacity(origins.len());
    for origin in origins.drain(..) {
        let nowhere = matches!(origin, Origin::Written(pos) if !pos.is_some());
        if !nowhere && !kept.contains(&origin) && !others.contains(&origin) {
            kept.push(origin);
        }
    }
    *origins = kept;
}
