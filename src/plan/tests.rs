//! Tests of planning as a whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::Manage;
use crate::diag::{Place, Report};
use crate::kube::ObjectId;
use crate::model::{Model, Resource};
use crate::source::{Located, Origin, Pos, read_text};

use super::{Artifact, KINDS, plan, samples};

#[test]
fn every_kind_has_a_template_and_every_template_a_kind() {
    let sorted = KINDS.is_sorted_by(|a, b| a.stem < b.stem);
    assert!(sorted, "sort the rows of KINDS by stem");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let files = std::fs::read_dir(folder).unwrap();
    let files: BTreeSet<String> = files
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let rows: BTreeSet<String> = KINDS.iter().map(|kind| kind.template.to_owned()).collect();
    let lost: Vec<_> = files.difference(&rows).collect();
    assert!(
        lost.is_empty(),
        "give these templates rows in KINDS, or remove them: {lost:?}"
    );
    assert_eq!(files, rows);
}

fn planned(model: &Model) -> (Vec<String>, Report) {
    let mut report = Report::new();
    let plan = plan(model, &mut report);
    let rendered = plan.items.iter();
    let mut names: Vec<String> = rendered
        .filter(|item| item.artifact.id().is_some())
        .map(|item| item.artifact.to_string())
        .collect();
    names.extend(plan.resources.iter().map(|own| format!("own {}", own.id)));
    (names, report)
}

#[test]
fn objects_come_in_the_order_in_which_they_are_applied_and_patches_after_them() {
    let (names, report) = planned(&samples::recipe());
    assert!(report.is_empty());
    assert_eq!(
        names,
        [
            "Namespace/httpbin",
            "EnvoyProxy.gateway.envoyproxy.io/envoy-gateway-system/data-plane-sidecars",
            "Gateway.gateway.networking.k8s.io/httpbin/apps",
            "HTTPRoute.gateway.networking.k8s.io/httpbin/httpbin",
            "PeerAuthentication.security.istio.io/istio-system/default",
            "patches/namespace-envoy-gateway-system.yaml",
            "patches/service-envoy-gateway.yaml",
            "patches/gatewayclass-teg.yaml",
        ]
    );
}

#[test]
fn what_is_left_to_others_is_not_planned() {
    let mut model = samples::recipe();
    model.control_plane.delivery.value = crate::config::Delivery::HelmValues;
    model.control_plane.class.manage.value = Manage::None;
    let (names, _) = planned(&model);
    let patches: Vec<_> = names
        .iter()
        .filter(|name| name.starts_with("patches/"))
        .collect();
    assert_eq!(patches, ["patches/namespace-envoy-gateway-system.yaml"]);
    let (names, _) = planned(&samples::nothing());
    assert!(names.is_empty(), "{names:?}");
}

fn resource(text: &str, start: u32) -> Resource {
    let shared: Arc<str> = text.into();
    let read = read_text(&shared, Pos::new(start));
    let tree = read.documents.into_iter().next().unwrap().tree;
    Resource {
        id: ObjectId::read(tree.root()).unwrap(),
        text: text.to_owned(),
        tree,
        pos: Pos::new(start),
        entry: Pos::new(start + 1000),
    }
}

#[test]
fn an_object_that_comes_up_twice_is_reported_with_both_places() {
    let mut model = samples::nothing();
    for (name, at) in [("web", 10), ("shop", 20), ("web", 30)] {
        let mut namespace = samples::namespace(name, Manage::Create, &[]);
        namespace.origin = Origin::Written(Pos::new(at));
        model.namespaces.push(namespace);
    }
    let own = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ";
    for (name, at) in [("shop", 100), ("other", 200), ("other", 300)] {
        model
            .resources
            .push(resource(&format!("{own}{name}\n"), at));
    }
    let (names, report) = planned(&model);
    assert_eq!(
        names,
        ["Namespace/shop", "Namespace/web", "own Namespace/other"]
    );
    let found: Vec<_> = report
        .iter()
        .map(|found| {
            let related = found.related.iter().map(|(place, _)| place.clone());
            (
                found.headline.as_str(),
                found.place.clone(),
                related.collect::<Vec<_>>(),
            )
        })
        .collect();
    let node = |at| Place::Node(Pos::new(at));
    assert_eq!(
        found,
        [
            ("`Namespace/web` comes up twice", node(30), vec![node(10)]),
            (
                "`Namespace/shop` comes up twice",
                node(100),
                vec![node(20), node(1100)]
            ),
            (
                "`Namespace/other` comes up twice",
                node(300),
                vec![node(200), node(1300)]
            ),
        ]
    );
}

/// Views of lists hold no bare scalars, so that each output is a field that was read.
#[test]
fn no_view_holds_bare_scalars_in_a_list() {
    fn check(value: &serde_json::Value, of: &Artifact) {
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| {
                assert!(item.is_object(), "{of}: {item}");
                check(item, of);
            }),
            serde_json::Value::Object(map) => map.values().for_each(|value| check(value, of)),
            _ => {}
        }
    }
    for sample in [samples::recipe(), samples::everything(), samples::least()] {
        for item in plan(&sample, &mut Report::new()).items {
            let value = serde_json::to_value(item.view.value()).unwrap();
            check(&value, &item.artifact);
        }
    }
}

#[test]
fn origins_are_those_of_the_config_items() {
    let mut model = samples::recipe();
    model.gateways[0].name = Located::new(samples::name("apps"), Pos::new(7));
    let plan = plan(&model, &mut Report::new());
    let gateway = plan.items.iter().find(|item| item.template == "gateway");
    assert_eq!(gateway.unwrap().origin, Origin::Written(Pos::new(7)));
}

/// What these write comes at another time than it is read, so that origins would not be exact.
#[test]
fn built_in_templates_use_neither_set_nor_macros_nor_filters_of_blocks() {
    let kinds = KINDS.iter().map(|kind| (kind.template, kind.text));
    let parts = super::PARTS.iter().map(|part| (part.name, part.text));
    let tag = regex::Regex::new(r"\{%[-+]?\s*(\w+)").unwrap();
    let allowed = ["if", "elif", "else", "endif", "for", "endfor", "include"];
    for (name, text) in kinds.chain(parts) {
        for found in tag.captures_iter(text) {
            assert!(allowed.contains(&&found[1]), "{name}: {}", &found[0]);
        }
    }
}
