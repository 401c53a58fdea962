//! Each observation on the real data path of a mesh, as what the resolver makes of it.

use super::resolve;
use crate::model::{Model, Rule};
use crate::source::Origin;

/// A mesh with a gateway in front of `httpbin`, whose port is as given, and a route to it.
fn config(mesh: &str, port: &str, rule: &str) -> String {
    format!(
        "  mesh: {{mode: sidecar, {mesh}mtls: {{mesh: STRICT}}}}
  services:
    - {{name: httpbin, namespace: httpbin, inMesh: true, ports: [{{port: 8000, {port}}}]}}
    - {{name: other, namespace: httpbin, inMesh: true, ports: [{{port: 8000, {port}}}]}}
    - {{name: outside, namespace: httpbin, ports: [{{port: 8000, {port}}}]}}
  gateways:
    - {{name: apps, namespace: httpbin, listeners: [{{name: http, protocol: HTTP, port: 80}}]}}
  routes:
    - name: httpbin
      namespace: httpbin
      parents: [{{gateway: apps}}]
      hostnames: [www.example.com]
      rules: [{{{rule}}}]
"
    )
}

const ONE: &str = "backends: [{service: httpbin}]";
const TWO: &str = "backends: [{service: httpbin, weight: 3}, {service: other}]";
const HTTPBIN: &str = "httpbin.httpbin.svc.cluster.local";

fn resolved(mesh: &str, port: &str, rule: &str) -> Model {
    let (model, said) = resolve(&config(mesh, port, rule));
    assert_eq!(said, "");
    model
}

fn host(rule: &Rule) -> Option<&str> {
    rule.rewrite_host.as_ref().map(|host| host.value.as_str())
}

fn hosts_by_backend(rule: &Rule) -> Vec<Option<&str>> {
    rule.backends
        .iter()
        .map(|b| b.rewrite_host.as_ref().map(|h| h.value.as_str()))
        .collect()
}

#[test]
fn the_recipe_rewrites_to_the_full_name_and_routes_to_the_service() {
    let model = resolved("", "protocol: http, targetPort: 8080", ONE);
    assert_eq!(host(&model.routes[0].rules[0]), Some(HTTPBIN));
    let proxy = model.envoy_proxy.unwrap();
    assert!(proxy.routes_to_service.is_some(), "M03");
    let inbound = &proxy.pod_annotations
        [&crate::config::LabelKey::new("traffic.sidecar.istio.io/includeInboundPorts")];
    assert_eq!(inbound.value, "", "M02: no inbound port is captured");
    assert!(matches!(inbound.origin, Origin::Derived { .. }));
}

#[test]
fn each_protocol_declared_to_be_http_needs_the_full_name() {
    for protocol in ["http", "grpc-web"] {
        let model = resolved("", &format!("protocol: {protocol}"), ONE);
        assert_eq!(
            host(&model.routes[0].rules[0]),
            Some(HTTPBIN),
            "M04 {protocol}"
        );
    }
}

#[test]
fn an_undeclared_port_needs_nothing() {
    for port in ["", "targetPort: 8080"] {
        let model = resolved("", port, TWO);
        assert_eq!(host(&model.routes[0].rules[0]), None);
        assert_eq!(hosts_by_backend(&model.routes[0].rules[0]), [None, None]);
    }
}

#[test]
fn ports_of_bytes_need_nothing() {
    for protocol in ["tcp", "tls", "https"] {
        let model = resolved("", &format!("protocol: {protocol}"), ONE);
        assert_eq!(host(&model.routes[0].rules[0]), None, "{protocol}");
    }
}

#[test]
fn a_service_outside_the_mesh_keeps_the_public_name_unless_only_known_hosts_pass() {
    let rule = "backends: [{service: outside}]";
    let model = resolved("", "protocol: http", rule);
    assert_eq!(host(&model.routes[0].rules[0]), None);
    let model = resolved(
        "outboundTrafficPolicy: REGISTRY_ONLY, ",
        "protocol: http",
        rule,
    );
    let full = "outside.httpbin.svc.cluster.local";
    assert_eq!(
        host(&model.routes[0].rules[0]),
        Some(full),
        "REGISTRY_ONLY: 502 otherwise"
    );
}

#[test]
fn several_backends_get_a_host_each() {
    let model = resolved("", "protocol: http", TWO);
    let rule = &model.routes[0].rules[0];
    assert_eq!(
        host(rule),
        None,
        "M06: one host would send everything to one of them"
    );
    let other = "other.httpbin.svc.cluster.local";
    assert_eq!(hosts_by_backend(rule), [Some(HTTPBIN), Some(other)]);
}

#[test]
fn a_mirror_on_a_declared_port_would_come_to_the_primary() {
    let rule = "backends: [{service: httpbin}], mirrors: [{service: other}]";
    let (_, said) = resolve(&config("", "protocol: http", rule));
    assert_eq!(
        said, "13:68 error misrouted-mirror: copies for `other` would not reach it\n",
        "M07"
    );
    resolved("", "", rule);
}

#[test]
fn principals_have_no_scheme() {
    let spec = config("", "protocol: http", ONE).replace(
        "mtls: {mesh: STRICT}",
        "mtls: {mesh: STRICT}, authorization: [{namespace: httpbin, only: true}]",
    );
    let (model, said) = resolve(&spec);
    assert_eq!(said, "");
    let [policy] = model.authorization_policies.as_slice() else {
        panic!("one policy")
    };
    assert_eq!(
        format!("{:?}", policy.allow[0].value),
        "Identity(\"cluster.local/ns/envoy-gateway-system/sa/envoy-httpbin-apps-c67ca8f9\")"
    );
}

#[test]
fn preserving_on_port_80_takes_a_virtual_service_alone() {
    let spec = config(
        "",
        "protocol: http",
        &format!("upstreamHost: preserve, {ONE}"),
    )
    .replace("port: 8000", "port: 80");
    let (model, said) = resolve(&spec);
    assert_eq!(said, "");
    assert_eq!(host(&model.routes[0].rules[0]), None);
    let [virtual_service] = model.virtual_services.as_slice() else {
        panic!("one")
    };
    assert_eq!(virtual_service.hosts[0].as_str(), "www.example.com");
    assert_eq!(
        virtual_service.destinations.values().next().unwrap().value,
        HTTPBIN
    );
    assert!(model.service_entries.is_empty());
}

#[test]
fn preserving_on_another_port_takes_a_service_entry_too_seen_by_the_proxies() {
    let model = resolved(
        "",
        "protocol: http",
        &format!("upstreamHost: preserve, {ONE}"),
    );
    let [entry] = model.service_entries.as_slice() else {
        panic!("one")
    };
    assert_eq!(entry.ports.iter().map(|p| p.0).collect::<Vec<_>>(), [8000]);
    for seen_by in [&entry.export_to, &model.virtual_services[0].export_to] {
        let names: Vec<&str> = seen_by.iter().map(|namespace| namespace.as_str()).collect();
        assert_eq!(names, ["envoy-gateway-system"]);
    }
}

#[test]
fn a_kept_name_would_draw_requests_from_another_service_on_the_port() {
    let rule = "upstreamHost: preserve, backends: [{service: httpbin}, {service: outside}]";
    let (_, said) = resolve(&config("", "protocol: http", rule));
    assert!(said.contains("error misled-by-preserved-host"), "{said}");
    let others = config("", "protocol: http", rule).replace(
        "{name: outside, namespace: httpbin, ports: [{port: 8000",
        "{name: outside, namespace: httpbin, ports: [{port: 8001",
    );
    let (_, said) = resolve(&others);
    assert_eq!(said, "");
}

#[test]
fn a_kept_name_would_draw_copies_from_a_mirror_on_the_port() {
    let rule =
        "upstreamHost: preserve, backends: [{service: httpbin}], mirrors: [{service: outside}]";
    let (_, said) = resolve(&config("", "protocol: http", rule));
    assert!(said.contains("error misled-by-preserved-host"), "{said}");
    let without = "backends: [{service: outside}], mirrors: [{service: outside}]";
    resolved("", "protocol: http", without);
}

#[test]
fn a_gateway_that_only_sends_copies_is_admitted_too() {
    let rule = "backends: [{service: outside}], mirrors: [{service: httpbin}]";
    let protected =
        "mtls: {mesh: STRICT}, authorization: [{service: httpbin, namespace: httpbin, only: true}]";
    let spec = config("", "targetPort: 8080", rule)
        .replace("mtls: {mesh: STRICT}", protected)
        .replacen(
            "inMesh: true,",
            "inMesh: true, selector: {app: httpbin},",
            1,
        );
    let (model, said) = resolve(&spec);
    assert_eq!(said, "");
    assert_eq!(model.authorization_policies[0].allow.len(), 1);
}

#[test]
fn preserving_an_undeclared_port_renders_nothing() {
    let model = resolved("", "", &format!("upstreamHost: preserve, {ONE}"));
    assert!(model.virtual_services.is_empty() && model.service_entries.is_empty());
}

#[test]
fn a_headless_service_works_only_where_both_ports_are_one() {
    let headless = |port: &str| {
        config("", port, ONE).replacen("inMesh: true,", "inMesh: true, headless: true,", 1)
    };
    let (_, said) = resolve(&headless("protocol: http, targetPort: 8080"));
    assert!(
        said.contains("error headless-with-target-port"),
        "M31: {said}"
    );
    let (model, said) = resolve(&headless("protocol: http"));
    assert_eq!(said, "");
    assert_eq!(host(&model.routes[0].rules[0]), Some(HTTPBIN));
}

#[test]
fn an_http_2_port_is_warned_of() {
    for protocol in ["http2", "grpc"] {
        let (model, said) = resolve(&config("", &format!("protocol: {protocol}"), ONE));
        assert!(said.contains("warning http2-backend"), "M14: {said}");
        assert_eq!(host(&model.routes[0].rules[0]), Some(HTTPBIN));
    }
}

#[test]
fn an_address_is_no_host_to_rewrite_to() {
    let rule = format!("rewrite: {{host: 10.0.0.1}}, {ONE}");
    let (_, said) = resolve(&config("", "", &rule));
    assert!(
        said.contains(" error "),
        "an address as the rewritten host is answered 500: {said}"
    );
}

#[test]
fn another_host_would_be_lost() {
    let rule = format!("rewrite: {{host: api.example.com}}, {ONE}");
    let (_, said) = resolve(&config("", "protocol: http", &rule));
    assert!(said.contains("error lost-host"), "{said}");
    let model = resolved(
        "",
        "protocol: http",
        &format!("upstreamHost: preserve, {rule}"),
    );
    assert_eq!(host(&model.routes[0].rules[0]), Some("api.example.com"));
    assert_eq!(
        model.virtual_services[0].hosts[0].as_str(),
        "api.example.com"
    );
}

#[test]
fn grpc_has_no_rewrite() {
    let spec = config("", "protocol: grpc", ONE)
        .replace("name: httpbin\n", "name: httpbin\n      type: grpc\n");
    let (_, said) = resolve(&spec);
    assert!(said.contains("error grpc-rewrite"), "{said}");
    let spec = spec.replace("rules: [{", "upstreamHost: preserve\n      rules: [{");
    let (model, said) = resolve(&spec);
    assert_eq!(said, "");
    assert_eq!(model.virtual_services.len(), 1);
}

#[test]
fn injection_by_pod_goes_round_the_sidecar_to_the_control_plane() {
    let model = resolved("inject: pod, ", "protocol: http", ONE);
    let proxy = model.envoy_proxy.unwrap();
    let labels: Vec<_> = proxy
        .pod_labels
        .iter()
        .map(|(k, v)| (k.as_str(), v.value.as_str()))
        .collect();
    assert_eq!(labels, [("sidecar.istio.io/inject", "true")]);
    let excluded = &proxy.pod_annotations
        [&crate::config::LabelKey::new("traffic.sidecar.istio.io/excludeOutboundPorts")];
    assert_eq!(excluded.value, "18000,18001,18002");
    assert!(model.control_plane.xds_is_tls.is_none());
    let names: Vec<&str> = model.namespaces.iter().map(|ns| ns.name.as_str()).collect();
    assert_eq!(
        names,
        ["httpbin"],
        "the control plane's namespace is left alone"
    );
}

#[test]
fn the_control_planes_port_is_tls_exactly_where_a_sidecar_stands_before_it() {
    let tls = |mesh: &str, more: &str| {
        let (model, said) = resolve(&format!("{}{more}", config(mesh, "protocol: http", ONE)));
        assert_eq!(said, "");
        model.control_plane.xds_is_tls.is_some()
    };
    let by_gateway = "  controlPlane: {deployMode: gatewayNamespace}\n";
    assert!(tls("", ""), "the control plane is injected");
    assert!(
        !tls("", by_gateway),
        "the control plane is outside the mesh"
    );
    assert!(tls("outboundTrafficPolicy: REGISTRY_ONLY, ", by_gateway));
    assert!(!tls(
        "inject: pod, outboundTrafficPolicy: REGISTRY_ONLY, ",
        ""
    ));
    assert!(!tls("inject: pod, ", ""));
}

#[test]
fn halves_of_both_injections_are_refused() {
    let spec = config("inject: pod, ", "protocol: http", ONE)
        + "  namespaces: [{name: envoy-gateway-system, labels: {istio-injection: enabled}}]\n";
    let (_, said) = resolve(&spec);
    assert!(said.contains("error mixed-injection"), "{said}");
}

#[test]
fn ambient_needs_neither_rewrite_nor_service_routing() {
    let spec = config("", "protocol: http", TWO).replace("mode: sidecar", "mode: ambient");
    let (model, said) = resolve(&spec);
    assert_eq!(said, "");
    assert_eq!(hosts_by_backend(&model.routes[0].rules[0]), [None, None]);
    let proxy = model.envoy_proxy.unwrap();
    assert!(proxy.routes_to_service.is_none());
    let annotations: Vec<_> = proxy
        .pod_annotations
        .iter()
        .map(|(k, v)| (k.as_str(), v.value.as_str()))
        .collect();
    assert_eq!(
        annotations,
        [("ambient.istio.io/bypass-inbound-capture", "true")]
    );
    for namespace in &model.namespaces {
        let labels: Vec<_> = namespace
            .labels
            .iter()
            .map(|(k, v)| (k.as_str(), v.value.as_str()))
            .collect();
        assert_eq!(labels, [("istio.io/dataplane-mode", "ambient")]);
    }
    assert!(model.control_plane.xds_is_tls.is_none());
}

#[test]
fn without_a_mesh_nothing_of_it_is_there() {
    let spec = config("", "protocol: http", ONE);
    let (_, without) = spec.split_once('\n').unwrap();
    let without = without.to_owned();
    for spec in [without, spec.replace("mode: sidecar", "mode: none")] {
        let (model, said) = resolve(&spec);
        assert_eq!(said, "");
        assert!(model.mesh.is_none() && model.envoy_proxy.is_none());
        assert!(model.namespaces.is_empty() && model.peer_authentications.is_empty());
        assert_eq!(host(&model.routes[0].rules[0]), None);
    }
}
