//! An example of how Argo CD takes the output up: one cluster.

use std::ops::Deref;

use serde::Serialize;

use crate::config::{ArgoCd, ArgoCdAutomated};
use crate::model::Model;
use crate::source::{Located, Origin, Pos, Sourced};

use super::artifact::Artifact;
use super::metadata::wrote;
use super::plan::Plan;
use super::planned::Planned;

/// The cluster that Argo CD runs in, as Argo CD names it.
const OWN_CLUSTER: &str = "https://kubernetes.default.svc";

/// What an `Application` and the template of an `ApplicationSet` share.
#[derive(Debug, Serialize)]
pub(super) struct ArgoCdView<'m> {
    name: Sourced<&'m str>,
    namespace: Sourced<&'m str>,
    project: Sourced<&'m str>,
    repo_url: Sourced<&'m str>,
    path: Sourced<&'m str>,
    target_revision: Sourced<&'m str>,
    automated: Option<AutomatedView>,
}

#[derive(Debug, Serialize)]
struct AutomatedView {
    prune: Sourced<bool>,
    self_heal: Sourced<bool>,
}

impl<'m> ArgoCdView<'m> {
    pub(super) fn new(model: &'m Model, argocd: &'m Located<ArgoCd>) -> Self {
        let at = argocd.pos;
        let automated = |automated: &ArgoCdAutomated| AutomatedView {
            prune: Sourced::written(automated.prune, at),
            self_heal: Sourced::written(automated.self_heal, at),
        };
        ArgoCdView {
            name: either(
                argocd.name.as_ref(),
                at,
                &model.name,
                "spec.output.argocd.name",
            ),
            namespace: either(
                argocd.namespace.as_ref(),
                at,
                "argocd",
                "spec.output.argocd.namespace",
            ),
            project: either(
                argocd.project.as_ref(),
                at,
                "default",
                "spec.output.argocd.project",
            ),
            repo_url: Sourced::written(&argocd.repo_url, at),
            path: Sourced::written(bare(&argocd.path), at),
            target_revision: either(
                argocd.target_revision.as_ref(),
                at,
                "HEAD",
                "spec.output.argocd.targetRevision",
            ),
            automated: argocd.automated.as_ref().map(automated),
        }
    }
}

/// What is written in the map at this place, or the default of the field.
pub(super) fn either<'m, T: Deref<Target = str>>(
    written: Option<&'m T>,
    at: Pos,
    default: &'m str,
    field: &'static str,
) -> Sourced<&'m str> {
    match written {
        Some(written) => Sourced::written(&**written, at),
        None => Sourced::default(default, field),
    }
}

/// A path as it is without what means nothing: `./rendered/` is `rendered`.
pub(super) fn bare(path: &str) -> &str {
    let path = path.strip_prefix("./").unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path)
}

/// What `argocd_application.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct ApplicationView<'m> {
    application: ArgoCdView<'m>,
    cluster: Option<Sourced<&'m str>>,
    server: Sourced<&'m str>,
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let Some(argocd) = &model.output.argocd else {
        return;
    };
    if argocd.clusters.is_some() {
        return;
    }
    plan.push(Planned::new(
        Artifact::ToolInput {
            file: "gitops/argocd-application.yaml".to_owned(),
        },
        "argocd_application",
        Origin::Written(argocd.pos),
        move || {
            let destination = argocd.destination.as_deref();
            let server = destination.and_then(|to| to.server.as_ref()).map(wrote);
            let own = Sourced::default(OWN_CLUSTER, "spec.output.argocd.destination");
            ApplicationView {
                application: ArgoCdView::new(model, argocd),
                cluster: destination.and_then(|to| to.name.as_ref()).map(wrote),
                server: server.unwrap_or(own),
            }
        },
    ));
}
