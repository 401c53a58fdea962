//! What each kind is rendered as.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::run::good;
use crate::config::Defaults;
use crate::diag::Report;
use crate::kube::{Channel, Product, Target, facts, with_defaults};
use crate::model::Model;
use crate::plan::{Artifact, KINDS, plan, samples};
use crate::render::{component, kustomization};
use crate::source::{Shape, Tree, emit};

type Sample = (&'static str, fn() -> Model);

const SAMPLES: [Sample; 5] = [
    ("the recipe", samples::recipe),
    ("every field", samples::everything),
    ("the least", samples::least),
    ("values for charts", samples::by_values),
    ("an ambient mesh", samples::ambient),
];

fn of(sample: fn() -> Model, defaults: Defaults) -> Model {
    let mut model = sample();
    model.defaults.value = defaults;
    model
}

/// One snapshot a kind: each sample that has one, with defaults written out, and without where
/// that differs.
#[test]
fn every_kind_in_every_sample() {
    let mut pages: BTreeMap<&str, String> = BTreeMap::new();
    for (title, sample) in SAMPLES {
        let explicit = of(sample, Defaults::Explicit);
        let implicit = of(sample, Defaults::Implicit);
        let kinds = plan(&explicit, &mut Report::new());
        let kinds = kinds.items.iter().map(|item| item.template);
        let (long, short) = (good(&explicit), good(&implicit));
        for ((stem, long), short) in kinds.zip(&long.documents).zip(&short.documents) {
            let page = pages.entry(stem).or_default();
            let _ = write!(page, "### {title}: {}\n{}", long.artifact, long.text);
            if long.text != short.text {
                let _ = write!(page, "### the same without defaults\n{}", short.text);
            }
        }
    }
    for kind in KINDS
        .iter()
        .filter(|kind| kind.template.ends_with(".yaml.j2"))
    {
        let page = pages.get(kind.stem);
        let page = page.unwrap_or_else(|| panic!("give `{}` to a sample", kind.stem));
        insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots" }, {
            insta::assert_snapshot!(kind.stem, page);
        });
    }
}

/// A value of a tree as the independent reader would give it.
fn value(tree: &Tree) -> serde_yaml::Value {
    fn of(node: crate::source::Node<'_>) -> serde_yaml::Value {
        match node.shape() {
            Shape::Null => serde_yaml::Value::Null,
            Shape::Bool => node.as_bool().unwrap().into(),
            Shape::Int => node.as_i64().unwrap().into(),
            Shape::Float => node.as_f64().unwrap().into(),
            Shape::Str => node.text().into(),
            Shape::Seq => node.items().map(of).collect::<Vec<_>>().into(),
            Shape::Map => {
                let entries = node.entries().map(|(key, value)| (of(key), of(value)));
                serde_yaml::Value::Mapping(entries.collect())
            }
        }
    }
    of(tree.root())
}

#[test]
fn an_independent_reader_reads_the_same() {
    for (_, sample) in SAMPLES {
        for defaults in [Defaults::Explicit, Defaults::Implicit] {
            for document in good(&of(sample, defaults)).documents {
                let Some(tree) = document.tree else {
                    assert!(matches!(document.artifact, Artifact::Page { .. }));
                    continue;
                };
                let read: serde_yaml::Value = serde_yaml::from_str(&document.text).unwrap();
                assert_eq!(read, value(&tree), "{}", document.text);
                assert_eq!(emit(tree.root()), *document.text, "the text is canonical");
            }
        }
    }
}

/// Each release of what has CRDs, beside the newest of the others.
fn targets() -> Vec<Target> {
    let newest = Target::newest(Channel::Standard);
    let mut targets = Vec::new();
    for release in Product::EnvoyGateway.releases() {
        targets.push(Target {
            envoy_gateway: *release,
            ..newest
        });
    }
    for release in Product::GatewayApi.releases() {
        for channel in [Channel::Standard, Channel::Experimental] {
            targets.push(Target {
                gateway_api: *release,
                channel,
                ..newest
            });
        }
    }
    for release in Product::Istio.releases() {
        targets.push(Target {
            istio: *release,
            ..newest
        });
    }
    targets
}

/// What is written out explicitly is what the API server would fill in, all of it and no more.
#[test]
fn explicit_output_is_implicit_output_with_the_defaults_of_the_crds() {
    for (title, sample) in SAMPLES {
        let explicit = good(&of(sample, Defaults::Explicit)).documents;
        let implicit = good(&of(sample, Defaults::Implicit)).documents;
        assert_eq!(explicit.len(), implicit.len());
        for (long, short) in explicit.iter().zip(&implicit) {
            let Artifact::Object(id) = &long.artifact else {
                assert_eq!(long.text, short.text, "a patch has no defaults");
                continue;
            };
            let facts = facts(&id.group, &id.kind).expect("facts of every kind that is rendered");
            let (long, short) = (long.tree.as_ref().unwrap(), short.tree.as_ref().unwrap());
            for target in targets() {
                let filled = |tree: &Tree| value(&with_defaults(tree.root(), facts, &target));
                assert_eq!(value(long), filled(short), "{title}: {id} for {target:?}");
                assert_eq!(value(long), filled(long), "{title}: {id} for {target:?}");
            }
        }
    }
}

/// A guard that drops empty strings anywhere on the way would turn off the one annotation which
/// keeps clients' traffic out of the sidecar.
#[test]
fn an_empty_annotation_survives() {
    let documents = good(&samples::recipe());
    let proxy = documents
        .objects()
        .find(|document| {
            document
                .artifact
                .id()
                .is_some_and(|id| id.kind == "EnvoyProxy")
        })
        .unwrap();
    assert!(
        proxy
            .text
            .contains("traffic.sidecar.istio.io/includeInboundPorts: \"\"\n")
    );
    let path = [
        "spec",
        "provider",
        "kubernetes",
        "envoyDeployment",
        "pod",
        "annotations",
    ];
    let annotations = proxy.tree.as_ref().unwrap().root().at(&path).unwrap();
    let annotation = annotations.get("traffic.sidecar.istio.io/includeInboundPorts");
    assert_eq!(annotation.unwrap().as_str(), Some(""));
}

#[test]
fn files_for_kustomize() {
    let documents = good(&samples::recipe());
    let paths = [
        "manifests/_cluster/namespace-httpbin.yaml",
        "manifests/on/x.yaml",
    ];
    let patches = component(documents.patches().map(|(patch, _)| patch)).unwrap();
    let text = format!(
        "{}---\n{}---\n{}",
        kustomization(paths).text,
        kustomization([]).text,
        patches.text
    );
    insta::assert_snapshot!(text);
    assert!(component([]).is_none());
}
