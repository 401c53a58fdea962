//! What is told of rendered output, beside what a plain comparison of the same objects finds.

use std::collections::{BTreeMap, BTreeSet};

use gatewright::diff::{ChangeKind, Differences, Options, Side, SideFile, compare};
use proptest::prelude::*;
use serde_json::Value;

use crate::generator::{Config, configs, yaml};
use crate::properties::settings;
use crate::rearrange::mutated;
use crate::rendering::{Rendered, accepted, render};

fn side(files: BTreeMap<String, String>) -> Side {
    let files = files.into_iter().map(|(name, text)| SideFile {
        shown: name.clone(),
        name,
        text: text.into(),
    });
    Side {
        name: String::new(),
        files: files.collect(),
    }
}

fn found(before: BTreeMap<String, String>, after: BTreeMap<String, String>) -> Differences {
    match compare(side(before), side(after), &Options::default()) {
        Ok(diff) => Differences::of(&diff),
        Err(trouble) => panic!("{:?}", trouble.report),
    }
}

/// The objects of rendered output by what they are, read by another reader.
fn objects(files: &BTreeMap<String, String>) -> BTreeMap<String, Value> {
    let manifests = files
        .iter()
        .filter(|(path, _)| path.starts_with("manifests/"));
    let values = manifests.map(|(_, text)| serde_yaml::from_str::<Value>(text).unwrap());
    let named = values.map(|value| {
        let field = |pointer| {
            value
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let group = field("/apiVersion")
            .rsplit_once('/')
            .map_or("", |(group, _)| group);
        let (kind, name) = (field("/kind"), field("/metadata/name"));
        (
            format!("{group} {kind} {} {name}", field("/metadata/namespace")),
            value,
        )
    });
    named.collect()
}

fn manifests(rendered: &Rendered) -> BTreeMap<String, String> {
    let mut files = rendered.files();
    files.retain(|path, _| path.starts_with("manifests/"));
    files
}

fn check(before: &Rendered, after: &Rendered) -> Result<(), TestCaseError> {
    let (before, after) = (manifests(before), manifests(after));
    let (old, new) = (objects(&before), objects(&after));
    let differences = found(before, after);
    let mut told: BTreeMap<ChangeKind, BTreeSet<String>> = BTreeMap::new();
    for object in &differences.objects {
        let name = |state: &Option<gatewright::diff::ObjectState>| {
            let id = state.as_ref()?.id.as_ref()?;
            let namespace = id.namespace.as_deref().unwrap_or_default();
            Some(format!("{} {} {namespace} {}", id.group, id.kind, id.name))
        };
        let mut tell = |kind, name: Option<String>| told.entry(kind).or_default().extend(name);
        if object.change == ChangeKind::Changed {
            tell(ChangeKind::Changed, name(&object.after));
        } else {
            // What is renamed is gone under one name and new under the other.
            tell(ChangeKind::Removed, name(&object.before));
            tell(ChangeKind::Added, name(&object.after));
        }
    }
    let lone = |these: &BTreeMap<String, Value>, those: &BTreeMap<String, Value>| {
        let names = these.keys().filter(|name| !those.contains_key(*name));
        names.cloned().collect::<BTreeSet<String>>()
    };
    let mut told = |kind| told.remove(&kind).unwrap_or_default();
    prop_assert_eq!(told(ChangeKind::Removed), lone(&old, &new));
    prop_assert_eq!(told(ChangeKind::Added), lone(&new, &old));
    let changed = old
        .iter()
        .filter(|(name, value)| new.get(*name).is_some_and(|v| v != *value));
    let changed: BTreeSet<String> = changed.map(|(name, _)| name.clone()).collect();
    let told = told(ChangeKind::Changed);
    prop_assert!(told.is_subset(&changed), "{told:?} {changed:?}");
    for name in changed.difference(&told) {
        prop_assert_eq!(
            letters(&old[name]),
            letters(&new[name]),
            "{} differs in more than order",
            name
        );
    }
    Ok(())
}

/// The characters of a value, sorted: the same for values that differ in an order alone.
fn letters(value: &Value) -> Vec<char> {
    let mut letters: Vec<char> = value.to_string().chars().collect();
    letters.sort_unstable();
    letters
}

proptest! {
    #![proptest_config(settings(24))]

    #[test]
    fn every_object_that_differs_is_told_and_no_other(config in configs()) {
        let Config { value, mut choices, text } = config;
        let rendered = accepted(&text);
        for _ in 0..12 {
            let other = yaml(&mutated(&value, &mut choices), &mut choices);
            if let Ok(other) = render(&[("edge.yaml", &other)]) {
                check(&rendered, &other)?;
                check(&other, &rendered)?;
            }
        }
    }

    #[test]
    fn two_outputs_that_have_nothing_to_do_with_each_other(one in configs(), other in configs()) {
        check(&accepted(&one.text), &accepted(&other.text))?;
    }

    #[test]
    fn another_writer_and_another_layout_make_no_difference(config in configs()) {
        let files = manifests(&accepted(&config.text));
        let texts = files.values().map(|text| {
            let value: Value = serde_yaml::from_str(text).unwrap();
            let json = serde_json::to_string_pretty(&value).unwrap();
            // In the middle of a YAML file it comes from joining files, and is refused.
            json.replace('\u{FEFF}', "\\ufeff")
        });
        let other: BTreeMap<String, String> =
            texts.enumerate().map(|(at, text)| (format!("{at}.json"), text)).collect();
        prop_assert_eq!(found(files.clone(), other.clone()).objects, []);
        let stream = files.values().cloned().collect::<Vec<_>>().join("---\n");
        let stream = BTreeMap::from([("all.yaml".to_owned(), stream)]);
        prop_assert_eq!(found(other, stream).objects, []);
    }
}
