//! One thing to render.

use serde::Serialize;

use crate::kube::ObjectId;
use crate::model::Resource;
use crate::source::Origin;

use super::artifact::Artifact;
use super::decoration::Decoration;
use super::phase::Phase;
use super::view::{Deferred, View};

/// One thing to render: what it becomes, by which template, from which view.
pub struct Planned<'m> {
    /// What it becomes.
    pub artifact: Artifact,
    /// The stem of its template: the template of `http_route` is `http_route.yaml.j2`.
    pub template: &'static str,
    /// What the template sees.
    pub view: Box<dyn View + 'm>,
    /// What in the config called for it.
    pub origin: Origin,
    /// When it is applied, where that is by phases.
    pub phase: Phase,
    /// The annotations that it gets beside what the template writes; of objects alone.
    pub decorations: Vec<Decoration>,
}

/// One of the user's own objects, which is passed on as it is but for its decorations.
#[derive(Debug)]
pub struct PlannedResource<'m> {
    /// Which object it is.
    pub id: ObjectId,
    /// The object.
    pub resource: &'m Resource,
    /// When it is applied, where that is by phases.
    pub phase: Phase,
    /// The annotations that it gets; none of a key that it carries.
    pub decorations: Vec<Decoration>,
}

impl<'m> Planned<'m> {
    /// A thing whose view is made each time it is rendered.
    pub fn new<V: Serialize>(
        artifact: Artifact,
        template: &'static str,
        origin: Origin,
        view: impl Fn() -> V + 'm,
    ) -> Self {
        Planned {
            artifact,
            template,
            view: Box::new(Deferred(view)),
            origin,
            phase: Phase::default(),
            decorations: Vec::new(),
        }
    }
}

impl std::fmt::Debug for Planned<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} by {}", self.artifact, self.template)
    }
}
