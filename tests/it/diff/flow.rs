//! The flow of a repository that holds a config and what it renders to.

use std::fs;

use crate::git_repository::Repository;
use crate::program::repository;

/// A config whose route sends traffic to two backends.
const CONFIG: &str = "\
apiVersion: gatewright.dev/v1alpha1
kind: Edge
metadata: {name: shop}
spec:
  services:
    - {name: web, namespace: shop, ports: [{port: 80, protocol: http}]}
    - {name: canary, namespace: shop, ports: [{port: 80, protocol: http}]}
  namespaces: [{name: shop, manage: create}]
  gateways:
    - name: edge
      namespace: shop
      listeners: [{name: http, protocol: HTTP, port: 80}]
  routes:
    - name: web
      namespace: shop
      parents: [{gateway: edge}]
      hostnames: [shop.example.com]
      rules:
        - match: {pathPrefix: /}
          backends:
            - {service: web, port: 80, weight: 90}
            - {service: canary, port: 80, weight: 10}
    - name: api
      namespace: shop
      parents: [{gateway: edge}]
      hostnames: [api.example.com]
      rules:
        - match: {pathPrefix: /}
          backends: [{service: web, port: 80}]
";

fn rendered() -> Repository {
    let repository = Repository::new();
    repository.write("gatewright.yaml", CONFIG);
    render(&repository);
    repository.commit();
    repository
}

fn render(repository: &Repository) {
    let said = repository.gatewright(&["render", "-o", "rendered"]).said();
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn one_weight_is_one_file_and_one_explanation() {
    let repository = rendered();
    assert!(!repository.differs(&["HEAD"]));
    repository.write(
        "gatewright.yaml",
        &CONFIG.replace("weight: 90", "weight: 80"),
    );
    render(&repository);
    assert_eq!(
        repository.git(&["diff", "--name-only", "--", "rendered/manifests"]),
        "rendered/manifests/shop/httproute-web.yaml\n"
    );
    for words in [
        &["HEAD"][..],
        &[],
        &["HEAD", "rendered"],
        &["HEAD:rendered"],
        &["HEAD", "gatewright.yaml"],
    ] {
        let said = repository.diff(words);
        assert_eq!(said.code, 1, "{words:?}: {}", said.err);
        let value = "backendRefs[0].weight: 90 -> 80";
        assert!(said.out.contains(value), "{words:?}: {}", said.out);
        assert!(
            said.out.ends_with("\n1 changed\n"),
            "{words:?}: {}",
            said.out
        );
    }
    repository.commit();
    assert!(!repository.differs(&["HEAD"]));
    assert!(repository.differs(&["HEAD~1", "HEAD"]));
}

#[test]
fn a_config_that_was_not_rendered_is_told() {
    let repository = rendered();
    repository.write(
        "gatewright.yaml",
        &CONFIG.replace("weight: 90", "weight: 80"),
    );
    let said = repository.diff(&["HEAD"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(
        said.err,
        "note: the config differs (`gatewright.yaml`), and what was rendered from it does not; \
         `gatewright render` brings it up to date, `config:PATH` compares configs\n"
    );
    assert!(repository.differs(&["config:HEAD"]));
    assert!(repository.differs(&["config:HEAD", "config:."]));
    assert!(!repository.differs(&["manifests:HEAD:rendered", "manifests:rendered"]));
    // The documents of the config itself.
    assert!(repository.differs(&["manifests:HEAD"]));
}

#[test]
fn what_is_rendered_is_what_stands_in_the_folder() {
    let repository = rendered();
    for words in [
        ["gatewright.yaml", "rendered"],
        ["config:.", "rendered"],
        ["HEAD:gatewright.yaml", "HEAD:rendered"],
        ["rendered", "config:HEAD"],
    ] {
        assert!(!repository.differs(&words), "{words:?}");
    }
    let file = repository.join("rendered/manifests/shop/httproute-web.yaml");
    let edited = fs::read_to_string(&file)
        .unwrap()
        .replace("weight: 90", "weight: 91");
    fs::write(&file, edited).unwrap();
    assert!(repository.differs(&["gatewright.yaml", "rendered"]));
    assert!(repository.differs(&["HEAD"]));
}

#[test]
fn every_example_is_what_it_renders_to() {
    for example in ["httpbin", "httpbin-oidc"] {
        let folder = repository().join("examples").join(example);
        let output = tempfile::tempdir().unwrap();
        let (from, to) = (folder.to_str().unwrap(), output.path().to_str().unwrap());
        let render = crate::program::gatewright(&["render", "-f", from, "-o", to]).said();
        assert_eq!(render.code, 0, "{}", render.err);
        let said = crate::program::gatewright(&["diff", from, to]).said();
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    }
}

#[test]
fn a_stream_is_a_side() {
    let repository = rendered();
    let stream = repository.gatewright(&["render"]).said().out;
    let run = repository
        .gatewright(&["diff", "-", "rendered/manifests"])
        .input(&stream);
    let said = run.said();
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let run = repository
        .gatewright(&["diff", "-", "rendered/manifests"])
        .input(CONFIG);
    assert_eq!(run.said().code, 1);
    let changed = stream.replace("weight: 90", "weight: 80");
    let run = repository
        .gatewright(&["diff", "HEAD:rendered/manifests", "-"])
        .input(&changed);
    assert_eq!(run.said().code, 1);
}
