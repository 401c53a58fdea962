//! Which of the planned documents is meant.

use std::fmt;

use crate::diag::closest;
use crate::kube::{ObjectId, ObjectRef};
use crate::plan::{Artifact, Plan, Planned, PlannedResource};

/// So many candidates are listed.
const LISTED: usize = 12;

/// A document that is planned: one that a template renders, or one of the user's own.
#[derive(Clone, Copy, Debug)]
pub enum PlannedDocument<'p> {
    /// A template renders it.
    Rendered(&'p Planned<'p>),
    /// It is passed on as it is, but for annotations.
    Own(&'p PlannedResource<'p>),
}

impl<'p> PlannedDocument<'p> {
    /// All documents of a plan, in the order in which they are applied.
    pub fn all(plan: &'p Plan<'p>) -> Vec<Self> {
        let rendered = plan.items.iter().map(PlannedDocument::Rendered);
        let own = plan.resources.iter().map(PlannedDocument::Own);
        let mut all: Vec<_> = rendered.chain(own).collect();
        all.sort_by(|a, b| a.artifact().order(&b.artifact()));
        all
    }

    /// What it becomes.
    pub fn artifact(self) -> Artifact {
        match self {
            PlannedDocument::Rendered(planned) => planned.artifact.clone(),
            PlannedDocument::Own(own) => Artifact::Object(own.id.clone()),
        }
    }
}

/// Why no document is meant, or not one alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    typed: String,
    is_ambiguous: bool,
    /// What may be meant, as it would be typed.
    candidates: Vec<String>,
    near: Option<String>,
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unmet { typed, .. } = self;
        if self.is_ambiguous {
            write!(f, "`{typed}` may mean several documents")?;
        } else {
            write!(f, "the config renders no `{typed}`")?;
        }
        if let Some(near) = &self.near {
            return write!(f, "\n  help: Did you mean `{near}`?");
        }
        if self.candidates.is_empty() {
            return Ok(());
        }
        f.write_str(if self.is_ambiguous {
            "\n  help: Name one of these:"
        } else {
            "\n  help: It renders these:"
        })?;
        for candidate in self.candidates.iter().take(LISTED) {
            write!(f, "\n    {candidate}")?;
        }
        match self.candidates.len().checked_sub(LISTED) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, "\n    and {more} more"),
        }
    }
}

/// The document that is meant by an object's name as people type it, or by the path of its file.
///
/// `path` answers the path of a document's file below the output folder, where it has one.
pub fn find_document<'p>(
    documents: &[PlannedDocument<'p>],
    typed: &str,
    path: impl Fn(&Artifact) -> Option<String>,
) -> Result<PlannedDocument<'p>, Unmet> {
    let artifacts: Vec<Artifact> = documents.iter().map(|found| found.artifact()).collect();
    let file = typed.strip_prefix("./").unwrap_or(typed);
    let by_file = artifacts
        .iter()
        .position(|artifact| path(artifact).as_deref() == Some(file));
    if let Some(found) = by_file {
        return Ok(documents[found]);
    }
    let wanted = ObjectRef::parse(typed);
    let fitting: Vec<usize> = (0..artifacts.len())
        .filter(|at| {
            let id = artifacts[*at].id();
            id.zip(wanted.as_ref())
                .is_some_and(|(id, wanted)| wanted.means(id))
        })
        .collect();
    if let [only] = *fitting {
        return Ok(documents[only]);
    }
    let names = |indices: &mut dyn Iterator<Item = usize>| -> Vec<String> {
        indices.map(|at| typed_name(&artifacts[at])).collect()
    };
    let unmet = |candidates, near| Unmet {
        typed: typed.to_owned(),
        is_ambiguous: !fitting.is_empty(),
        candidates,
        near,
    };
    if !fitting.is_empty() {
        return Err(unmet(names(&mut fitting.iter().copied()), None));
    }
    let all = names(&mut (0..artifacts.len()));
    // Of the kind that was typed the name is what is wrong, wherever the object is.
    let same_kind = |at: &usize| {
        let id = artifacts[*at].id();
        id.zip(wanted.as_ref())
            .is_some_and(|(id, wanted)| wanted.means_kind(&id.kind))
    };
    let of_kind: Vec<usize> = (0..artifacts.len()).filter(same_kind).collect();
    let by_name = wanted.as_ref().and_then(|wanted| {
        let ids = || {
            of_kind
                .iter()
                .filter_map(|at| Some((*at, artifacts[*at].id()?)))
        };
        let same = ids().find(|(_, id)| id.name == wanted.name());
        let near = same.or_else(|| {
            let near = closest(wanted.name(), ids().map(|(_, id)| id.name.as_str()))?;
            ids().find(|(_, id)| id.name == near)
        });
        near.map(|(at, _)| typed_name(&artifacts[at]))
    });
    let near =
        by_name.or_else(|| closest(typed, all.iter().map(String::as_str)).map(str::to_owned));
    let candidates = if of_kind.is_empty() {
        all
    } else {
        names(&mut of_kind.into_iter())
    };
    Err(unmet(candidates, near))
}

/// A document as it would be typed: `HTTPRoute/shop/web`, or its file.
fn typed_name(artifact: &Artifact) -> String {
    match artifact {
        Artifact::Object(ObjectId {
            kind,
            namespace: Some(namespace),
            name,
            ..
        }) => format!("{kind}/{namespace}/{name}"),
        Artifact::Object(ObjectId { kind, name, .. }) => format!("{kind}/{name}"),
        other => other.to_string(),
    }
}
