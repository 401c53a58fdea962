//! An example of how Argo CD takes the output up: one cluster.

use serde::Serialize;

use crate::config::{ArgoCd, ArgoCdAutomated};
use crate::model::Model;
use crate::source::Origin;

use super::artifact::Artifact;
use super::plan::Plan;
use super::planned::Planned;

/// The cluster that Argo CD runs in, as Argo CD names it.
const OWN_CLUSTER: &str = "https://kubernetes.default.svc";

/// What an `Application` and the template of an `ApplicationSet` share.
#[derive(Debug, Serialize)]
pub(super) struct ArgoCdView<'m> {
    name: &'m str,
    namespace: &'m str,
    project: &'m str,
    repo_url: &'m str,
    path: &'m str,
    target_revision: &'m str,
    automated: Option<&'m ArgoCdAutomated>,
}

impl<'m> ArgoCdView<'m> {
    pub(super) fn new(model: &'m Model, argocd: &'m ArgoCd) -> Self {
        ArgoCdView {
            name: argocd.name.as_deref().unwrap_or(&model.name),
            namespace: argocd.namespace.as_deref().unwrap_or("argocd"),
            project: argocd.project.as_deref().unwrap_or("default"),
            repo_url: &argocd.repo_url,
            path: bare(&argocd.path),
            target_revision: argocd.target_revision.as_deref().unwrap_or("HEAD"),
            automated: argocd.automated.as_ref(),
        }
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
    cluster: Option<&'m str>,
    server: &'m str,
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let Some(argocd) = &model.output.argocd else {
        return;
    };
    if argocd.clusters.is_some() {
        return;
    }
    let destination = argocd.destination.as_deref();
    let cluster = destination
        .and_then(|to| to.name.as_ref())
        .map(|name| &***name);
    let server = destination
        .and_then(|to| to.server.as_ref())
        .map(|url| &***url);
    plan.push(Planned::new(
        Artifact::ToolInput {
            file: "gitops/argocd-application.yaml".to_owned(),
        },
        "argocd_application",
        Origin::Written(argocd.pos),
        move || ApplicationView {
            application: ArgoCdView::new(model, argocd),
            cluster,
            server: server.unwrap_or(OWN_CLUSTER),
        },
    ));
}
