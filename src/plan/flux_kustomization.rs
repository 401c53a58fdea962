//! An example of how Flux takes the output up: as a whole, or phase by phase.

use serde::Serialize;

use crate::config::{Flux, FluxSourceKind, GitOpsTool};
use crate::model::Model;
use crate::source::{Located, Origin};

use super::argocd_application::bare;
use super::artifact::Artifact;
use super::phase::Phase;
use super::plan::Plan;
use super::planned::Planned;

/// What `flux_kustomization.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct KustomizationView<'m> {
    name: String,
    namespace: &'m str,
    path: String,
    source: SourceView<'m>,
    interval: &'m str,
    retry_interval: Option<&'m str>,
    timeout: &'m str,
    prune: bool,
    service_account: Option<&'m str>,
    depends_on: Vec<DependencyView>,
}

#[derive(Debug, Serialize)]
struct SourceView<'m> {
    kind: FluxSourceKind,
    name: &'m str,
    namespace: Option<&'m str>,
}

#[derive(Debug, Serialize)]
struct DependencyView {
    name: String,
    namespace: Option<String>,
}

/// One of the kustomizations: that of a phase, which comes after another, or the only one.
#[derive(Clone, Copy)]
struct Step {
    phase: Option<Phase>,
    after: Option<Phase>,
}

impl<'m> KustomizationView<'m> {
    fn new(model: &'m Model, flux: &'m Flux, step: Step) -> Self {
        let name = flux.name.as_deref().unwrap_or(&model.name);
        let named = |phase: Phase| format!("{name}-{}", phase.name());
        let folder = match bare(&flux.path) {
            "." => ".".to_owned(),
            path => format!("./{path}"),
        };
        let written = flux.depends_on.iter().map(|other| DependencyView {
            name: other.name.to_string(),
            namespace: other.namespace.as_ref().map(ToString::to_string),
        });
        let depends_on = match step.after {
            Some(phase) => vec![DependencyView {
                name: named(phase),
                namespace: None,
            }],
            None => written.collect(),
        };
        KustomizationView {
            name: step.phase.map_or_else(|| name.to_owned(), named),
            namespace: flux.namespace.as_deref().unwrap_or("flux-system"),
            path: match step.phase {
                Some(phase) => format!("{folder}/manifests/{}", phase.folder()),
                None => folder,
            },
            source: SourceView {
                kind: flux
                    .source_ref
                    .kind
                    .unwrap_or(FluxSourceKind::GitRepository),
                name: &flux.source_ref.name,
                namespace: flux.source_ref.namespace.as_deref(),
            },
            interval: flux.interval.as_deref().unwrap_or("10m"),
            retry_interval: flux.retry_interval.as_deref(),
            timeout: flux.timeout.as_deref().unwrap_or("5m"),
            prune: flux.prune.unwrap_or(true),
            service_account: flux.service_account_name.as_deref(),
            depends_on,
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let Some(flux) = &model.output.flux else {
        return;
    };
    let push = |step: Step, plan: &mut Plan<'m>| {
        let suffix = step.phase.map(|phase| format!("-{}", phase.folder()));
        let file = format!(
            "gitops/flux-kustomization{}.yaml",
            suffix.unwrap_or_default()
        );
        plan.push(Planned::new(
            Artifact::ToolInput { file },
            "flux_kustomization",
            Origin::Written(flux.pos),
            view(model, flux, step),
        ));
    };
    if !model.output.phases.contains_key(&GitOpsTool::Flux) {
        let (phase, after) = (None, None);
        return push(Step { phase, after }, plan);
    }
    let mut after = None;
    // A phase without objects has no folder, which Flux would not find.
    for phase in plan.phases() {
        let step = Step {
            phase: Some(phase),
            after,
        };
        push(step, plan);
        after = Some(phase);
    }
}

fn view<'m>(
    model: &'m Model,
    flux: &'m Located<Flux>,
    step: Step,
) -> impl Fn() -> KustomizationView<'m> + 'm {
    move || KustomizationView::new(model, flux, step)
}
