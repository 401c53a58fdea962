//! Laws that hold for every pair of objects.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use super::apply::apply;
use super::samples::{edited, edits, objects};
use super::{diff, side};
use crate::diff::{ChangeKind, Differences, Format, Look, Options, WrittenAt, compare};

/// Lists in which the order is nothing, sorted; for an answer that does not ask the code in
/// question.
fn sorted(value: &Value) -> Value {
    const FREE: [&str; 11] = [
        "parentRefs",
        "hostnames",
        "backendRefs",
        "listeners",
        "headers",
        "set",
        "remove",
        "containers",
        "env",
        "ports",
        "volumes",
    ];
    match value {
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| {
                let mut value = sorted(value);
                if let (true, Value::Array(items)) = (FREE.contains(&&**key), &mut value) {
                    items.sort_by_cached_key(Value::to_string);
                }
                (key.clone(), value)
            });
            let entries: BTreeMap<String, Value> = entries.collect();
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        scalar => scalar.clone(),
    }
}

fn yaml(value: &Value) -> String {
    serde_yaml::to_string(value).unwrap()
}

fn kinds(differences: &Differences) -> BTreeMap<ChangeKind, usize> {
    let mut kinds = BTreeMap::new();
    for change in differences
        .objects
        .iter()
        .flat_map(|object| &object.changes)
    {
        *kinds.entry(change.change).or_default() += 1;
    }
    kinds
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_state_does_not_differ_from_itself_however_written(which in any::<Index>(), edits in edits()) {
        let object = edited(which.get(&objects()), &edits);
        let found = diff(&[yaml(&object)], &[object.to_string()]);
        prop_assert!(found.is_empty(), "{:?}", found.objects);
        let pretty = serde_json::to_string_pretty(&object).unwrap();
        let commented = format!("# a comment\n{}", yaml(&object));
        let found = diff(&[pretty], &[commented]);
        prop_assert!(found.is_empty(), "{:?}", found.objects);
    }

    #[test]
    fn the_changes_make_the_second_state_of_the_first(
        which in any::<Index>(), first in edits(), second in edits(),
    ) {
        let before = edited(which.get(&objects()), &first);
        let after = edited(&before, &second);
        let found = Differences::of(&diff(&[yaml(&before)], &[yaml(&after)]));
        let changes = found.objects.iter().flat_map(|object| object.changes.clone());
        let changes: Vec<_> = changes.collect();
        let made = apply(&before, &changes);
        prop_assert_eq!(sorted(&made), sorted(&after), "{:#?}", changes);
    }

    #[test]
    fn the_way_back_is_the_same_way(
        which in any::<Index>(), first in edits(), second in edits(),
    ) {
        let before = edited(which.get(&objects()), &first);
        let after = edited(&before, &second);
        let (before, after) = (yaml(&before), yaml(&after));
        let there = Differences::of(&diff(&[&before], &[&after]));
        let back = Differences::of(&diff(&[&after], &[&before]));
        let mut turned = kinds(&back);
        let added = turned.remove(&ChangeKind::Added);
        let removed = turned.remove(&ChangeKind::Removed);
        turned.extend(removed.map(|count| (ChangeKind::Added, count)));
        turned.extend(added.map(|count| (ChangeKind::Removed, count)));
        prop_assert_eq!(kinds(&there), turned);
    }

    #[test]
    fn files_may_come_in_any_order_and_hold_several(edits in edits(), turn in 0..4usize) {
        let before: Vec<String> = objects().iter().map(yaml).collect();
        let after: Vec<String> = objects().iter().map(|object| yaml(&edited(object, &edits))).collect();
        let told = |before: &[String], after: &[String]| {
            let mut found = Differences::of(&diff(before, after));
            for object in &mut found.objects {
                let states = [&mut object.before, &mut object.after].into_iter().flatten();
                states.for_each(|state| state.place = WrittenAt::default());
                for change in &mut object.changes {
                    let states = [&mut change.before, &mut change.after].into_iter().flatten();
                    states.for_each(|state| state.place = WrittenAt::default());
                }
            }
            found
        };
        let expected = told(&before, &after);
        let mut turned = before.clone();
        turned.rotate_left(turn);
        prop_assert_eq!(&told(&turned, &after), &expected);
        prop_assert_eq!(&told(&before, &[after.join("---\n")]), &expected);
        let (a, mut b) = (side("old", &before), side("new", &after));
        b.files.reverse();
        prop_assert_eq!(&Differences::of(&compare(a, b, &Options::default()).unwrap()).summary, &expected.summary);
    }

    #[test]
    fn a_comment_is_never_longer_than_its_budget(
        edits in edits(), max_bytes in 0..6000usize, name in any::<String>(), text in any::<String>(),
    ) {
        let mut before = objects();
        let mut after: Vec<Value> = before.iter().map(|object| edited(object, &edits)).collect();
        before.remove(0);
        after[2]["metadata"]["name"] = Value::from(name);
        after[3]["spec"]["text"] = Value::from(text);
        let texts = |objects: &[Value]| objects.iter().map(Value::to_string).collect::<Vec<_>>();
        let found = diff(&texts(&before), &texts(&after));
        let mut out = Vec::new();
        let look = Look { max_bytes, ..Look::default() };
        Format::Markdown.write(&found, look, &mut out).unwrap();
        prop_assert!(out.len() <= max_bytes);
        prop_assert!(String::from_utf8(out).is_ok());
    }

    #[test]
    fn no_form_fails_and_json_is_valid(edits in edits(), text in any::<String>()) {
        static SCHEMA: std::sync::LazyLock<Value> = std::sync::LazyLock::new(|| {
            serde_json::to_value(schemars::schema_for!(Differences)).unwrap()
        });
        let before: Vec<String> = objects().iter().map(Value::to_string).collect();
        let mut after: Vec<Value> = objects().iter().map(|object| edited(object, &edits)).collect();
        after[3]["spec"]["text"] = Value::from(text);
        let after: Vec<String> = after.iter().map(Value::to_string).collect();
        let found = diff(&before, &after);
        for format in [Format::Human, Format::Unified, Format::Json] {
            let mut out = Vec::new();
            format.write(&found, Look::default(), &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            if format == Format::Json {
                let document: Value = serde_json::from_str(&out).unwrap();
                prop_assert!(jsonschema::is_valid(&SCHEMA, &document));
            } else {
                prop_assert!(!out.contains('\x1b'));
            }
        }
    }
}
