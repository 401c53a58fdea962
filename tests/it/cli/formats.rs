//! What is printed: findings in their formats, colours, the schema, explanations and help.

use std::fs;

use serde_json::Value;

use super::{bad, write};
use crate::program::{gatewright, repository};

#[test]
fn findings_go_to_standard_output_in_the_form_that_was_asked_for() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", &bad())]);
    let check = |format: &str| {
        let said = gatewright(&["check", "-f", "edge.yaml", "--format", format])
            .within(scratch.path())
            .said();
        assert_eq!(said.code, 1, "{}", said.err);
        said
    };
    let human = check("human");
    assert!(human.out.contains("^^^^^^^^"), "{}", human.out);
    assert!(human.err.contains("checked: "), "{}", human.err);
    let concise = check("concise");
    assert!(
        concise
            .out
            .lines()
            .all(|line| line.starts_with("edge.yaml:")),
        "{}",
        concise.out
    );
    assert_eq!(concise.err, "");
    let json: Value = serde_json::from_str(&check("json").out).unwrap();
    assert!(json.to_string().contains("unknown-field"), "{json}");

    let fine = gatewright(&["check", "-f", "examples/httpbin-oidc"]).said();
    assert_eq!(fine.code, 0, "{}{}", fine.out, fine.err);
}

#[test]
fn colours_are_for_those_who_want_them() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", &bad())]);
    let colours = |words: &[&str], env: &[(&str, &str)]| {
        let mut words = words.to_vec();
        words.extend(["check", "-f", "edge.yaml"]);
        let run = gatewright(&words).within(scratch.path());
        let run = env
            .iter()
            .fold(run, |run, (name, value)| run.env(name, value));
        run.said().out.contains('\u{1b}')
    };
    assert!(!colours(&[], &[]), "not into a pipe");
    assert!(colours(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(colours(&["--color", "always"], &[]));
    assert!(
        colours(&["--color", "always"], &[("NO_COLOR", "1")]),
        "what is typed wins"
    );
    assert!(!colours(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(colours(&[], &[("GATEWRIGHT_COLOR", "always")]));
    assert!(!colours(&[], &[("NO_COLOR", "1")]));
}

#[test]
fn the_schema_is_the_committed_one() {
    let said = gatewright(&["schema"]).said();
    let committed = fs::read_to_string(repository().join("schema/edge.schema.json")).unwrap();
    assert!(
        said.code == 0 && said.out == committed,
        "`gatewright schema` is not schema/edge.schema.json"
    );
    let schema: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
}

#[test]
fn every_field_of_the_outline_is_explained() {
    let said = gatewright(&["explain", "spec.gateways.listeners.tls.certificates"]).said();
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out.contains("Example:") && said.out.contains("secret"),
        "{}",
        said.out
    );
    let outline = gatewright(&["explain", "--recursive"]).said().out;
    for name in [
        "replicas",
        "allowedRoutes",
        "outboundTrafficPolicy",
        "pathRegex",
    ] {
        assert!(outline.contains(&format!(" {name}  <")), "{name}");
    }
    let deep = gatewright(&["explain", "spec.mesh.mtls.mesh.deeper"]).said();
    assert_eq!(deep.code, 2);
}

#[test]
fn help_is_no_mistake() {
    for words in [
        &["--help"][..],
        &["render", "--help"],
        &["check", "-h"],
        &["--version"],
    ] {
        let said = gatewright(words).said();
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{words:?}");
        assert!(!said.out.is_empty());
    }
    assert_eq!(gatewright(&[]).said().code, 2, "no command");
}
