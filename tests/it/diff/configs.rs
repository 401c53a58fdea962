//! Configs as sides, rendered in memory.

use std::fs;

use crate::git_repository::Repository;

const CONFIG: &str = "\
apiVersion: gatewright.dev/v1alpha1
kind: Edge
metadata: {name: shop}
spec:
  services: [{name: web, namespace: shop, ports: [{port: 80, protocol: http}]}]
  namespaces: [{name: shop, manage: create}]
  resources: [extra/limits.yaml, quotas]
  gateways:
    - name: edge
      namespace: shop
      listeners: [{name: http, protocol: HTTP, port: 80}]
  routes:
    - name: web
      namespace: shop
      parents: [{gateway: edge}]
      hostnames: [shop.example.com]
      rules: [{match: {pathPrefix: /}, backends: [{service: web, port: 80}]}]
";

fn resource(name: &str, value: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: shop}}\ndata: {{key: \
         {value}}}\n"
    )
}

fn committed() -> Repository {
    let repository = Repository::new();
    repository
        .write("edge/gatewright.yaml", CONFIG)
        .write("edge/extra/limits.yaml", &resource("limits", "one"))
        .write("edge/quotas/a.yaml", &resource("a", "one"))
        .write("edge/quotas/b.yaml", &resource("b", "one"))
        .commit();
    repository
}

#[test]
fn resources_are_those_of_the_revision() {
    let repository = committed();
    assert!(!repository.differs(&["HEAD:edge/gatewright.yaml", "edge/gatewright.yaml"]));
    repository.write("edge/quotas/b.yaml", &resource("b", "two"));
    assert!(repository.differs(&["HEAD:edge/gatewright.yaml", "edge/gatewright.yaml"]));
    repository.commit();
    // Nothing of the work tree is needed.
    fs::remove_dir_all(repository.join("edge")).unwrap();
    assert!(repository.differs(&["HEAD~1:edge", "HEAD:edge"]));
    assert!(!repository.differs(&["HEAD~1:edge", "HEAD~1:edge/gatewright.yaml"]));
    let below = repository.join("sub");
    fs::create_dir(&below).unwrap();
    let said = repository
        .gatewright(&["diff", "HEAD~1:edge", "HEAD:edge"])
        .within(&below)
        .said();
    assert_eq!(said.code, 1, "{}", said.err);
}

#[test]
fn what_a_revision_lacks_is_a_mistake_at_its_line() {
    let repository = committed();
    fs::remove_dir_all(repository.join("edge/quotas")).unwrap();
    repository.commit();
    repository.write("edge/quotas/a.yaml", &resource("a", "one"));
    let said = repository.diff(&["HEAD~1:edge", "HEAD:edge"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("cannot read `HEAD:edge/quotas`: the revision holds no such file or folder"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("--> HEAD:edge/gatewright.yaml:7:"),
        "{}",
        said.err
    );
    assert!(said.err.ends_with(
        "gatewright: cannot compare: 1 error\n  help: Correct what is shown above, and compare \
         again.\n"
    ));
    assert_eq!(said.out, "");
}

#[test]
fn mistakes_are_no_answer() {
    let repository = committed();
    repository.write(
        "edge/gatewright.yaml",
        &CONFIG.replace("service: web", "service: wed"),
    );
    let said = repository.diff(&["HEAD:edge"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("edge/gatewright.yaml:"), "{}", said.err);
    repository.write(
        "edge/gatewright.yaml",
        "apiVersion: gatewright.dev/v1alpha1\nkind: [\n",
    );
    assert_eq!(repository.diff(&["config:HEAD:edge"]).code, 2);
}

#[test]
fn templates_are_those_of_the_revision() {
    let repository = committed();
    let template =
        fs::read_to_string(crate::program::repository().join("templates/namespace.yaml.j2"));
    let template = template.unwrap();
    let words = [
        "--templates",
        "own",
        "HEAD:edge/gatewright.yaml",
        "edge/gatewright.yaml",
    ];
    repository
        .write("own/namespace.yaml.j2", &template)
        .commit();
    assert!(!repository.differs(&words));
    let other = template.replace("kind: Namespace\n", "kind: Namespace\n# ours\n");
    assert_ne!(other, template);
    repository.write(
        "own/namespace.yaml.j2",
        &other.replace("# ours\n", "spec: {finalizers: [x]}\n"),
    );
    assert!(repository.differs(&words));
    // Before there were any, the built-in ones were used.
    assert!(repository.differs(&[
        "--templates",
        "own",
        "HEAD~1:edge/gatewright.yaml",
        "edge/gatewright.yaml"
    ]));
    assert!(!repository.differs(&["--templates", "own", "HEAD~1:edge", "HEAD:edge"]));
}

#[test]
fn a_config_can_be_a_stream() {
    let repository = committed();
    let said = repository
        .gatewright(&["diff", "HEAD:edge", "-"])
        .input(&CONFIG.replace(
            "resources: [extra/limits.yaml, quotas]",
            "resources: [edge/extra/limits.yaml, edge/quotas]",
        ));
    let said = said.said();
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
}
