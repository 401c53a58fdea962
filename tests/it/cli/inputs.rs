//! Where the config comes from.

use super::{GOOD, write};
use crate::program::gatewright;

const SERVICES: &str = "\
apiVersion: gatewright.dev/v1alpha1
kind: Edge
metadata: {name: small}
spec:
  services: [{name: api, namespace: shop, ports: [8080]}]
";

#[test]
fn files_folders_and_standard_input_add_up() {
    let scratch = tempfile::tempdir().unwrap();
    let other = "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n";
    let files = [
        ("a/edge.yaml", GOOD),
        ("b/services.yaml", SERVICES),
        ("b/other.yaml", other),
    ];
    write(scratch.path(), &files);
    let run = |words: &[&str]| gatewright(words).within(scratch.path());
    let alone = run(&["render", "-f", "a/edge.yaml"]).said();
    for words in [
        &["render", "-f", "a/edge.yaml", "-f", "b/services.yaml"][..],
        &["render", "-f", "b/services.yaml", "-f", "a"],
        &["render", "-f", "a", "-f", "b"],
        &["render", "-f", "."],
        &["render", "--file", "a"],
    ] {
        let said = run(words).said();
        assert_eq!(
            (said.code, &said.out),
            (0, &alone.out),
            "{words:?}: {}",
            said.err
        );
    }
    let piped = run(&["render", "-f", "-"]).input(GOOD).said();
    assert_eq!((piped.code, &piped.out), (0, &alone.out), "{}", piped.err);
    let named = run(&["render", "-f", "b/other.yaml"]).said();
    assert_eq!(
        named.code, 1,
        "a file that is named outright holds configs: {}",
        named.err
    );
}

#[test]
fn without_a_name_the_config_is_looked_for_upwards() {
    let scratch = tempfile::tempdir().unwrap();
    write(
        scratch.path(),
        &[("gatewright.yaml", GOOD), ("deep/er/README", "")],
    );
    let said = gatewright(&["render"])
        .within(&scratch.path().join("deep/er"))
        .said();
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("kind: Gateway"));
    let empty = tempfile::tempdir().unwrap();
    let said = gatewright(&["render"]).within(empty.path()).said();
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    assert!(said.err.contains("gatewright.yaml"), "{}", said.err);
}

#[test]
fn every_flag_has_a_twin_in_the_environment() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", GOOD)]);
    let said = gatewright(&["render"])
        .within(scratch.path())
        .env("GATEWRIGHT_FILE", "edge.yaml")
        .env("GATEWRIGHT_OUTPUT", "out")
        .said();
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(scratch.path().join("out/kustomization.yaml").exists());
    let said = gatewright(&["check", "-f", "edge.yaml"])
        .within(scratch.path())
        .env("GATEWRIGHT_FORMAT", "json")
        .said();
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.starts_with('{'), "{}", said.out);
    let said = gatewright(&["render", "-o", "out"])
        .within(scratch.path())
        .env("GATEWRIGHT_FILE", "edge.yaml")
        .env("GATEWRIGHT_CHECK", "true")
        .said();
    assert_eq!(said.code, 0, "{}", said.err);
}
