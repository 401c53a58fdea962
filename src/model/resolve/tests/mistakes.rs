//! Mistakes whose edges are worth a look; each as such has a case among `tests/cases/errors`.

use std::fmt::Write;

use super::resolve;

fn said(spec: &str) -> String {
    resolve(spec).1
}

/// A gateway whose listener selects namespaces, and a route of namespace `shop`.
fn admission(selector: &str, labels: &str) -> String {
    said(&format!(
        "  namespaces: [{{name: shop, manage: none{labels}}}]
  services: [{{name: cart, namespace: shop, ports: [80]}}]
  gateways: [{{name: apps, namespace: edge, listeners: [{{name: http, protocol: HTTP, port: 80, allowedRoutes: {{from: Selector, selector: {{{selector}}}}}}}]}}]
  routes: [{{name: cart, namespace: shop, parents: [{{gateway: apps}}], rules: [{{backends: [{{service: cart}}]}}]}}]
"
    ))
}

#[test]
fn a_selector_is_held_against_what_is_known_of_a_namespace() {
    let known = ", labels: {team: web, tier: two}";
    for selector in [
        "matchLabels: {team: web}",
        "matchLabels: {kubernetes.io/metadata.name: shop}",
        "matchExpressions: [{key: team, operator: In, values: [web, app]}]",
        "matchExpressions: [{key: team, operator: NotIn, values: [app]}]",
        "matchExpressions: [{key: tier, operator: Exists}, {key: x, operator: DoesNotExist}]",
        "matchLabels: {}",
    ] {
        assert_eq!(admission(selector, known), "", "{selector}");
    }
    for selector in [
        "matchLabels: {team: app}",
        "matchLabels: {team: web, tier: one}",
        "matchLabels: {kubernetes.io/metadata.name: orders}",
        "matchExpressions: [{key: team, operator: NotIn, values: [web]}]",
        "matchExpressions: [{key: x, operator: Exists}]",
        "matchExpressions: [{key: tier, operator: DoesNotExist}]",
    ] {
        let said = admission(selector, known);
        assert!(
            said.contains("error route-not-admitted"),
            "{selector}: {said}"
        );
    }
}

/// Of a namespace that the config does not list, nothing but its name is known.
#[test]
fn a_selector_of_unknown_labels_is_believed() {
    let unlisted = |selector: &str| {
        said(&format!(
            "  services: [{{name: cart, namespace: shop, ports: [80]}}]
  gateways: [{{name: apps, namespace: edge, listeners: [{{name: http, protocol: HTTP, port: 80, allowedRoutes: {{from: Selector, selector: {{{selector}}}}}}}]}}]
  routes: [{{name: cart, namespace: shop, parents: [{{gateway: apps}}], rules: [{{backends: [{{service: cart}}]}}]}}]
"
        ))
    };
    assert_eq!(unlisted("matchLabels: {team: web}"), "");
    let surely = "matchLabels: {team: web, kubernetes.io/metadata.name: orders}";
    assert!(unlisted(surely).contains("error route-not-admitted"));
}

/// Listeners of one gateway.
fn listeners(listeners: &str) -> String {
    said(&format!(
        "  gateways: [{{name: apps, namespace: shop, listeners: [{listeners}]}}]\n"
    ))
}

#[test]
fn listeners_share_a_port_by_hostname() {
    assert_eq!(
        listeners(
            "{name: a, protocol: HTTP, port: 80, hostname: a.example.com}, \
             {name: b, protocol: HTTP, port: 80, hostname: '*.example.com'}, \
             {name: c, protocol: HTTP, port: 80}, \
             {name: d, protocol: HTTPS, port: 443, tls: {secret: s}}, \
             {name: e, protocol: HTTP, port: 8080}"
        ),
        ""
    );
    let said = listeners(
        "{name: a, protocol: HTTP, port: 80}, {name: b, protocol: HTTP, port: 80}, \
         {name: c, protocol: HTTPS, port: 80, tls: {secret: s}}",
    );
    assert_eq!(
        said.matches("conflicting-listeners").count(),
        2,
        "each conflict is told once: {said}"
    );
}

/// A route to the cart with these hostnames, by listeners with these.
fn hostnames(listeners: &[&str], hostnames: &str) -> String {
    let listeners: Vec<String> = listeners
        .iter()
        .enumerate()
        .map(|(n, hostname)| {
            format!("{{name: l{n}, protocol: HTTP, port: 80, hostname: '{hostname}'}}")
        })
        .collect();
    said(&format!(
        "  services: [{{name: cart, namespace: shop, ports: [80]}}]
  gateways: [{{name: apps, namespace: shop, listeners: [{}]}}]
  routes: [{{name: cart, namespace: shop, parents: [{{gateway: apps}}], hostnames: [{hostnames}], rules: [{{backends: [{{service: cart}}]}}]}}]
",
        listeners.join(", ")
    ))
}

#[test]
fn wildcards_meet_what_they_cover_on_either_side() {
    assert_eq!(hostnames(&["*.example.com"], "a.b.example.com"), "");
    assert_eq!(hostnames(&["a.example.com"], "'*.example.com'"), "");
    assert_eq!(hostnames(&["*.b.example.com"], "'*.example.com'"), "");
    assert_eq!(
        hostnames(
            &["a.example.com", "*.example.org"],
            "a.example.com, x.example.org"
        ),
        ""
    );
    for (own, wanted) in [
        ("*.example.com", "example.com"),
        ("a.example.com", "b.example.com"),
        ("*.a.example.com", "'*.b.example.com'"),
    ] {
        let said = hostnames(&[own], wanted);
        assert!(
            said.contains("error unserved-hostname"),
            "{own} {wanted}: {said}"
        );
    }
}

/// An unknown name is compared with all others; when thousands are wrong, that must end.
#[test]
fn thousands_of_unknown_names_are_each_told() {
    let mut routes = String::new();
    for n in 0..300 {
        writeln!(routes, "    - {{name: r{n}, namespace: shop, parents: [{{gateway: apps}}], rules: [{{backends: [{{service: crat}}]}}]}}").unwrap();
    }
    let said = said(&format!(
        "  services: [{{name: cart, namespace: shop, ports: [80]}}]
  gateways: [{{name: apps, namespace: shop, listeners: [{{name: http, protocol: HTTP, port: 80}}]}}]
  routes:\n{routes}"
    ));
    assert_eq!(said.matches("error unknown-service").count(), 300);
}
