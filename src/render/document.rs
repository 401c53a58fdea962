//! What was rendered.

use std::sync::Arc;

use crate::plan::{Artifact, Patch, Phase};
use crate::source::{Origin, Tree};

/// One rendered text: an object, a patch, a file for a tool, or a page.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is.
    pub artifact: Artifact,
    /// Its text, in the canonical form where it is YAML that we made; it ends with a line break.
    pub text: Arc<str>,
    /// The same as a tree, which shares the text. None for pages, and once nobody needs it.
    /// Positions are those of the file for the user's own objects, and none for ours.
    pub tree: Option<Tree>,
    /// What in the config called for it.
    pub origin: Origin,
    /// When it is applied, where that is by phases.
    pub phase: Phase,
}

/// All that was rendered, in the order in which it is applied.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// Objects in the order of kustomize, then patches, files for tools, and pages.
    pub documents: Vec<Document>,
}

impl Documents {
    /// The whole objects: all that `kubectl apply` takes.
    pub fn objects(&self) -> impl Iterator<Item = &Document> {
        let object = |document: &&Document| matches!(document.artifact, Artifact::Object(_));
        self.documents.iter().filter(object)
    }

    /// The partial objects.
    pub fn patches(&self) -> impl Iterator<Item = (&Patch, &Document)> {
        self.documents
            .iter()
            .filter_map(|document| match &document.artifact {
                Artifact::Patch(patch) => Some((patch, document)),
                _ => None,
            })
    }
}
