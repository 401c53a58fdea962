//! Documents of one name add up to one config.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Report};
use crate::source::{
    Conflict, ConflictKind, ListKeys, MergeMode, MergeRules, MergeTable, Node, NodeId, Pos, Tree,
    merge,
};

use super::missing::add_name;

/// The lists whose items have names, and what names them.
pub(super) const LIST_KEYS: &[ListKeys] = &[
    (&["spec", "namespaces"], &["name"]),
    (&["spec", "services"], &["name", "namespace"]),
    (&["spec", "certificates"], &["name"]),
    (&["spec", "gateways"], &["name", "namespace"]),
    (&["spec", "gateways", "*", "listeners"], &["name"]),
    (&["spec", "routes"], &["name", "namespace"]),
    (
        &["spec", "mesh", "mtls", "workloads"],
        &["name", "namespace"],
    ),
];

/// How documents add up.
struct Adding(MergeTable);

impl MergeRules for Adding {
    fn mode(&self) -> MergeMode {
        self.0.mode
    }

    fn list_keys(&self, path: &[&str]) -> &[&str] {
        self.0.list_keys(path)
    }

    fn may_repeat(&self, path: &[&str]) -> bool {
        matches!(
            path,
            ["apiVersion" | "kind"] | ["metadata", "name"] | ["metadata", "annotations", _]
        )
    }
}

/// The documents by name, those of one name added up; the first name first.
pub(super) fn gather(trees: Vec<Tree>, report: &mut Report) -> Vec<Tree> {
    let several = trees.len() > 1;
    let mut groups: Vec<(Option<String>, Pos, Vec<Tree>)> = Vec::new();
    for tree in trees {
        let name = tree.root().at(&["metadata", "name"]);
        let name = name.filter(|name| name.as_str().is_some());
        if name.is_none() && several {
            report.push(add_name(tree.root()));
        }
        let pos = name.map_or(Pos::NONE, Node::pos);
        let name = name.map(|name| name.text().to_owned());
        let same = groups
            .iter_mut()
            .find(|(other, ..)| name.is_none() || other.is_none() || *other == name);
        match same {
            Some((other, at, trees)) => {
                if other.is_none() {
                    (*other, *at) = (name, pos);
                }
                trees.push(tree);
            }
            None => groups.push((name, pos, vec![tree])),
        }
    }
    for (name, pos, _) in groups.iter().skip(1) {
        let (first, at, _) = &groups[0];
        report.push(two_configs(
            (first.as_deref().unwrap_or_default(), *at),
            (name.as_deref().unwrap_or_default(), *pos),
        ));
    }
    let whole = groups.into_iter();
    whole.map(|(_, _, trees)| add_up(trees, report)).collect()
}

fn two_configs(first: (&str, Pos), second: (&str, Pos)) -> Diagnostic {
    Diagnostic::error(
        "two-configs",
        format!("`{}` and `{}` are two configs", first.0, second.0),
        second.1,
    )
    .label("another name")
    .related(first.1, "the first name")
    .because("One run renders one config: documents of the same name add up.")
    .help("Give them the same name, or render them one at a time.")
}

/// Neighbours are added in turn, so that each node is copied a few times and not once a file.
fn add_up(mut trees: Vec<Tree>, report: &mut Report) -> Tree {
    let rules = Adding(MergeTable {
        mode: MergeMode::Add,
        lists: LIST_KEYS,
    });
    while trees.len() > 1 {
        let mut half = Vec::with_capacity(trees.len().div_ceil(2));
        let mut rest = trees.into_iter();
        while let Some(base) = rest.next() {
            let Some(over) = rest.next() else {
                half.push(base);
                break;
            };
            let (sum, conflicts) = merge(base.root(), over.root(), &rules);
            for conflict in conflicts {
                report.push(word_conflict(&conflict));
            }
            half.push(sum);
        }
        trees = half;
    }
    let mut sum = trees.swap_remove(0);
    report_twins(&mut sum, report);
    sum
}

fn word_conflict(conflict: &Conflict) -> Diagnostic {
    let path = &conflict.path;
    let what = match &conflict.kind {
        ConflictKind::GivenTwice | ConflictKind::SameItem => "is given twice".to_owned(),
        other => format!("does not add up: {other}"),
    };
    let (first, second) = order(conflict.base, conflict.over);
    Diagnostic::error("given-twice", format!("`{path}` {what}"), second)
        .label("given again")
        .related(first, "given first")
        .help(match conflict.kind {
            ConflictKind::SameItem => "Leave one of them out, or give it another name.",
            _ => "Leave one of them out.",
        })
}

/// Sums of sums are merged, so the later place may come first.
fn order(a: Pos, b: Pos) -> (Pos, Pos) {
    if a.offset() <= b.offset() {
        (a, b)
    } else {
        (b, a)
    }
}

/// Reports items of one name in a list, and poisons all but the first.
fn report_twins(tree: &mut Tree, report: &mut Report) {
    let mut twins: Vec<NodeId> = Vec::new();
    for (pattern, keys) in LIST_KEYS {
        let mut lists = vec![tree.root()];
        for step in *pattern {
            lists = match *step {
                "*" => lists.into_iter().flat_map(Node::items).collect(),
                key => lists.into_iter().filter_map(|map| map.get(key)).collect(),
            };
        }
        for list in lists {
            let mut seen = BTreeMap::new();
            for item in list.items() {
                let Some(first) = item.get(keys[0]).and_then(Node::as_str) else {
                    continue;
                };
                let second = keys
                    .get(1)
                    .and_then(|key| item.get(key))
                    .map_or("", Node::text);
                let Some(twin) = seen.insert((first, second), item) else {
                    continue;
                };
                let parts: Vec<&str> = pattern
                    .rsplit(|step| *step == "*")
                    .next()
                    .unwrap_or(pattern)
                    .to_vec();
                let list = parts.join(".");
                report.push(word_conflict(&Conflict {
                    kind: ConflictKind::SameItem,
                    path: match keys.get(1) {
                        Some(key) => format!("{list}[{}={first},{key}={second}]", keys[0]),
                        None => format!("{list}[{}={first}]", keys[0]),
                    },
                    base: twin.pos(),
                    over: item.pos(),
                }));
                twins.push(item.id());
                seen.insert((first, second), twin);
            }
        }
    }
    tree.poison_all(twins);
}

#[cfg(test)]
mod tests {
    use crate::config::testing::{case, edge, load_files};

    #[test]
    fn files_add_up() {
        let first = edge("proxy: {replicas: 2}\nnamespaces: [{name: a}]");
        let second = edge("proxy: {logLevel: warn}\nnamespaces: [{name: b}]\nresources: [x.yaml]");
        let third = edge("namespaces: [{name: c}]\nresources: [y.yaml]");
        let files = [("a.yaml", &*first), ("b.yaml", &second), ("c.yaml", &third)];
        let (_, report, loaded) = load_files(&files);
        assert!(report.is_empty());
        let spec = loaded.unwrap().edge.spec;
        let names: Vec<_> = spec.namespaces.iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(spec.resources.len(), 2);
        assert!(spec.proxy.replicas.is_some() && spec.proxy.log_level.is_some());
    }

    #[test]
    fn what_is_given_twice() {
        let first = edge("proxy: {replicas: 2}\nnamespaces: [{name: a}, {name: a}]");
        let second = edge("proxy: {replicas: 3}\nnamespaces: [{name: b}, {name: a}]\noutput: []");
        let third = edge("output: {defaults: explicit}\nnamespaces: [{name: c}]\nmesh: {}");
        let other = third.replace("httpbin", "shop");
        let nameless = "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nspec: {}\n";
        insta::assert_snapshot!(
            "given_twice",
            case(
                &[
                    ("a.yaml", &first),
                    ("b.yaml", &second),
                    ("c.yaml", &third),
                    ("d.yaml", &other),
                    ("e.yaml", nameless),
                ],
                true
            )
        );
    }
}
