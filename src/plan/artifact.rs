//! What a planned thing becomes.

use std::cmp::Ordering;
use std::fmt;

use crate::kube::{ObjectId, apply_order};

use super::file_name::file_name;

/// What a planned thing becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// A whole object, which `kubectl apply` takes.
    Object(ObjectId),
    /// A partial object, for an object that others own.
    Patch(Patch),
    /// A file for an installer or another tool; its path below the output folder.
    ToolInput {
        /// The path, such as `install/istio-operator.yaml`.
        file: String,
    },
    /// A page for people; its path below the output folder.
    Page {
        /// The path, such as `RUNBOOK.md`.
        file: String,
    },
}

/// A partial object, for an object that others own.
///
/// It carries `apiVersion`, `kind` and the name, so that the same file serves as a
/// `kubectl patch --patch-file`, in a server-side apply, and as a patch of a kustomization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The object it is for.
    pub target: ObjectId,
    /// Its path below the output folder, such as `patches/namespace-httpbin.yaml`.
    pub file: String,
}

impl Artifact {
    /// A patch in the folder for patches, in the file `<stem>-<name>.yaml`.
    pub fn patch(target: ObjectId, stem: &str) -> Self {
        let file = format!("patches/{}", file_name(stem, &target.name));
        Artifact::Patch(Patch { target, file })
    }

    /// The object that the text has to be of, or be a part of.
    pub fn id(&self) -> Option<&ObjectId> {
        match self {
            Artifact::Object(id) | Artifact::Patch(Patch { target: id, .. }) => Some(id),
            Artifact::ToolInput { .. } | Artifact::Page { .. } => None,
        }
    }

    /// Objects in the order in which they are applied, then patches, tool inputs and pages.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            // Of one kind the names decide, and most pairs are of one kind.
            (Artifact::Object(a), Artifact::Object(b)) if a.kind == b.kind => a.cmp(b),
            (Artifact::Object(a), Artifact::Object(b)) => apply_order(a, b),
            (Artifact::Patch(a), Artifact::Patch(b)) => {
                apply_order(&a.target, &b.target).then_with(|| a.file.cmp(&b.file))
            }
            (Artifact::ToolInput { file: a }, Artifact::ToolInput { file: b })
            | (Artifact::Page { file: a }, Artifact::Page { file: b }) => a.cmp(b),
            _ => self.class().cmp(&other.class()),
        }
    }

    fn class(&self) -> u8 {
        match self {
            Artifact::Object(_) => 0,
            Artifact::Patch(_) => 1,
            Artifact::ToolInput { .. } => 2,
            Artifact::Page { .. } => 3,
        }
    }
}

/// `HTTPRoute.gateway.networking.k8s.io/httpbin/web`, or the path of a file.
impl fmt::Display for Artifact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Artifact::Object(id) => id.fmt(f),
            Artifact::Patch(Patch { file, .. })
            | Artifact::ToolInput { file }
            | Artifact::Page { file } => f.write_str(file),
        }
    }
}
