//! Annotations for GitOps tools, which objects get beside what their templates write.

use crate::config::GitOpsTool;
use crate::diag::{Diagnostic, Report};
use crate::kube::ObjectId;
use crate::model::{Model, PeerAuthentication, Resource};
use crate::source::{Causes, Node, Origin};

use super::artifact::Artifact;
use super::object::{GATEWAY_API, ISTIO_SECURITY};
use super::phase::{Phase, phase_of};
use super::plan::Plan;
use super::runbook::is_strict;

/// Argo CD's annotation of what it may do with an object.
const SYNC_OPTIONS: &str = "argocd.argoproj.io/sync-options";

/// Argo CD's annotation of when it applies an object.
const SYNC_WAVE: &str = "argocd.argoproj.io/sync-wave";

/// Flux's annotation of whether it may delete an object.
const FLUX_PRUNE: &str = "kustomize.toolkit.fluxcd.io/prune";

/// An annotation that an object gets when it is rendered, unless it carries one of this key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoration {
    /// The key.
    pub key: &'static str,
    /// The value.
    pub value: &'static str,
    /// What in the config called for it.
    pub origin: Origin,
}

/// Gives every planned object its phase, and its annotations.
pub(super) fn decorate(model: &Model, plan: &mut Plan<'_>, report: &mut Report) {
    for item in &mut plan.items {
        if let Artifact::Object(id) = &item.artifact {
            item.phase = phase_of(id, refuses(model, id));
            let selects =
                peer_authentication(model, id).is_some_and(|policy| !policy.selector.is_empty());
            let decided = peer_authentication(model, id).map_or(Causes::NONE, modes);
            item.decorations = decorations(model, id, (item.phase, decided), selects);
        }
    }
    for own in &mut plan.resources {
        let root = own.resource.tree.root();
        own.phase = phase_of(&own.id, says_no(&own.id, root));
        let selector = root.at(&["spec", "selector"]);
        let selects = selector.is_some_and(|selector| !selector.is_null());
        let decided = Causes::from(own.resource.pos);
        own.decorations = decorations(model, &own.id, (own.phase, decided), selects);
        let carried = root.at(&["metadata", "annotations"]);
        own.decorations.retain(|decoration| {
            let Some((key, value)) = carried.and_then(|map| map.entry(decoration.key)) else {
                return true;
            };
            if let Some(diagnostic) = unprotected(decoration, key, value, own.resource) {
                report.push(diagnostic);
            }
            false
        });
    }
}

/// Whether one of our policies refuses traffic that it does not name.
fn refuses(model: &Model, id: &ObjectId) -> bool {
    match &*id.kind {
        "PeerAuthentication" => peer_authentication(model, id).is_some_and(is_strict),
        "AuthorizationPolicy" => true,
        _ => false,
    }
}

fn peer_authentication<'m>(model: &'m Model, id: &ObjectId) -> Option<&'m PeerAuthentication> {
    let mut policies = model.peer_authentications.iter();
    policies.find(|policy| {
        id.kind == "PeerAuthentication"
            && policy.name.as_str() == id.name
            && Some(policy.namespace.as_str()) == id.namespace.as_deref()
    })
}

/// The places that decide whether a policy refuses anything.
fn modes(policy: &PeerAuthentication) -> Causes {
    let modes = policy.mode.iter().chain(policy.ports.values());
    Causes::of(modes.map(|mode| mode.pos))
}

/// The same of the user's own.
fn says_no(id: &ObjectId, root: Node<'_>) -> bool {
    let strict = |mode: Option<Node<'_>>| {
        mode.and_then(Node::as_str)
            .is_some_and(|mode| mode == "STRICT")
    };
    match &*id.kind {
        "PeerAuthentication" => {
            let ports = root.at(&["spec", "portLevelMtls"]);
            strict(root.at(&["spec", "mtls", "mode"]))
                || ports
                    .is_some_and(|ports| ports.entries().any(|(_, port)| strict(port.get("mode"))))
        }
        "AuthorizationPolicy" => {
            let action = root.at(&["spec", "action"]).and_then(Node::as_str);
            action.is_none_or(|action| action == "ALLOW")
        }
        _ => false,
    }
}

/// The annotations of an object, sorted by key. The phase comes with the places that decided it.
fn decorations(
    model: &Model,
    id: &ObjectId,
    (phase, decided): (Phase, Causes),
    selects: bool,
) -> Vec<Decoration> {
    let output = &model.output;
    let asked = |tool, rule, key, value| {
        let from = *output.protect.get(&tool)?;
        let origin = Origin::derived(rule, from);
        is_vital(model, id, selects).then_some(Decoration { key, value, origin })
    };
    let options = asked(
        GitOpsTool::ArgoCd,
        "what an outage would follow from is not deleted by Argo CD",
        SYNC_OPTIONS,
        "Prune=false,Delete=false",
    );
    let wave = output
        .phases
        .get(&GitOpsTool::ArgoCd)
        .map(|from| Decoration {
            key: SYNC_WAVE,
            value: phase.wave(),
            origin: Origin::derived(
                "the sync wave of the object's phase",
                decided.iter().fold(Causes::from(*from), Causes::and),
            ),
        });
    let prune = asked(
        GitOpsTool::Flux,
        "what an outage would follow from is not deleted by Flux",
        FLUX_PRUNE,
        "disabled",
    );
    [options, wave, prune].into_iter().flatten().collect()
}

/// Whether an outage follows from the loss of an object: everything in it or of it goes along, or
/// what it kept out comes in.
fn is_vital(model: &Model, id: &ObjectId, selects: bool) -> bool {
    let root = model
        .mesh
        .as_ref()
        .map_or("istio-system", |mesh| &*mesh.root_namespace);
    match (&*id.group, &*id.kind) {
        ("", "Namespace")
        | (GATEWAY_API, "GatewayClass")
        | ("apiextensions.k8s.io", "CustomResourceDefinition") => true,
        (ISTIO_SECURITY, "PeerAuthentication") => !selects && id.namespace.as_deref() == Some(root),
        _ => false,
    }
}

/// An annotation of the user's stays, and then it may say less than `output.protect` asks for.
fn unprotected(
    decoration: &Decoration,
    key: Node<'_>,
    value: Node<'_>,
    resource: &Resource,
) -> Option<Diagnostic> {
    let mut said = value.text().split(',').map(str::trim);
    let protected = match decoration.key {
        SYNC_OPTIONS => said.any(|option| matches!(option, "Prune=false" | "Prune=confirm")),
        FLUX_PRUNE => value.text().eq_ignore_ascii_case("disabled"),
        _ => true,
    };
    if protected {
        return None;
    }
    let help = if decoration.key == SYNC_OPTIONS {
        format!("Add `{}` to its value, or take it off.", decoration.value)
    } else {
        format!("Write `{}`, or take it off.", decoration.value)
    };
    let id = &resource.id;
    Some(
        Diagnostic::warning(
            "unprotected-resource",
            format!(
                "`{id}` says `{}` itself, and is not protected",
                decoration.key
            ),
            key.pos(),
        )
        .related(decoration.origin.pos(), "the protection is asked for here")
        .because("An annotation that an object carries is never replaced.")
        .help(help),
    )
}
