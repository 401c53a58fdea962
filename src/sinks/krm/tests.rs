use std::sync::Arc;

use super::patching::patched;
use crate::kube;
use crate::source::{Pos, Tree, emit, read_text};

fn tree(text: &str) -> Tree {
    let mut read = read_text(&Arc::from(text), Pos::NONE);
    read.documents.remove(0).tree
}

fn service(object: &str, patch: &str) -> Result<String, String> {
    let (object, patch) = (tree(object), tree(patch));
    let patched = patched(object.root(), patch.root(), kube::facts("", "Service"));
    patched
        .map(|tree| emit(tree.root()))
        .map_err(|fault| format!("{}: {}", fault.path, fault.why))
}

#[test]
fn items_are_found_by_the_keys_that_have_no_default() {
    let patch = "{apiVersion: v1, spec: {ports: [{port: 1, appProtocol: tls}]}}";
    for object in [
        "{spec: {ports: [{port: 2}, {port: 1, name: a}]}}",
        "{spec: {ports: [{port: 2}, {port: 1, name: a, protocol: TCP}]}}",
    ] {
        let text = service(object, patch).unwrap();
        assert!(
            text.contains("appProtocol: tls\n") && text.matches("port:").count() == 2,
            "{text}"
        );
    }
    let text = service("{apiVersion: v2, spec: {}}", patch).unwrap();
    assert!(
        text.starts_with("apiVersion: v2\n"),
        "the version stays: {text}"
    );
    assert!(text.contains("- port: 1\n"), "{text}");
}

#[test]
fn what_cannot_be_merged_exactly_is_not_merged() {
    let two = "{spec: {ports: [{port: 1, protocol: TCP}, {port: 1, protocol: UDP}]}}";
    assert_eq!(
        service(two, "{spec: {ports: [{port: 1, appProtocol: tls}]}}").unwrap_err(),
        "spec.ports: two items of the object fit"
    );
    let other = "{spec: {ports: [{port: 3}]}}";
    assert!(service(two, other).unwrap().ends_with("- port: 3\n"));
    assert_eq!(
        service("{}", "{spec: {unheardOf: [1]}}").unwrap_err(),
        "spec.unheardOf: it is not known whether its items have keys"
    );
    assert_eq!(
        service(
            "{spec: {ports: [{port: 1}]}}",
            "{spec: {ports: [{name: a}]}}"
        )
        .unwrap_err(),
        "spec.ports: its items do not say which ones they are"
    );
}
