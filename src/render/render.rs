//! Plans to documents.

use crate::diag::Report;
use crate::plan::{Artifact, Plan};
use crate::source::Origin;

use super::decorate::decorate_resource;
use super::document::{Document, Documents};
use super::limited_patches::LimitedPatches;
use super::renderer::Renderer;
use super::templates::Templates;

/// Renders a plan. What cannot be rendered is reported and left out.
pub fn render(plan: Plan<'_>, templates: &Templates, report: &mut Report) -> Documents {
    let mut documents = Vec::with_capacity(plan.items.len() + plan.resources.len());
    render_each(plan, templates, report, |document| documents.push(document));
    Documents { documents }
}

/// The same, one document at a time and in the same order, for those who need not hold them all.
pub fn render_each(
    plan: Plan<'_>,
    templates: &Templates,
    report: &mut Report,
    mut take: impl FnMut(Document),
) {
    let mut resources = plan
        .resources
        .into_iter()
        .map(|own| {
            let (text, tree) = decorate_resource(own.resource, &own.decorations);
            Document {
                artifact: Artifact::Object(own.id),
                text,
                tree: Some(tree),
                origin: Origin::Written(own.resource.pos),
                phase: own.phase,
            }
        })
        .peekable();
    let patches = LimitedPatches::default();
    let mut environment = templates.environment();
    patches.offer(&mut environment);
    let mut renderer = Renderer::new(&environment, templates);
    for item in plan.items {
        while let Some(own) = resources.next_if(|own| own.artifact.order(&item.artifact).is_lt()) {
            take(own);
        }
        if let Some(document) = renderer.document(item) {
            patches.look_at(&document);
            take(document);
        }
    }
    resources.for_each(take);
    renderer.finish(report);
}
