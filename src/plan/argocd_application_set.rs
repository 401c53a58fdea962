//! An example of how Argo CD takes the output up: every cluster that fits.

use serde::Serialize;

use crate::model::Model;
use crate::source::Origin;

use super::argocd_application::ArgoCdView;
use super::artifact::Artifact;
use super::metadata::{KeyValue, key_values};
use super::plan::Plan;
use super::planned::Planned;

/// What `argocd_application_set.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct ApplicationSetView<'m> {
    application: ArgoCdView<'m>,
    match_labels: Vec<KeyValue<'m>>,
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let Some(argocd) = &model.output.argocd else {
        return;
    };
    if let Some(clusters) = &argocd.clusters {
        plan.push(Planned::new(
            Artifact::ToolInput {
                file: "gitops/argocd-applicationset.yaml".to_owned(),
            },
            "argocd_application_set",
            Origin::Written(clusters.pos),
            move || ApplicationSetView {
                application: ArgoCdView::new(model, argocd),
                match_labels: key_values(&clusters.match_labels),
            },
        ));
    }
}
