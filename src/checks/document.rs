//! The checks of one rendered document.

use std::sync::Arc;

use crate::diag::{Diagnostic, Place, Report};
use crate::kube::{KindFacts, ObjectId, Target, facts};
use crate::plan::Artifact;
use crate::render::Document;
use crate::source::{Node, Pos, read_text};

use super::structure::{Extent, structure};

/// Checks a document whose kind is known, and reports what an API server would refuse in it.
///
/// The user's own objects are blamed where they are written; of ours, the config is blamed that
/// called for them, and the rendered line is shown beside it.
pub fn document(document: &Document, target: &Target, report: &mut Report) {
    let extent = match document.artifact {
        Artifact::Object(_) => Extent::Whole,
        Artifact::Patch(_) => Extent::Partial,
        Artifact::ToolInput { .. } | Artifact::Page { .. } => return,
    };
    let (Some(id), Some(tree)) = (document.artifact.id(), &document.tree) else {
        return;
    };
    let Some(facts) = facts(&id.group, &id.kind) else {
        return;
    };
    let mut found = Vec::new();
    structure(tree.root(), extent, facts, target, &mut |finding| {
        found.push(finding.diagnostic);
    });
    if found.is_empty() {
        return;
    }
    if tree.root().pos().is_some() {
        for diagnostic in found {
            report.push(diagnostic);
        }
        return;
    }
    for document_again in read_text(&document.text, Pos::new(0)).documents {
        let root = document_again.tree.root();
        rendered(root, extent, facts, target, id, document, report);
    }
}

/// The findings in a text of ours, whose positions count from its beginning.
fn rendered(
    root: Node<'_>,
    extent: Extent,
    facts: &KindFacts,
    target: &Target,
    id: &ObjectId,
    document: &Document,
    report: &mut Report,
) {
    structure(root, extent, facts, target, &mut |finding| {
        let found = finding.diagnostic;
        let mut diagnostic =
            Diagnostic::new(found.level, found.id, found.headline, document.origin.pos())
                .label("this called for it");
        diagnostic.notes = found.notes;
        if let Place::Node(pos) = found.place {
            let line = rendered_line(&document.text, pos.offset() as usize, id);
            diagnostic = diagnostic.related(line, found.label.unwrap_or_else(|| "here".to_owned()));
        }
        report.push(diagnostic.because(format!("An API server would refuse the rendered {id}.")));
    });
}

fn rendered_line(text: &Arc<str>, offset: usize, id: &ObjectId) -> Place {
    let length = text[offset..].find('\n').unwrap_or(text.len() - offset);
    Place::Line {
        name: format!("{id} (rendered)"),
        text: Arc::clone(text),
        range: offset..offset + length,
    }
}
