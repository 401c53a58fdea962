//! The patches of a run that do not serve in every way, for the runbook to tell.

use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::Serde;
use minijinja::{Environment, Value};
use serde::Serialize;

use crate::kube::facts;
use crate::plan::{Artifact, patch_uses};

use super::document::Document;

/// The function by which templates ask for them.
const NAME: &str = "limited_patches";

/// What a template sees of such a patch.
#[derive(Clone, Debug, Serialize)]
struct LimitedPatch {
    file: String,
    /// The ways in which it serves, as a list in words; empty if there are none.
    ways: String,
    why: String,
}

/// Gathers patches as they are rendered. Pages are rendered after them.
#[derive(Clone, Debug, Default)]
pub(super) struct LimitedPatches(Arc<Mutex<Vec<LimitedPatch>>>);

impl LimitedPatches {
    /// Lets templates ask.
    pub(super) fn offer(&self, environment: &mut Environment<'_>) {
        let patches = self.clone();
        environment.add_function(NAME, move || -> Vec<Value> {
            let patches = patches.0.lock().unwrap_or_else(PoisonError::into_inner);
            patches
                .iter()
                .map(|patch| Value::from(Serde(patch)))
                .collect()
        });
    }

    /// Looks at a document that was rendered.
    pub(super) fn look_at(&self, document: &Document) {
        let (Artifact::Patch(patch), Some(tree)) = (&document.artifact, &document.tree) else {
            return;
        };
        let target = &patch.target;
        let facts = facts(&target.group, &target.kind);
        let uses = patch_uses(&target.group, facts, tree.root());
        if !uses.all() {
            let mut patches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            patches.push(LimitedPatch {
                file: patch.file.clone(),
                ways: uses.ways().join(" and "),
                why: uses.reasons.join(" "),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::diag::Report;
    use crate::plan::{Artifact, plan, samples};
    use crate::render::{Templates, render};

    /// The runbook of the recipe, with this text as the template of the Service's patch.
    fn runbook(patch: Option<&str>) -> String {
        let mut report = Report::new();
        let own = patch.map(|text| ("control_plane_service.yaml.j2".to_owned(), text.to_owned()));
        let files = BTreeMap::from_iter(own);
        let templates = Templates::with_own("templates", files, &mut report);
        let model = samples::recipe();
        let plan = plan(&model, &mut report);
        let documents = render(plan, &templates, &mut report).documents;
        assert!(report.is_empty());
        let page = documents
            .iter()
            .find(|document| matches!(&document.artifact, Artifact::Page { .. }));
        page.unwrap().text.to_string()
    }

    #[test]
    fn the_runbook_names_patches_that_serve_in_fewer_ways() {
        let all = "Every file in `patches/` serves in three ways";
        assert!(runbook(None).contains(all));
        let page = runbook(Some(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ name }}\n  namespace: {{ namespace }}\n\
             spec:\n  ports:\n  - port: {{ port }}\n    appProtocol: null\n",
        ));
        assert!(!page.contains(all));
        let said = "`patches/service-envoy-gateway.yaml` serves only by `kubectl patch --type \
                    strategic` and kustomize. It removes a field by null";
        assert!(page.contains(said), "{page}");
    }
}
