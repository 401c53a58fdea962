//! One thing after another through its template.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use minijinja::{Environment, ErrorKind, OutputSpan, OutputSpanKind, Template, Value};

use crate::diag::{Diagnostic, Report};
use crate::plan::{Kind, Planned};
use crate::source::{Pos, Tree, emit, read_text};

use super::decorate::decorate;
use super::document::Document;
use super::failure::Failure;
use super::rendered::{Flaw, flaw, is};
use super::templates::Templates;

/// Renders things with the templates of a run.
pub(super) struct Renderer<'e> {
    environment: &'e Environment<'static>,
    templates: &'e Templates,
    /// The template that was wanted last; most things follow one of their kind.
    last: Option<(&'static str, Template<'e, 'e>)>,
    /// What a template writes, kept so that its room is used again.
    written: Vec<u8>,
    /// What went wrong, each mistake of a template once, and how often it came up.
    failures: BTreeMap<(String, usize, String), (Diagnostic, usize)>,
}

impl<'e> Renderer<'e> {
    pub(super) fn new(environment: &'e Environment<'static>, templates: &'e Templates) -> Self {
        Renderer {
            environment,
            templates,
            last: None,
            written: Vec::new(),
            failures: BTreeMap::new(),
        }
    }

    /// Renders one thing. If that fails, the mistake is kept for [`Renderer::finish`].
    pub(super) fn document(&mut self, planned: Planned<'_>) -> Option<Document> {
        let name = Kind::of(planned.template).map_or(planned.template, |kind| kind.template);
        let value = planned.view.value();
        let text: Arc<str> = match self.text(name, &value) {
            Ok(text) => text,
            Err(error) => {
                self.template_failed(&error, name, &value, &planned);
                return None;
            }
        };
        let (text, tree) = if name.ends_with(".md.j2") {
            (text, None)
        } else {
            match canonical(text, &planned) {
                Ok((text, tree)) => {
                    let decorated = decorate(&tree, &planned.decorations);
                    let (text, tree) = decorated.unwrap_or((text, tree));
                    (text, Some(tree))
                }
                Err(text) => {
                    self.text_is_wrong(&text, name, value, &planned);
                    return None;
                }
            }
        };
        Some(Document {
            artifact: planned.artifact,
            text,
            tree,
            origin: planned.origin,
            phase: planned.phase,
        })
    }

    /// Reports what went wrong, in the order of the templates.
    pub(super) fn finish(self, report: &mut Report) {
        for (diagnostic, times) in self.failures.into_values() {
            report.push(match times {
                1 => diagnostic,
                2 => diagnostic.because("The same happens with one other document."),
                times => diagnostic.because(format!(
                    "The same happens with {} other documents.",
                    times - 1
                )),
            });
        }
    }

    fn text(&mut self, name: &'static str, value: &Value) -> Result<Arc<str>, minijinja::Error> {
        let mut written = std::mem::take(&mut self.written);
        written.clear();
        let rendered = self
            .template(name)
            .and_then(|template| template.render_captured_to(value, &mut written));
        let text = std::str::from_utf8(&written).map(Arc::from);
        self.written = written;
        rendered?;
        text.map_err(|error| minijinja::Error::new(ErrorKind::WriteFailure, error.to_string()))
    }

    fn template(&mut self, name: &'static str) -> Result<&Template<'e, 'e>, minijinja::Error> {
        if self.last.as_ref().is_none_or(|(last, _)| *last != name) {
            self.last = None;
        }
        if self.last.is_none() {
            self.last = Some((name, self.environment.get_template(name)?));
        }
        Ok(&self.last.as_ref().expect("it was set above").1)
    }

    fn template_failed(
        &mut self,
        error: &minijinja::Error,
        name: &'static str,
        value: &Value,
        planned: &Planned<'_>,
    ) {
        let inner = Failure::innermost(error);
        let at = inner.range().map_or(0, |range| range.start);
        let within = inner.name().unwrap_or(name).to_owned();
        let key = (within, at, format!("{:?}", inner.kind()));
        let templates = self.templates;
        self.fail(key, || {
            // Once more, with what the engine can tell only if it keeps track of it.
            let mut environment = templates.environment();
            environment.set_debug(true);
            let again = environment
                .get_template(name)
                .and_then(|template| template.render(value.clone()));
            let error = again.as_ref().err().unwrap_or(error);
            Failure::new(error, name, value, planned).diagnostic(templates)
        });
    }

    fn text_is_wrong(
        &mut self,
        text: &Arc<str>,
        name: &'static str,
        value: Value,
        planned: &Planned<'_>,
    ) {
        let flaw = flaw(text, planned);
        let spans = self
            .template(name)
            .and_then(|template| template.render_with_spans(value));
        let (_, spans) = spans.unwrap_or_default();
        let written = spans
            .iter()
            .find(|span| span.output_range().end > flaw.range.start)
            .map(|span| (span.name().to_owned(), source_range(span, &flaw.range)));
        let at = written.as_ref().map_or(0, |(_, range)| range.start);
        let templates = self.templates;
        self.fail((name.to_owned(), at, flaw.id.to_owned()), || {
            Flaw::diagnostic(flaw, text, written, planned, templates)
        });
    }

    fn fail(&mut self, key: (String, usize, String), word: impl FnOnce() -> Diagnostic) {
        let entry = self.failures.entry(key).or_insert_with(|| (word(), 0));
        entry.1 += 1;
    }
}

/// What part of its template wrote a range of a text. What stands in the template word for word
/// is one span from tag to tag, so of that the part itself is told.
fn source_range(span: &OutputSpan, flaw: &Range<usize>) -> Range<usize> {
    let (out, source) = (span.output_range(), span.source_range());
    if span.kind() == OutputSpanKind::Expression || out.len() != source.len() {
        return source;
    }
    let start = flaw.start.max(out.start) - out.start + source.start;
    let end = flaw.end.min(out.end).max(out.start) - out.start + source.start;
    start..end.max(start)
}

/// The canonical text of what was rendered, and its tree; or the text again if it is not what
/// was planned.
fn canonical(text: Arc<str>, planned: &Planned<'_>) -> Result<(Arc<str>, Tree), Arc<str>> {
    let mut read = read_text(&text, Pos::NONE);
    let (Some(document), true) = (read.documents.pop(), read.issues.is_empty()) else {
        return Err(text);
    };
    let only = read.documents.is_empty();
    let expected = planned.artifact.id();
    if !only || expected.is_some_and(|id| !is(document.tree.root(), id)) {
        return Err(text);
    }
    if document.exact && document.range == (0..text.len()) {
        return Ok((text, document.tree));
    }
    let emitted: Arc<str> = emit(document.tree.root()).into();
    let tree = read_text(&emitted, Pos::NONE).documents.pop();
    Ok((
        emitted,
        tree.map_or(document.tree, |document| document.tree),
    ))
}
