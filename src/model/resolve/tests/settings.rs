//! What is not written, and what follows from what is.

use super::resolve;
use crate::config::{Delivery, DeployMode, LabelKey, Manage, MtlsMode, RedirectScheme};
use crate::model::Model;
use crate::source::Origin;

pub(super) const APPS: &str = "  gateways:
    - name: apps
      namespace: shop
      listeners:
        - {name: http, protocol: HTTP, port: 80}
";

const CART: &str = "  services:
    - {name: cart, namespace: shop, inMesh: true, selector: {app: cart}, ports: [8080]}
";

/// A gateway with a listener that redirects and an HTTPS one, which is on this port.
fn redirecting(to: &str, port: u16) -> String {
    format!(
        "  gateways:
    - name: apps
      namespace: shop
      listeners:
        - {{name: http, protocol: HTTP, port: 80, redirectTo: {to}}}
        - {{name: secure, protocol: HTTPS, port: {port}, tls: {{secret: shop}}}}
"
    )
}

/// A route to the cart with more fields.
pub(super) fn route(parents: &str, more: &str) -> String {
    format!(
        "{CART}  routes:
    - name: cart
      namespace: shop
      parents: [{parents}]
{more}      rules: [{{match: {{pathPrefix: /cart/}}, backends: [{{service: cart}}]}}]
"
    )
}

pub(super) fn resolved(spec: &str) -> Model {
    let (model, said) = resolve(spec);
    assert_eq!(said, "");
    model
}

fn listeners(model: &Model, route: usize) -> Vec<Option<&str>> {
    let parents = model.routes[route].parents.iter();
    parents
        .map(|parent| parent.section_name.as_ref().map(|name| name.value.as_str()))
        .collect()
}

#[test]
fn the_control_plane_is_envoy_gateways_own() {
    let plane = resolved(APPS).control_plane;
    assert_eq!(plane.namespace.value.as_str(), "envoy-gateway-system");
    assert_eq!(plane.deploy_mode.value, DeployMode::ControllerNamespace);
    assert_eq!(plane.delivery.value, Delivery::Patch);
    assert!(matches!(plane.namespace.origin, Origin::Default { .. }));
    assert!(plane.xds_is_tls.is_none());
}

#[test]
fn the_class_is_created_or_patched_by_who_brings_it() {
    for (spec, name, manage) in [
        ("{}", "eg", Manage::Create),
        ("{distribution: envoyGateway}", "eg", Manage::Create),
        ("{distribution: teg}", "teg", Manage::Patch),
        (
            "{distribution: teg, gatewayClass: {manage: none}}",
            "teg",
            Manage::None,
        ),
        (
            "{gatewayClass: {name: edge, manage: patch}}",
            "edge",
            Manage::Patch,
        ),
    ] {
        let class = resolved(&format!("  controlPlane: {spec}\n"))
            .control_plane
            .class;
        assert_eq!(class.name.value.as_str(), name, "{spec}");
        assert_eq!(class.manage.value, manage, "{spec}");
    }
}

#[test]
fn the_proxy_is_named_by_what_it_is_for() {
    assert!(resolved(APPS).envoy_proxy.is_none());
    for (spec, name) in [
        ("  proxy: {replicas: 2}\n", "proxy"),
        ("  mesh: {mode: sidecar}\n", "data-plane-sidecars"),
        ("  mesh: {mode: ambient}\n  proxy: {name: edge}\n", "edge"),
    ] {
        let proxy = resolved(spec).envoy_proxy.unwrap();
        assert_eq!(proxy.name.value.as_str(), name);
        assert_eq!(proxy.namespace.value.as_str(), "envoy-gateway-system");
    }
}

#[test]
fn mutual_tls_by_scope() {
    let model = resolved(
        "  mesh:
    mode: sidecar
    rootNamespace: mesh
    mtls:
      mesh: STRICT
      namespaces: {legacy: PERMISSIVE, old: DISABLE}
      workloads:
        - {name: metrics, namespace: shop, selector: {app: cart}, ports: {\"9090\": PERMISSIVE}}
        - {name: strict, namespace: legacy, selector: {app: x}, mode: STRICT}
",
    );
    let all: Vec<_> = model
        .peer_authentications
        .iter()
        .map(|policy| {
            let mode = policy.mode.map(|mode| mode.value);
            (
                policy.namespace.as_str(),
                policy.name.as_str(),
                mode,
                policy.selector.len(),
            )
        })
        .collect();
    assert_eq!(
        all,
        [
            ("mesh", "default", Some(MtlsMode::Strict), 0),
            ("legacy", "default", Some(MtlsMode::Permissive), 0),
            ("old", "default", Some(MtlsMode::Disable), 0),
            ("shop", "metrics", None, 1),
            ("legacy", "strict", Some(MtlsMode::Strict), 1),
        ]
    );
    let ports: Vec<_> = model.peer_authentications[3].ports.iter().collect();
    let [(9090, mode)] = ports[..] else {
        panic!("{ports:?}");
    };
    assert_eq!(mode.value, MtlsMode::Permissive);
}

#[test]
fn namespaces_are_created_patched_or_left_alone() {
    let spec = format!(
        "  mesh: {{mode: sidecar}}
  namespaces:
    - {{name: shop, manage: create, labels: {{team: web}}}}
    - {{name: idle}}
    - {{name: envoy-gateway-system, manage: none, labels: {{istio-injection: enabled}}}}
    - {{name: new, manage: create}}
{CART}    - {{name: stock, namespace: orders, inMesh: true, ports: [80]}}
"
    );
    let model = resolved(&spec);
    let all: Vec<_> = model
        .namespaces
        .iter()
        .map(|namespace| {
            let labels: Vec<_> = namespace.labels.keys().map(LabelKey::as_str).collect();
            (
                namespace.name.as_str(),
                namespace.manage.value,
                labels.join(" "),
            )
        })
        .collect();
    assert_eq!(
        all,
        [
            ("new", Manage::Create, String::new()),
            ("orders", Manage::Patch, "istio-injection".to_owned()),
            ("shop", Manage::Create, "istio-injection team".to_owned()),
        ],
        "patched with nothing, and left alone, is not there"
    );
}

#[test]
fn a_revision_is_the_only_label() {
    let spec = format!("  mesh: {{mode: sidecar, revision: canary}}\n{CART}");
    for namespace in resolved(&spec).namespaces {
        let labels: Vec<_> = namespace
            .labels
            .iter()
            .map(|(key, value)| (key.as_str(), value.value.as_str()))
            .collect();
        assert_eq!(labels, [("istio.io/rev", "canary")]);
    }
}

#[test]
fn in_gateway_namespaces_the_control_plane_stays_outside() {
    let spec = format!(
        "  mesh: {{mode: sidecar}}\n  controlPlane: {{deployMode: gatewayNamespace}}\n{APPS}"
    );
    let model = resolved(&spec);
    let names: Vec<_> = model.namespaces.iter().map(|n| n.name.as_str()).collect();
    assert_eq!(names, ["shop"]);
    assert!(model.control_plane.xds_is_tls.is_none());
    let spec = spec.replace(
        "mode: sidecar",
        "mode: sidecar, outboundTrafficPolicy: REGISTRY_ONLY",
    );
    assert!(resolved(&spec).control_plane.xds_is_tls.is_some());
}

#[test]
fn a_redirect_is_a_route_of_its_listener_alone() {
    for (to, port, expected) in [
        ("https", 443, None),
        ("secure", 443, None),
        ("secure", 8443, Some(8443)),
    ] {
        let model = resolved(&redirecting(to, port));
        let [route] = model.routes.as_slice() else {
            panic!("one route")
        };
        assert_eq!(route.name.value.as_str(), "apps-http-redirect");
        assert_eq!(listeners(&model, 0), [Some("http")]);
        assert!(route.hostnames.is_empty() && route.rules[0].backends.is_empty());
        let redirect = route.rules[0].redirect.as_ref().unwrap();
        assert_eq!(
            redirect.scheme.as_ref().unwrap().value,
            RedirectScheme::Https
        );
        assert_eq!(redirect.port.as_ref().map(|port| port.value.0), expected);
        assert_eq!(redirect.status.value, 301);
        assert!(redirect.host.is_none() && redirect.path.is_none());
    }
}

#[test]
fn a_listener_called_https_is_meant_before_the_only_one_of_tls() {
    let spec = redirecting("https", 443)
        + "        - {name: https, protocol: HTTPS, port: 8443, tls: {secret: shop}}\n";
    let model = resolved(&spec);
    let redirect = model.routes[0].rules[0].redirect.as_ref().unwrap();
    assert_eq!(redirect.port.as_ref().unwrap().value.0, 8443);
}

#[test]
fn a_route_to_all_of_a_gateway_leaves_out_what_redirects() {
    let model = resolved(&(redirecting("https", 443) + &route("{gateway: apps}", "")));
    let written = model
        .routes
        .iter()
        .position(|route| route.rules[0].redirect.is_none());
    assert_eq!(listeners(&model, written.unwrap()), [Some("secure")]);
    let model = resolved(&(APPS.to_owned() + &route("{gateway: apps}", "")));
    assert_eq!(listeners(&model, 0), [None]);
    let named = route("{gateway: apps, listener: http}", "");
    let model = resolved(&(APPS.to_owned() + &named));
    assert_eq!(listeners(&model, 0), [Some("http")]);
}

#[test]
fn what_crosses_namespaces_is_granted_once() {
    let model = resolved(
        "  services: [{name: stock, namespace: orders, ports: [80]}]
  certificates: [{name: wildcard, secret: tls, namespace: certs}]
  gateways:
    - name: apps
      namespace: shop
      listeners:
        - {name: a, protocol: HTTPS, port: 443, tls: {certificate: wildcard}}
        - {name: b, protocol: HTTPS, port: 8443, tls: {secret: tls, namespace: certs}}
        - {name: c, protocol: HTTPS, port: 9443, tls: {secret: own}}
  routes:
    - name: stock
      namespace: shop
      parents: [{gateway: apps}]
      rules:
        - {match: {pathPrefix: /a}, backends: [{service: stock, namespace: orders}]}
        - {backends: [{service: stock, namespace: orders}]}
",
    );
    let all: Vec<_> = model
        .reference_grants
        .iter()
        .map(|grant| {
            format!(
                "{}: {}/{} to {} {}",
                grant.namespace,
                grant.from_namespace,
                grant.from_kind,
                grant.to_kind,
                grant.to_name
            )
        })
        .collect();
    assert_eq!(
        all,
        [
            "certs: shop/Gateway to Secret tls",
            "orders: shop/HTTPRoute to Service stock"
        ]
    );
}
