//! Changes every scalar of a config in turn: whatever changes in the output has to name the place
//! of the scalar among its origins.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gatewright::render::{MappedDocument, MappedField, MappedKind, MappedOrigin};
use gatewright::source::{Node, NodeId, Pos, Shape, Tree, read_text, token_length};
use serde_json::Value;

use super::{Traced, cases, traced_case};

/// A line and a column of the config.
type Spot = (usize, usize);

/// Values of which one can stand for another.
const CHOICES: &[&[&str]] = &[
    &["http", "grpc", "http2", "tcp"],
    &["https", "http"],
    &["sidecar", "ambient", "none"],
    &["namespace", "pod"],
    &["STRICT", "PERMISSIVE", "DISABLE"],
    &["patch", "helmValues", "create", "none"],
    &["controllerNamespace", "gatewayNamespace"],
    &["teg", "envoyGateway"],
    &["explicit", "implicit"],
    &["Same", "All"],
    &["In", "NotIn"],
    &["ALLOW_ANY", "REGISTRY_ONLY"],
    &["GET", "POST"],
    &["service", "preserve"],
    &["warn", "debug"],
    &["Local", "Cluster"],
    &["LoadBalancer", "ClusterIP", "NodePort"],
    &["301", "302"],
    &["true", "false"],
];

/// Maps whose keys are the user's own.
const OWN_KEYS: &[&str] = &["labels", "annotations", "selector", "matchLabels", "ports"];

/// A scalar of a config, and the places that stand for it.
struct Scalar {
    node: NodeId,
    /// The node at which a field says that it comes from here: of a key, its value.
    told_at: NodeId,
    /// Whether it is the name of an item of `spec.namespaces`. A namespace that the mesh needs and
    /// that is not listed is patched all the same, so that nothing is written which its patch
    /// comes from.
    names_namespace: bool,
    text: String,
    shape: Shape,
}

fn scalars(tree: &Tree) -> Vec<Scalar> {
    fn walk(node: Node<'_>, under: &str, found: &mut Vec<Scalar>) {
        let scalar = |node: Node<'_>, told_at: NodeId| Scalar {
            node: node.id(),
            told_at,
            names_namespace: under == "namespaces.name",
            text: node.text().to_owned(),
            shape: node.shape(),
        };
        for (key, value) in node.entries() {
            if ["apiVersion", "kind", "tests", "metadata"].contains(&key.text()) {
                continue;
            }
            if OWN_KEYS.contains(&under) {
                found.push(scalar(key, value.id()));
            }
            let name = format!("{under}.{}", key.text());
            let is_name = name == "namespaces.name";
            walk(value, if is_name { &name } else { key.text() }, found);
        }
        for item in node.items() {
            walk(item, under, found);
        }
        if !node.is_map() && !node.is_seq() && !node.is_null() {
            found.push(scalar(node, node.id()));
        }
    }
    let mut found = Vec::new();
    walk(tree.root(), "", &mut found);
    found
}

/// Other values that may do as well as a scalar's.
fn others(scalar: &Scalar) -> Vec<String> {
    let text = &scalar.text;
    let choices = CHOICES.iter().filter(|choices| choices.contains(&&**text));
    let mut others: Vec<String> = choices
        .flat_map(|choices| choices.iter())
        .filter(|choice| *choice != text)
        .map(|choice| (*choice).to_owned())
        .collect();
    if let Ok(number) = text.parse::<i64>() {
        others.push((number + 1).to_string());
    } else if others.is_empty() {
        // One of these will do; which depends on what may be said there.
        others.extend([format!("{text}x"), format!("x{text}"), format!("2{text}")]);
    }
    others
}

/// A config with other values for some of its nodes.
fn replaced(text: &str, tree: &Tree, nodes: &[NodeId], value: &str) -> Option<String> {
    let mut places: Vec<usize> = Vec::new();
    for node in nodes {
        places.push(tree.node(*node).pos().offset() as usize);
    }
    places.sort_unstable();
    places.dedup();
    let mut result = text.to_owned();
    for at in places.into_iter().rev() {
        let token = &text[at..at + token_length(&text[at..])];
        // Quotes stay; block scalars, anchors and the like are left alone.
        let inner = token.trim_matches(['"', '\'']);
        if inner != tree_text(tree, nodes) {
            return None;
        }
        result.replace_range(at..at + token.len(), &token.replacen(inner, value, 1));
    }
    Some(result)
}

fn tree_text<'t>(tree: &'t Tree, nodes: &[NodeId]) -> &'t str {
    tree.node(nodes[0]).text()
}

fn tree_of(text: &str) -> Tree {
    let text: Arc<str> = text.into();
    read_text(&text, Pos::new(0)).documents.remove(0).tree
}

fn spots(text: &str, tree: &Tree, nodes: &[NodeId]) -> BTreeSet<Spot> {
    let spot = |node: &NodeId| {
        let before = &text[..tree.node(*node).pos().offset() as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        (line, column)
    };
    nodes.iter().map(spot).collect()
}

/// The places that a field names.
fn named(field: &MappedField) -> BTreeSet<Spot> {
    config_spots(field.from.iter().chain(&field.because))
}

fn config_spots<'m>(origins: impl IntoIterator<Item = &'m MappedOrigin>) -> BTreeSet<Spot> {
    let places = origins.into_iter().flat_map(|origin| &origin.places);
    let config = places.filter(|place| place.file == "edge.yaml");
    config
        .map(|place| (place.line, place.column.unwrap_or(0)))
        .collect()
}

/// A path without the indices and keys of items, which change when others come and go.
fn general(path: &str) -> String {
    let mut general = String::new();
    let mut depth = 0;
    for char in path.chars() {
        match char {
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                general.push_str("[]");
            }
            char if depth == 0 => general.push(char),
            _ => {}
        }
    }
    general
}

type Values<'m> = BTreeMap<(String, String), Vec<&'m MappedField>>;

fn values(document: &MappedDocument) -> Values<'_> {
    let mut values = Values::new();
    for field in &document.fields {
        let key = (general(&field.path), field.value.to_string());
        values.entry(key).or_default().push(field);
    }
    values
}

/// What is in one document, or more often than in the other, and does not name a place.
fn untold(
    one: &MappedDocument,
    other: &MappedDocument,
    spots: &BTreeSet<Spot>,
    renamed: &BTreeSet<String>,
    words: &mut String,
) {
    let others = values(other);
    for ((path, value), fields) in values(one) {
        if renamed.contains(value.trim_matches('"')) {
            continue;
        }
        let before = others
            .get(&(path.clone(), value.clone()))
            .map_or(0, Vec::len);
        if fields.len() > before && !fields.iter().any(|field| !named(field).is_disjoint(spots)) {
            let named: Vec<_> = fields.iter().map(|field| named(field)).collect();
            let file = one.file.as_deref().unwrap_or_default();
            let _ = writeln!(words, "    {file}: {path}: {value} names only {named:?}");
        }
    }
}

/// Whether what called for a document, or a field of it, names a place.
fn explains(document: &MappedDocument, spots: &BTreeSet<Spot>) -> bool {
    let mut fields = document.fields.iter();
    !config_spots([&document.called_for_by]).is_disjoint(spots)
        || fields.any(|field| !named(field).is_disjoint(spots))
}

/// What changes between two outputs and does not name the place of what was changed.
fn unexplained(
    (old, old_spots): (&Traced, &BTreeSet<Spot>),
    (new, new_spots): (&Traced, &BTreeSet<Spot>),
) -> String {
    let mut words = String::new();
    let mut renamed = BTreeSet::new();
    let sides = [
        (old, new, old_spots, new_spots),
        (new, old, new_spots, old_spots),
    ];
    for (one, other, spots, other_spots) in sides {
        for document in alone(one, other).filter(|document| !explains(document, spots)) {
            let kind = |document: &MappedDocument| {
                let object = document.object.as_ref();
                object.map(|object| object.kind.clone())
            };
            // Of an object that has another name the one that is gone tells why.
            let mut others = alone(other, one);
            let file = document.file.clone().unwrap_or_default();
            if others.any(|other| kind(other) == kind(document) && explains(other, other_spots)) {
                renamed.insert(file);
            } else {
                let _ = writeln!(words, "    {file} comes or goes, and no field says why");
            }
        }
    }
    for (one, other, spots, _) in sides {
        for document in &one.map.documents {
            let mut documents = other.map.documents.iter();
            if let Some(same) = documents.find(|other| other.file == document.file) {
                untold(document, same, spots, &renamed, &mut words);
            }
        }
    }
    words
}

/// The documents that only one output has.
fn alone<'m>(one: &'m Traced, other: &'m Traced) -> impl Iterator<Item = &'m MappedDocument> {
    let documents = one.map.documents.iter();
    documents.filter(|document| {
        let mut others = other.map.documents.iter();
        document.kind != MappedKind::Page && !others.any(|other| other.file == document.file)
    })
}

/// Changes each scalar of a case, alone or where that is refused together with all of the same
/// text; the number of those that were accepted and changed something, and of all.
fn check(name: &str, text: &str, beside: &[(&str, String)], words: &mut String) -> (usize, usize) {
    let old = traced_case(text, beside).unwrap();
    let tree = tree_of(text);
    let all = scalars(&tree);
    let mut effective = 0;
    let mut tried: BTreeSet<String> = BTreeSet::new();
    for scalar in &all {
        let alone = vec![scalar.node];
        let same = all
            .iter()
            .filter(|other| other.text == scalar.text && other.shape == scalar.shape);
        let together: Vec<NodeId> = same.map(|other| other.node).collect();
        let mut changed = false;
        let is_choice = CHOICES
            .iter()
            .any(|choices| choices.contains(&&*scalar.text));
        for value in others(scalar) {
            if changed && !is_choice {
                break;
            }
            for nodes in [&alone, &together] {
                let Some(new_text) = replaced(text, &tree, nodes, &value) else {
                    continue;
                };
                if !tried.insert(new_text.clone()) {
                    continue;
                }
                let Some(new) = traced_case(&new_text, beside) else {
                    continue;
                };
                if new.files == old.files {
                    break;
                }
                changed = true;
                let new_tree = tree_of(&new_text);
                let told: Vec<NodeId> = all
                    .iter()
                    .filter(|other| nodes.contains(&other.node))
                    .map(|other| other.told_at)
                    .collect();
                let old_spots = spots(text, &tree, &told);
                let new_spots = spots(&new_text, &new_tree, &told);
                let mut found = unexplained((&old, &old_spots), (&new, &new_spots));
                let renames = |other: &&Scalar| nodes.contains(&other.node);
                if all
                    .iter()
                    .filter(renames)
                    .any(|other| other.names_namespace)
                {
                    let of_patch = |line: &str| {
                        line.contains("patches/namespace-") || line.contains("patches[].")
                    };
                    let kept: Vec<_> = found.lines().filter(|line| !of_patch(line)).collect();
                    found = kept.join("\n");
                }
                if !found.is_empty() {
                    let at = old_spots.iter().next().unwrap();
                    let _ = writeln!(words, "{name}: {at:?} {} to {value}:\n{found}", scalar.text);
                }
                break;
            }
        }
        effective += usize::from(changed);
    }
    (effective, all.len())
}

#[test]
fn whatever_changes_names_what_was_changed() {
    let cases = cases();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut words = String::new();
        let (mut effective, mut all) = (0, 0);
        while let Some((name, text, beside)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (some, of) = check(name, text, beside, &mut words);
            effective += some;
            all += of;
        }
        (words, effective, all)
    };
    let (words, effective, all) = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let (mut words, effective, all) = work();
        let (more, some, of) = other.join().unwrap();
        words.push_str(&more);
        (words, effective + some, all + of)
    });
    assert!(words.is_empty(), "{words}");
    // The others are refused, such as a name that others refer to by another text.
    assert!(effective * 10 > all * 6, "{effective} of {all}");
}

#[test]
fn a_place_that_is_not_named_is_found() {
    let (_, text, beside) = cases().remove(0);
    let old = traced_case(&text, &beside).unwrap();
    let new = traced_case(&text.replacen("port: 80", "port: 81", 1), &beside).unwrap();
    let nowhere = BTreeSet::from([(1, 1)]);
    let found = unexplained((&old, &nowhere), (&new, &nowhere));
    assert!(found.contains(".port: 8000 names only"), "{found}");
    let value: Value = serde_json::to_value(&old.map).unwrap();
    assert_eq!(value["version"], 1);
}
