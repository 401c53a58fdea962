//! Namespaces to create or to label.

use std::collections::BTreeMap;

use crate::config::{self, DeployMode, DnsLabel, Inject, LabelKey, LabelValue, Manage};
use crate::diag::Diagnostic;
use crate::model::{ControlPlane, Gateway, Mesh, MeshMode, Namespace};
use crate::source::{Causes, Located, Origin, Pos, Sourced};

use super::resolver::Resolver;
use super::services::Services;

/// Labels which say that a namespace is in a mesh.
const MESH_LABELS: [&str; 3] = ["istio-injection", "istio.io/rev", "istio.io/dataplane-mode"];

/// The namespaces, and what is known of the labels of those that the config lists.
pub(super) struct Namespaces {
    /// Those to create or to patch, sorted by name.
    pub(super) managed: Vec<Namespace>,
    /// The labels of the listed ones, for selectors.
    pub(super) labels: BTreeMap<DnsLabel, BTreeMap<LabelKey, LabelValue>>,
    /// Those with the mesh's label, and what it follows from.
    pub(super) in_mesh: BTreeMap<DnsLabel, Causes>,
}

/// Why a namespace has to be in the mesh.
struct Need {
    rule: &'static str,
    from: Causes,
}

/// Works out which namespaces need the mesh's label, and adds it to what the config says of them.
pub(super) fn resolve(
    written: Vec<Located<config::Namespace>>,
    mesh: Option<&Mesh>,
    control_plane: &ControlPlane,
    gateways: &[Gateway],
    services: &Services,
    cx: &mut Resolver<'_>,
) -> Namespaces {
    let mut needs = mesh
        .map(|mesh| needs(mesh, control_plane, gateways, services))
        .unwrap_or_default();
    if let Some(mesh) = mesh {
        refuse_mixed_injection(mesh, control_plane, &written, &needs, cx);
    }
    let mut result = Namespaces {
        managed: Vec::new(),
        labels: BTreeMap::new(),
        in_mesh: needs
            .iter()
            .map(|(name, need)| (name.clone(), need.from))
            .collect(),
    };
    for namespace in written {
        let namespace = namespace.value;
        let name = namespace.name;
        let need = needs.remove(&name.value);
        let manage = namespace.manage.map_or(
            Sourced::default(Manage::Patch, "spec.namespaces.manage"),
            Sourced::from,
        );
        let known = namespace
            .labels
            .iter()
            .map(|(k, v)| (k.clone(), v.value.clone()))
            .collect();
        result.labels.insert(name.value.clone(), known);
        if let Some(mesh) = mesh {
            refuse_mesh_labels(&name, &namespace.labels, mesh, need.as_ref(), cx);
        }
        if manage.value == Manage::None {
            if let (Some(need), Some(mesh)) = (&need, mesh) {
                note_unlabelled(&name, &namespace.labels, mesh, need, manage.pos(), cx);
            }
            continue;
        }
        let mut labels: BTreeMap<LabelKey, Sourced<String>> = namespace
            .labels
            .into_iter()
            .map(|(key, value)| (key, Sourced::from(value.map(|text| text.0))))
            .collect();
        if let (Some(need), Some(mesh)) = (need, mesh) {
            let (key, value) = mesh_label(mesh, &need);
            labels.entry(key).or_insert(value);
        }
        if manage.value == Manage::Create || !labels.is_empty() {
            let origin = Origin::Written(name.pos);
            result.managed.push(Namespace {
                name: name.value,
                manage,
                labels,
                origin,
            });
        }
    }
    if let Some(mesh) = mesh {
        result
            .managed
            .extend(needs.into_iter().map(|(name, need)| Namespace {
                name,
                manage: Sourced::default(Manage::Patch, "spec.namespaces.manage"),
                labels: BTreeMap::from([mesh_label(mesh, &need)]),
                origin: Origin::derived(need.rule, need.from),
            }));
    }
    result.managed.sort_by(|a, b| a.name.cmp(&b.name));
    result
}

fn needs(
    mesh: &Mesh,
    control_plane: &ControlPlane,
    gateways: &[Gateway],
    services: &Services,
) -> BTreeMap<DnsLabel, Need> {
    let mut needs = BTreeMap::new();
    if mesh.inject.value == Inject::Namespace {
        let rule = "the proxies run here";
        if control_plane.deploy_mode.value == DeployMode::ControllerNamespace {
            let need = Need {
                rule,
                from: Causes::of([
                    mesh.mode.pos,
                    mesh.inject.pos(),
                    control_plane.namespace.pos(),
                    control_plane.deploy_mode.pos(),
                ]),
            };
            needs.insert(control_plane.namespace.value.clone(), need);
        }
        for gateway in gateways {
            let from = Causes::of([
                gateway.namespace.pos,
                mesh.mode.pos,
                mesh.inject.pos(),
                control_plane.namespace.pos(),
                control_plane.deploy_mode.pos(),
            ]);
            needs
                .entry(gateway.proxy.namespace.clone())
                .or_insert(Need { rule, from });
        }
    }
    for service in services.iter() {
        if let Some(in_mesh) = service.in_mesh.filter(|yes| yes.value) {
            let need = Need {
                rule: "a service here is in the mesh",
                from: Causes::of([in_mesh.pos, service.namespace.pos, mesh.mode.pos]),
            };
            needs.entry(service.namespace.value.clone()).or_insert(need);
        }
    }
    needs
}

fn mesh_label(mesh: &Mesh, need: &Need) -> (LabelKey, Sourced<String>) {
    let (key, value) = &mesh.namespace_label;
    let revision = mesh.revision.as_ref().map_or(Pos::NONE, |label| label.pos);
    let from = need.from.and(mesh.mode.pos).and(revision);
    (
        key.clone(),
        Sourced::derived(value.0.clone(), need.rule, from),
    )
}

/// The two ways into the mesh each have their own way to the control plane; half of both is none.
fn refuse_mixed_injection(
    mesh: &Mesh,
    control_plane: &ControlPlane,
    written: &[Located<config::Namespace>],
    needs: &BTreeMap<DnsLabel, Need>,
    cx: &mut Resolver<'_>,
) {
    let by_pod = mesh.inject.value == Inject::Pod && mesh.mode.value == MeshMode::Sidecar;
    if !by_pod {
        return;
    }
    let home = &control_plane.namespace.value;
    let needed = needs.get(home).map(|need| (need.from.first(), need.rule));
    let labelled = written
        .iter()
        .filter(|namespace| namespace.name.value == *home)
        .find_map(|ns| {
            let label = ns.labels.iter().find(|(key, value)| match key.as_str() {
                "istio-injection" => value.value.as_str() == "enabled",
                "istio.io/rev" => true,
                _ => false,
            })?;
            Some((label.1.pos, "this label puts it in the mesh"))
        });
    if let Some((pos, why)) = labelled.or(needed) {
        cx.report.push(
            Diagnostic::error(
                "mixed-injection",
                format!("`{home}` would be in the mesh while only the proxies' pods should be"),
                pos,
            )
            .label(why)
            .related(mesh.inject.pos(), "injection by pod is chosen here")
            .because(
                "Proxies that are injected by pod go round their sidecars to reach the control \
                 plane, which a control plane inside the mesh refuses: they would never be \
                 configured.",
            )
            .help(
                "Write `inject: namespace`, or keep the control plane's namespace out of the mesh.",
            ),
        );
    }
}

fn refuse_mesh_labels(
    name: &Located<DnsLabel>,
    labels: &BTreeMap<LabelKey, Located<LabelValue>>,
    mesh: &Mesh,
    need: Option<&Need>,
    cx: &mut Resolver<'_>,
) {
    let (wanted_key, wanted_value) = &mesh.namespace_label;
    let written: Vec<_> = labels
        .iter()
        .filter(|(key, _)| MESH_LABELS.contains(&key.as_str()))
        .collect();
    if need.is_some() {
        for (key, value) in &written {
            if (*key, &value.value) != (wanted_key, wanted_value) {
                cx.report.push(
                    Diagnostic::error(
                        "contradicting-mesh-label",
                        format!("the label `{key}` of namespace `{name}` contradicts the mesh's"),
                        value.pos,
                    )
                    .because(format!(
                        "The mesh needs `{wanted_key}: {}` on it, and one label for it only.",
                        wanted_value.as_str()
                    ))
                    .help("Take this label out; gatewright writes the right one."),
                );
            }
        }
    } else if let [_, (key, second), ..] = written.as_slice() {
        cx.report.push(
            Diagnostic::error(
                "contradicting-mesh-label",
                format!("namespace `{name}` has two labels for the mesh"),
                second.pos,
            )
            .because(format!(
                "With `{key}` beside another one, Istio injects nothing or the wrong thing."
            ))
            .help("Keep one of them."),
        );
    }
}

fn note_unlabelled(
    name: &Located<DnsLabel>,
    labels: &BTreeMap<LabelKey, Located<LabelValue>>,
    mesh: &Mesh,
    need: &Need,
    manage: Pos,
    cx: &mut Resolver<'_>,
) {
    let (key, value) = &mesh.namespace_label;
    if labels.get(key).is_some_and(|known| known.value == *value) {
        return;
    }
    cx.report.push(
        Diagnostic::note(
            "unlabelled-namespace",
            format!(
                "namespace `{name}` needs the label `{key}: {}`",
                value.as_str()
            ),
            name.pos,
        )
        .related(need.from.first(), need.rule)
        .related(manage, "gatewright leaves it alone, as it is told here")
        .help("Whoever owns it has to set the label; write it under `labels` once it is there."),
    );
}
