//! All that is to be rendered.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Place, Report};
use crate::kube::{ObjectId, apply_order};
use crate::model::Model;

use super::artifact::Artifact;
use super::decoration::decorate;
use super::kind::KINDS;
use super::phase::Phase;
use super::planned::{Planned, PlannedResource};

/// All that is to be rendered.
#[derive(Debug, Default)]
pub struct Plan<'m> {
    /// What templates render, in the order in which it is applied.
    pub items: Vec<Planned<'m>>,
    /// The user's own objects, which are passed on as they are; in the same order.
    pub resources: Vec<PlannedResource<'m>>,
}

impl<'m> Plan<'m> {
    /// Takes one thing up.
    pub fn push(&mut self, planned: Planned<'m>) {
        self.items.push(planned);
    }

    /// Leaves out all but whole objects, for those who pass on nothing else.
    pub fn keep_objects(&mut self) {
        let is_object = |item: &Planned<'_>| matches!(item.artifact, Artifact::Object(_));
        self.items.retain(is_object);
    }

    /// The phases that have objects, in order.
    pub fn phases(&self) -> BTreeSet<Phase> {
        let items = self.items.iter();
        let objects = items.filter(|item| matches!(item.artifact, Artifact::Object(_)));
        let phases = objects.map(|item| item.phase);
        phases
            .chain(self.resources.iter().map(|own| own.phase))
            .collect()
    }
}

/// Plans everything that follows from the model.
///
/// An object that comes up a second time, be it the user's own, is reported and left out.
pub fn plan<'m>(model: &'m Model, report: &mut Report) -> Plan<'m> {
    let mut plan = Plan::default();
    let kinds = || KINDS.iter();
    for kind in kinds().filter(|kind| !kind.last) {
        (kind.plan)(model, &mut plan);
    }
    plan.items.sort_by(|a, b| a.artifact.order(&b.artifact));
    let own = model.resources.iter().map(|resource| PlannedResource {
        id: resource.id.clone(),
        resource,
        phase: Phase::default(),
        decorations: Vec::new(),
    });
    plan.resources = own.collect();
    drop_duplicates(&mut plan, report);
    plan.resources.sort_by(|a, b| apply_order(&a.id, &b.id));
    decorate(model, &mut plan, report);
    for kind in kinds().filter(|kind| kind.last) {
        (kind.plan)(model, &mut plan);
    }
    plan.items.sort_by(|a, b| a.artifact.order(&b.artifact));
    plan
}

fn drop_duplicates(plan: &mut Plan<'_>, report: &mut Report) {
    // Planned objects are sorted, so two of one identity stand side by side.
    plan.items.dedup_by(|later, first| {
        let (Artifact::Object(id), Artifact::Object(of)) = (&later.artifact, &first.artifact)
        else {
            return false;
        };
        let same = id == of;
        if same {
            report.push(duplicate(id, later.origin.pos(), first.origin.pos()));
        }
        same
    });
    if plan.resources.is_empty() {
        return;
    }
    let mut seen = BTreeMap::new();
    for item in &plan.items {
        if let Artifact::Object(id) = &item.artifact {
            seen.insert(id.clone(), item.origin.pos());
        }
    }
    plan.resources
        .retain(|own| match seen.entry(own.id.clone()) {
            Entry::Vacant(free) => {
                free.insert(own.resource.pos);
                true
            }
            Entry::Occupied(taken) => {
                report.push(
                    duplicate(&own.id, own.resource.pos, *taken.get())
                        .related(own.resource.entry, "the file is named here"),
                );
                false
            }
        });
}

fn duplicate(id: &ObjectId, here: impl Into<Place>, first: impl Into<Place>) -> Diagnostic {
    Diagnostic::error("duplicate-object", format!("`{id}` comes up twice"), here)
        .label("the second one")
        .related(first, "the first one")
        .because("Of two objects of one name the one that is applied last would replace the other.")
        .help("Give one of them another name, or leave it out.")
}
