//! The files by which kustomize finds the others.

use std::sync::Arc;

use crate::plan::{Artifact, Patch, Phase};
use crate::source::{Origin, Pos, read_text, scalar};

use super::document::Document;

/// `kustomization.yaml`, which lists manifests by their paths below it, in the order given.
pub fn kustomization<'a>(manifests: impl IntoIterator<Item = &'a str>) -> Document {
    let mut text =
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:".to_owned();
    let start = text.len();
    for path in manifests {
        text.push_str("\n- ");
        scalar(&mut text, path);
    }
    if text.len() == start {
        text.push_str(" []");
    }
    file("kustomization.yaml", text)
}

/// `patches/kustomization.yaml`, a component that applies patches to their targets; none if there
/// are no patches.
///
/// Kustomize takes the name and namespace of a target for regular expressions of the whole name.
pub fn component<'a>(patches: impl IntoIterator<Item = &'a Patch>) -> Option<Document> {
    let mut text =
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:".to_owned();
    let start = text.len();
    for Patch { target, file, .. } in patches {
        text.push_str("\n- path: ");
        scalar(&mut text, file.strip_prefix("patches/").unwrap_or(file));
        text.push_str("\n  target:");
        let mut field = |key: &str, value: &str| {
            text.push_str("\n    ");
            text.push_str(key);
            text.push_str(": ");
            scalar(&mut text, value);
        };
        if !target.group.is_empty() {
            field("group", &target.group);
        }
        field("kind", &target.kind);
        field("name", &target.name.replace('.', "\\."));
        if let Some(namespace) = &target.namespace {
            field("namespace", namespace);
        }
    }
    (text.len() > start).then(|| file("patches/kustomization.yaml", text))
}

fn file(path: &str, mut text: String) -> Document {
    text.push('\n');
    let text: Arc<str> = text.into();
    let tree = read_text(&text, Pos::NONE).documents.pop();
    Document {
        artifact: Artifact::ToolInput {
            file: path.to_owned(),
        },
        text,
        tree: tree.map(|document| document.tree),
        origin: Origin::Default("output"),
        phase: Phase::default(),
    }
}
