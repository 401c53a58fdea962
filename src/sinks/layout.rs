//! Which file each rendered document goes to.

use std::sync::Arc;

use crate::kube::ObjectId;
use crate::plan::{Artifact, Patch, file_name};
use crate::render::{Document, component, kustomization};

use super::output::{Output, OutputFile, TargetFiles};
use super::output_fault::OutputFault;
use super::relative_path::{PathFault, RelativePath};

/// The folder of objects that belong to no namespace.
const CLUSTER: &str = "_cluster";

/// Kinds whose name another API group uses too, and what their files are called.
const SHARED_KINDS: &[(&str, &str, &str)] = &[
    ("networking.istio.io", "Gateway", "istio-gateway"),
    ("serving.knative.dev", "Service", "knative-service"),
];

/// Collects the files of one target, in the order in which their documents come.
///
/// Objects go to `manifests/<namespace>/<kind>-<name>.yaml`; patches, files for tools and pages
/// say their own path; and kustomize gets its files at the end.
#[derive(Debug, Default)]
pub struct Layout {
    files: Vec<OutputFile>,
    manifests: Vec<String>,
    patches: Vec<Patch>,
    faults: Vec<PathFault>,
}

impl Layout {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a document its file.
    pub fn take(&mut self, document: Document) {
        let about = document.artifact.to_string();
        let path = match document.artifact {
            Artifact::Object(id) => {
                let path = manifest(&id);
                self.manifests.push(path.clone());
                self.push(path, document.text, about, true);
                return;
            }
            Artifact::Patch(partial) => {
                let file = partial.file.clone();
                self.patches.push(partial);
                file
            }
            Artifact::ToolInput { file } | Artifact::Page { file } => file,
        };
        self.push(path, document.text, about, false);
    }

    /// All files of the config of this name, those for kustomize among them.
    pub fn finish(mut self, owner: &str) -> Result<Output, OutputFault> {
        let manifests = std::mem::take(&mut self.manifests);
        let patches = std::mem::take(&mut self.patches);
        self.take(kustomization(manifests.iter().map(String::as_str)));
        if let Some(component) = component(&patches) {
            self.take(component);
        }
        self.finish_objects(owner)
    }

    /// The files that were taken and no more, for those who pass on nothing but objects.
    pub fn finish_objects(mut self, owner: &str) -> Result<Output, OutputFault> {
        if let Some(fault) = self.faults.pop() {
            return Err(OutputFault::Path(fault));
        }
        let target = TargetFiles {
            target: String::new(),
            folder: None,
            files: self.files,
        };
        Output::new(owner, vec![target])
    }

    fn push(&mut self, path: String, text: Arc<str>, about: String, objects: bool) {
        match RelativePath::parse(path) {
            Ok(path) => self.files.push(OutputFile {
                path,
                text,
                about,
                objects,
            }),
            Err(fault) => self.faults.push(fault),
        }
    }
}

/// `manifests/<namespace>/<kind>-<name>.yaml`.
fn manifest(id: &ObjectId) -> String {
    let shared = SHARED_KINDS
        .iter()
        .find(|(group, kind, _)| *group == id.group && *kind == id.kind);
    let stem = shared.map_or_else(|| id.kind.to_lowercase(), |(.., stem)| (*stem).to_owned());
    let folder = id.namespace.as_deref().unwrap_or(CLUSTER);
    format!("manifests/{folder}/{}", file_name(&stem, &id.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(group: &str, kind: &str, namespace: Option<&str>, name: &str) -> ObjectId {
        ObjectId {
            group: group.to_owned(),
            kind: kind.to_owned(),
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
        }
    }

    #[test]
    fn objects_are_found_by_namespace_kind_and_name() {
        for (id, path) in [
            (
                id("", "Namespace", None, "web"),
                "manifests/_cluster/namespace-web.yaml",
            ),
            (
                id("x.io", "HTTPRoute", Some("a"), "b"),
                "manifests/a/httproute-b.yaml",
            ),
            (
                id("networking.istio.io", "Gateway", Some("a"), "b"),
                "manifests/a/istio-gateway-b.yaml",
            ),
            (
                id("gateway.networking.k8s.io", "Gateway", Some("a"), "b"),
                "manifests/a/gateway-b.yaml",
            ),
            (
                id("rbac.authorization.k8s.io", "ClusterRole", None, "a:b"),
                "manifests/_cluster/clusterrole-a_b.yaml",
            ),
        ] {
            assert_eq!(manifest(&id), path);
        }
    }
}
