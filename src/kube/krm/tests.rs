use std::sync::Arc;

use super::*;
use crate::source::{Pos, Tree, read_text};

const LIST: &str = "\
# the list
apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
# about a
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: a
    annotations:
      internal.config.kubernetes.io/path: 'app/a.yaml'
      config.kubernetes.io/index: '1'
  data:
    text: |
      - no item

      more
- # about b
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: b, annotations: {internal.config.kubernetes.io/path: ../b.yaml}}
functionConfig:
  # about the config
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: c}
";

fn list(text: &str) -> ResourceList {
    ResourceList::read(&Arc::from(text)).unwrap()
}

fn tree(text: &str) -> Tree {
    read_text(&Arc::from(text), Pos::NONE)
        .documents
        .remove(0)
        .tree
}

#[test]
fn every_item_is_found_in_the_text_with_its_comments() {
    let list = list(LIST);
    let items: Vec<_> = list.items().collect();
    let text = |at: usize| items[at].text.unwrap();
    assert!(text(0).starts_with("# about a\n- apiVersion") && text(0).ends_with("      more\n"));
    assert!(text(1).starts_with("- # about b\n") && text(1).ends_with("b.yaml}}\n"));
    assert_eq!(
        (items[0].path(), items[0].index()),
        (Some("app/a.yaml"), Some(1))
    );
    assert_eq!(
        items[1].path(),
        None,
        "a path that leads out counts for nothing"
    );
    let config = list.function_config().unwrap();
    assert_eq!(
        config.document(),
        "# about the config\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
    );
}

#[test]
fn a_document_of_its_own_has_the_lines_of_its_file() {
    let list = list(LIST);
    let items: Vec<_> = list.items().collect();
    assert_eq!(
        items[0].document(),
        "# about a\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  text: |\n    \
         - no item\n\n    more\n"
    );
    let written = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n";
    assert_eq!(
        items[1].document(),
        written,
        "what cannot be kept is written anew"
    );
}

#[test]
fn other_forms_of_a_list_mean_the_same() {
    let json = r#"{"apiVersion": "config.kubernetes.io/v1beta1", "kind": "ResourceList",
        "items": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}]}"#;
    for text in [
        json,
        "kind: ResourceList\napiVersion: config.kubernetes.io/v1\nitems: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}]\n",
    ] {
        let list = list(text);
        let items: Vec<_> = list.items().collect();
        assert_eq!((items.len(), items[0].text), (1, None), "{text}");
        assert_eq!(
            items[0].document(),
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
        );
    }
    let empty = list("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n");
    assert_eq!(empty.items().count(), 0);
}

#[test]
fn what_is_no_list_is_told() {
    let head = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n";
    for (text, fault) in [
        ("", "standard input is empty"),
        (
            "a: 1\n---\nb: 1\n",
            "standard input holds 2 documents where one ResourceList should be",
        ),
        (
            "[]",
            "standard input holds a list where a ResourceList should be",
        ),
        (
            "a: 1\n",
            "standard input holds a map without a `kind` where a ResourceList should be",
        ),
        (
            "apiVersion: v1\nkind: List\n",
            "standard input holds `List` of `v1` where a ResourceList should be",
        ),
        (
            "a: [\n",
            "standard input is not good YAML, at 1:4: `[` is never closed",
        ),
        (
            &format!("{head}items: 3\n"),
            "`items` of the ResourceList is not a list",
        ),
        (
            &format!("{head}items: [3]\n"),
            "`items[0]` of the ResourceList is not a Kubernetes object",
        ),
        (
            &format!("{head}functionConfig: [3]\n"),
            "`functionConfig` of the ResourceList is not a Kubernetes object",
        ),
    ] {
        let found = ResourceList::read(&Arc::from(text)).unwrap_err();
        assert_eq!(found.to_string(), fault, "{text}");
    }
}

#[test]
fn annotations_of_orchestrators_come_and_go() {
    let with = tree("metadata: {name: a, annotations: {config.k8s.io/id: '1', a: b}}");
    assert_eq!(
        bare(with.root()),
        tree("metadata: {name: a, annotations: {a: b}}")
    );
    let alone = tree("metadata: {annotations: {kustomize.config.k8s.io/id: x}, name: a}");
    assert_eq!(bare(alone.root()), tree("metadata: {name: a}"));
    let empty = tree("metadata: {name: a, annotations: {}}");
    assert_eq!(bare(empty.root()), empty);
    let more = [("config.kubernetes.io/path".to_owned(), "x".to_owned())];
    let bare = tree("metadata: {name: a}");
    let path = tree("metadata: {name: a, annotations: {config.kubernetes.io/path: x}}");
    assert_eq!(with_annotations(bare.root(), &more), path);
    assert_eq!(with_annotations(path.root(), &more), path);
}

#[test]
fn the_order_of_maps_does_not_count_and_that_of_lists_does() {
    let same = |a: &str, b: &str| same_value(tree(a).root(), tree(b).root());
    assert!(same(
        "{a: 1, b: [x, {c: d, e: f}]}",
        "{b: [x, {e: f, c: d}], a: 1}"
    ));
    assert!(!same("[1, 2]", "[2, 1]"));
    assert!(!same("{a: 1}", "{a: '1'}") && !same("{a: 1}", "{b: 1}") && !same("{a: 1}", "{}"));
}
