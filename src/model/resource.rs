//! The user's own manifests.

use crate::diag::{Diagnostic, Report, word_issue};
use crate::kube::{IdentityError, ObjectId, Scope};
use crate::source::{IssueKind, Node, Pos, Source, Tree, read};

/// One object of a file in `spec.resources`, taken up as it is.
#[derive(Debug)]
pub struct Resource {
    /// Which object it is.
    pub id: ObjectId,
    /// Its text, comments included, without the line that separates documents.
    pub text: String,
    /// The same as a tree, whose positions are in the file.
    pub tree: Tree,
    /// Where the object begins in its file.
    pub pos: Pos,
    /// The entry of `spec.resources` that names the file.
    pub entry: Pos,
}

impl Resource {
    /// Takes the objects of a file up; what is none is reported.
    pub fn take_up(source: &Source, entry: Pos, report: &mut Report) -> Vec<Resource> {
        let read = read(source);
        let mut broken = false;
        for issue in &read.issues {
            let mut diagnostic = word_issue(issue);
            if matches!(issue.kind, IssueKind::Ambiguous { .. }) {
                // It is passed on as it is, and means to the cluster what it meant before.
                diagnostic.level = crate::diag::Level::Warning;
            } else {
                broken = true;
            }
            report.push(diagnostic.related(entry, "the file is named here"));
        }
        if read.documents.is_empty() && !broken {
            report.push(
                Diagnostic::error(
                    "empty-resource",
                    format!("`{}` holds no object", source.name()),
                    entry,
                )
                .help("Put Kubernetes objects into it, or take it off the list."),
            );
        }
        let mut resources = Vec::with_capacity(read.documents.len());
        for document in read.documents {
            let text = source.text()[document.range.clone()].to_owned();
            let root = document.tree.root();
            let pos = root.pos();
            match ObjectId::read(root) {
                Ok(id) => {
                    if let Some(diagnostic) = secret_data(&id, root, entry) {
                        report.push(diagnostic);
                    }
                    if id.namespace.is_none() && needs_namespace(&id) {
                        report.push(without_namespace(&id, pos, entry));
                    }
                    resources.push(Resource {
                        id,
                        text,
                        tree: document.tree,
                        pos,
                        entry,
                    });
                }
                Err((error, node)) => report.push(no_object(error, node.pos(), entry)),
            }
        }
        resources
    }
}

/// What is rendered is committed, so the data of a Secret is not passed on.
fn secret_data(id: &ObjectId, root: Node<'_>, entry: Pos) -> Option<Diagnostic> {
    if id.kind != "Secret" || !id.group.is_empty() {
        return None;
    }
    let (key, _) = ["data", "stringData"].into_iter().find_map(|field| {
        let (key, value) = root.entry(field)?;
        value.entries().next().map(|_| (key, value))
    })?;
    Some(
        Diagnostic::error(
            "secret-in-resources",
            format!("the Secret `{}` holds its data", id.name),
            key.pos(),
        )
        .related(entry, "the file is named here")
        .because("What is rendered is committed and shown in reviews.")
        .help("Take it off the list, and make the Secret in the cluster or by a tool for secrets."),
    )
}

/// Whether objects of this kind surely live in a namespace.
fn needs_namespace(id: &ObjectId) -> bool {
    let known_group = id.group.is_empty()
        || !id.group.contains('.')
        || crate::kube::facts(&id.group, &id.kind).is_some()
        || id.group.ends_with(".k8s.io");
    known_group && Scope::of(&id.group, &id.kind) == Scope::Namespaced
}

fn without_namespace(id: &ObjectId, pos: Pos, entry: Pos) -> Diagnostic {
    Diagnostic::error(
        "resource-without-namespace",
        format!("the {} `{}` has no namespace", id.kind, id.name),
        pos,
    )
    .related(entry, "the file is named here")
    .because("It would go to whatever namespace is current where it is applied.")
    .help("Write `namespace:` under its `metadata`.")
}

fn no_object(error: IdentityError, pos: Pos, entry: Pos) -> Diagnostic {
    Diagnostic::error(
        "not-an-object",
        format!("this is no Kubernetes object: {error}"),
        pos,
    )
    .related(entry, "the file is named here")
    .help("List only files of Kubernetes objects under `resources`.")
}
