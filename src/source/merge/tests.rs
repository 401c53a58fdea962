use proptest::prelude::*;

use super::*;
use crate::source::samples::{Value, tree_of, value};
use crate::source::{Documents, emit, read_general};

const LISTS: &[ListKeys] = &[
    (&["routes"], &["name"]),
    (&["routes", "*", "rules"], &["name"]),
    (&["ports"], &["port", "protocol"]),
];

const ADD: MergeTable = MergeTable {
    mode: MergeMode::Add,
    lists: LISTS,
};
const OVERLAY: MergeTable = MergeTable {
    mode: MergeMode::Overlay,
    lists: LISTS,
};

fn tree(text: &str, start: u32) -> Tree {
    let Documents {
        mut documents,
        issues,
    } = read_general(&text.into(), Pos::new(start));
    assert_eq!(issues, [], "{text:?}");
    documents.remove(0).tree
}

fn merged(base: &str, over: &str, rules: &dyn MergeRules) -> (String, Vec<String>) {
    let (base, over) = (tree(base, 0), tree(over, 1000));
    let (tree, conflicts) = merge(base.root(), over.root(), rules);
    let shown = conflicts
        .iter()
        .map(|c| format!("{} {:?} {:?}: {}", c.path, c.base, c.over, c.kind));
    (format!("{:?}", tree.root()), shown.collect())
}

fn fine(base: &str, over: &str, rules: &dyn MergeRules) -> String {
    let (tree, conflicts) = merged(base, over, rules);
    assert_eq!(conflicts, [] as [&str; 0]);
    tree
}

#[test]
fn parts_add_up() {
    assert_eq!(
        fine("{a: {b: 1}, l: [1]}", "{a: {c: 2}, l: [1, 2], d: 3}", &ADD),
        r#"{"a": {"b": 1, "c": 2}, "l": [1, 1, 2], "d": 3}"#
    );
    assert_eq!(
        fine(
            "routes: [{name: x}, {host: h}]",
            "routes: [{name: z}, {host: h}]",
            &ADD
        ),
        r#"{"routes": [{"name": "x"}, {"host": "h"}, {"name": "z"}, {"host": "h"}]}"#
    );
}

#[test]
fn what_is_given_twice_names_both_places() {
    assert_eq!(
        merged("{a: {b: 1, c: []}}", "{a: {b: 1, c: {}}}", &ADD),
        (
            r#"{"a": {"b": 1, "c": []}}"#.to_string(),
            vec![
                "a.b @8 @1008: the value is given twice".to_string(),
                "a.c @14 @1014: it is a list in one place and a map in another".to_string(),
            ]
        )
    );
    let (tree, conflicts) = merged(
        "routes: [{name: x, a: 1}]",
        "routes: [{name: x}, {name: w}, {name: w}]",
        &ADD,
    );
    assert_eq!(
        tree,
        r#"{"routes": [{"name": "x", "a": 1}, {"name": "w"}]}"#
    );
    assert_eq!(
        conflicts,
        [
            "routes[name=w] @1020 @1031: the item is given twice",
            "routes[name=x] @9 @1009: the item is given twice",
        ]
    );
}

#[test]
fn an_overlay_changes_deletes_and_adds() {
    assert_eq!(
        fine(
            "{a: {b: 1, c: 2}, l: [1], s: x}",
            "{a: {b: 9, c: null, d: {e: null, f: 1}}, l: [2], s: {t: 1}}",
            &OVERLAY
        ),
        r#"{"a": {"b": 9, "d": {"f": 1}}, "l": [2], "s": {"t": 1}}"#
    );
    assert_eq!(
        fine(
            "routes: [{name: x, rules: [{name: r, v: 1}]}, {name: w}]",
            "routes: [{name: v}, {name: x, rules: [{name: r, v: 2}, {name: s}]}]",
            &OVERLAY
        ),
        r#"{"routes": [{"name": "x", "rules": [{"name": "r", "v": 2}, {"name": "s"}]}, {"name": "w"}, {"name": "v"}]}"#
    );
    assert_eq!(
        fine(
            "ports: [{port: 1, protocol: a}, {port: 1}]",
            "ports: [{port: 1, x: 1}]",
            &OVERLAY
        ),
        r#"{"ports": [{"port": 1, "protocol": "a"}, {"port": 1, "x": 1}]}"#
    );
}

#[test]
fn an_overlay_finds_items_by_their_key_alone() {
    let (tree, conflicts) = merged("routes: [{name: x}]", "routes: [{host: h}]", &OVERLAY);
    assert_eq!(tree, r#"{"routes": [{"name": "x"}]}"#);
    assert_eq!(
        conflicts,
        ["routes @- @1009: the item lacks the key which names it"]
    );
}

#[test]
fn rules_can_refuse_what_is_new() {
    struct Closed;

    impl MergeRules for Closed {
        fn mode(&self) -> MergeMode {
            MergeMode::Overlay
        }

        fn list_keys(&self, path: &[&str]) -> &[&str] {
            OVERLAY.list_keys(path)
        }

        fn allows(&self, _path: &[&str], _newcomer: Newcomer<'_>) -> bool {
            false
        }
    }

    let (tree, conflicts) = merged(
        "{routes: [], a: 1}",
        "{routes: [{name: x}], b: 1, a: 2}",
        &Closed,
    );
    assert_eq!(tree, r#"{"routes": [], "a": 2}"#);
    assert_eq!(
        conflicts,
        [
            "routes[name=x] @- @1010: there is nothing of this name to change",
            "b @- @1022: there is nothing of this name to change",
        ]
    );
}

#[test]
fn every_node_keeps_its_place() {
    let (base, over) = (
        tree("{a: {b: 1, c: \"\\x41\"}}", 0),
        tree("{a: {b: 2}, d: 'x'}", 1000),
    );
    let (tree, _) = merge(base.root(), over.root(), &OVERLAY);
    let at = |path: &[&str]| tree.root().at(path).unwrap().pos();
    assert_eq!(at(&["a"]), Pos::new(4));
    assert_eq!(at(&["a", "b"]), Pos::new(1008));
    assert_eq!(at(&["a", "c"]), Pos::new(14));
    assert_eq!(at(&["d"]), Pos::new(1015));
    assert_eq!(tree.root().at(&["a", "c"]).unwrap().as_str(), Some("A"));
}

proptest! {
    #[test]
    fn an_empty_map_changes_nothing(value in value()) {
        let value = Value::Map(vec![("key".to_string(), value)]);
        let (tree, empty) = (tree_of(&value), tree("{}", 0));
        for rules in [ADD, OVERLAY] {
            let (after, conflicts) = merge(tree.root(), empty.root(), &rules);
            prop_assert_eq!(&after, &tree);
            prop_assert_eq!(conflicts, []);
        }
        let (after, conflicts) = merge(empty.root(), tree.root(), &ADD);
        prop_assert_eq!(emit(after.root()), emit(tree.root()));
        prop_assert_eq!(conflicts, []);
    }

    #[test]
    fn an_overlay_applied_twice_is_applied_once(base in value(), over in value()) {
        let (base, over) = (tree_of(&base), tree_of(&over));
        let (once, _) = merge(base.root(), over.root(), &OVERLAY);
        let (twice, _) = merge(once.root(), over.root(), &OVERLAY);
        prop_assert_eq!(once, twice);
    }
}
