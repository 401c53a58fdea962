//! An example of how Flux takes the output up: as a whole, or phase by phase.

use serde::Serialize;

use crate::config::{Duration, Flux, FluxSourceKind, GitOpsTool};
use crate::model::Model;
use crate::source::{Located, Origin, Sourced};

use super::argocd_application::{bare, either};
use super::artifact::Artifact;
use super::phase::Phase;
use super::plan::Plan;
use super::planned::Planned;

/// Why names and paths end with a phase.
const RULE: &str = "each phase is applied on its own, after the one before";

/// What `flux_kustomization.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct KustomizationView<'m> {
    name: Sourced<String>,
    namespace: Sourced<&'m str>,
    path: Sourced<String>,
    source: SourceView<'m>,
    interval: Sourced<&'m str>,
    retry_interval: Option<Sourced<&'m str>>,
    timeout: Sourced<&'m str>,
    prune: Sourced<bool>,
    service_account: Option<Sourced<&'m str>>,
    depends_on: Vec<DependencyView>,
}

#[derive(Debug, Serialize)]
struct SourceView<'m> {
    kind: Sourced<FluxSourceKind>,
    name: Sourced<&'m str>,
    namespace: Option<Sourced<&'m str>>,
}

#[derive(Debug, Serialize)]
struct DependencyView {
    name: Sourced<String>,
    namespace: Option<Sourced<String>>,
}

/// One of the kustomizations: that of a phase, which comes after another, or the only one.
#[derive(Clone, Copy)]
struct Step {
    phase: Option<Phase>,
    after: Option<Phase>,
}

impl<'m> KustomizationView<'m> {
    fn new(model: &'m Model, flux: &'m Located<Flux>, step: Step) -> Self {
        let at = flux.pos;
        let by_phase = |text: String| match model.output.phases.get(&GitOpsTool::Flux) {
            Some(from) => Sourced::derived(text, RULE, *from),
            None => Sourced::written(text, at),
        };
        let name = either(flux.name.as_ref(), at, &model.name, "spec.output.flux.name");
        let named = |phase: Phase| by_phase(format!("{}-{}", name.value, phase.name()));
        let folder = match bare(&flux.path) {
            "." => ".".to_owned(),
            path => format!("./{path}"),
        };
        let written = |text: &'m str| Sourced::written(text, at);
        let others = flux.depends_on.iter().map(|other| DependencyView {
            name: Sourced::written(other.name.to_string(), at),
            namespace: other
                .namespace
                .as_ref()
                .map(|namespace| Sourced::written(namespace.to_string(), at)),
        });
        let depends_on = match step.after {
            Some(phase) => vec![DependencyView {
                name: named(phase),
                namespace: None,
            }],
            None => others.collect(),
        };
        let or = |text: Option<&'m Duration>, default, field| either(text, at, default, field);
        KustomizationView {
            name: step.phase.map_or_else(|| name.map(str::to_owned), named),
            namespace: either(
                flux.namespace.as_ref(),
                at,
                "flux-system",
                "spec.output.flux.namespace",
            ),
            path: match step.phase {
                Some(phase) => by_phase(format!("{folder}/manifests/{}", phase.folder())),
                None => Sourced::written(folder, at),
            },
            source: SourceView {
                kind: flux.source_ref.kind.map_or(
                    Sourced::default(
                        FluxSourceKind::GitRepository,
                        "spec.output.flux.sourceRef.kind",
                    ),
                    |kind| Sourced::written(kind, at),
                ),
                name: written(&flux.source_ref.name),
                namespace: flux.source_ref.namespace.as_deref().map(written),
            },
            interval: or(flux.interval.as_ref(), "10m", "spec.output.flux.interval"),
            retry_interval: flux.retry_interval.as_deref().map(written),
            timeout: or(flux.timeout.as_ref(), "5m", "spec.output.flux.timeout"),
            prune: flux
                .prune
                .map_or(Sourced::default(true, "spec.output.flux.prune"), |prune| {
                    Sourced::written(prune, at)
                }),
            service_account: flux.service_account_name.as_deref().map(written),
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
