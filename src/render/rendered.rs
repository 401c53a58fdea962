//! Whether a rendered text is what was planned.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place};
use crate::kube::{ApiVersion, ObjectId};
use crate::plan::Planned;
use crate::source::{Node, Pos, read_text};

use super::templates::Templates;

/// What is wrong with a rendered text.
pub(super) struct Flaw {
    pub(super) id: &'static str,
    /// The bytes of the rendered text to show.
    pub(super) range: Range<usize>,
    headline: String,
    label: String,
}

/// Whether a document is of this object.
pub(super) fn is(document: Node<'_>, id: &ObjectId) -> bool {
    let text = |path| document.at(path).and_then(Node::as_str);
    let version = text(&["apiVersion"]).and_then(ApiVersion::parse);
    version.is_some_and(|version| version.group == id.group)
        && text(&["kind"]) == Some(&id.kind)
        && text(&["metadata", "name"]) == Some(&id.name)
        && text(&["metadata", "namespace"]) == id.namespace.as_deref()
}

/// What is wrong with a text that is not what was planned.
pub(super) fn flaw(text: &Arc<str>, planned: &Planned<'_>) -> Flaw {
    let read = read_text(text, Pos::new(0));
    let artifact = &planned.artifact;
    if let Some(issue) = read.issues.first() {
        let end = issue.span.end.offset().max(issue.span.start.offset());
        return Flaw {
            id: "rendered-not-yaml",
            range: issue.span.start.offset() as usize..end as usize,
            headline: format!("the rendered text of `{artifact}` is not good YAML"),
            label: issue.kind.to_string(),
        };
    }
    let [document] = &*read.documents else {
        let second = read
            .documents
            .get(1)
            .map_or(0, |document| document.range.start);
        return Flaw {
            id: "rendered-documents",
            range: line(text, second),
            headline: format!(
                "`{artifact}` is rendered as {} documents, and has to be one",
                read.documents.len()
            ),
            label: if second == 0 {
                "nothing"
            } else {
                "the second one"
            }
            .to_owned(),
        };
    };
    let root = document.tree.root();
    let (headline, label, at) = match ObjectId::read(root) {
        Ok(other) => {
            let at = planned
                .artifact
                .id()
                .map_or(root, |id| differing(root, id, &other));
            let headline = format!("`{artifact}` is rendered as `{other}`");
            (
                headline,
                "this differs from what was planned".to_owned(),
                at,
            )
        }
        Err((error, node)) => {
            let headline = format!("the rendered text of `{artifact}` is not an object");
            (headline, error.to_string(), node)
        }
    };
    Flaw {
        id: "rendered-other-object",
        range: line(text, at.pos().offset() as usize),
        headline,
        label,
    }
}

/// The node that makes a document another object.
fn differing<'t>(root: Node<'t>, planned: &ObjectId, rendered: &ObjectId) -> Node<'t> {
    let path: &[&str] = if planned.group != rendered.group {
        &["apiVersion"]
    } else if planned.kind != rendered.kind {
        &["kind"]
    } else if planned.name != rendered.name {
        &["metadata", "name"]
    } else {
        &["metadata", "namespace"]
    };
    root.at(path)
        .or_else(|| root.get("metadata"))
        .unwrap_or(root)
}

/// From a byte to the end of its line.
fn line(text: &str, start: usize) -> Range<usize> {
    let start = start.min(text.len());
    let rest = &text[start..];
    start..start + rest.find('\n').unwrap_or(rest.len())
}

impl Flaw {
    /// The diagnostic: the rendered text, the template's part that wrote it, and the config item.
    pub(super) fn diagnostic(
        self,
        text: &Arc<str>,
        written: Option<(String, Range<usize>)>,
        planned: &Planned<'_>,
        templates: &Templates,
    ) -> Diagnostic {
        let place = Place::Line {
            name: format!("{} (as rendered)", planned.artifact),
            text: Arc::clone(text),
            range: self.range,
        };
        let template = written.and_then(|(name, range)| {
            let text = templates.text(&name)?;
            Some(Place::Line {
                name: templates.shown(&name),
                text,
                range,
            })
        });
        Diagnostic::error(self.id, self.headline, place)
            .label(self.label)
            .related(
                template.unwrap_or(Place::Nowhere),
                "the template writes it here",
            )
            .related(planned.origin.pos(), "what it is rendered for")
    }
}
