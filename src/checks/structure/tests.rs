//! One test for each kind of mistake.

use serde_json::{Value, json};

use super::{Extent, IDS, structure};
use crate::checks::Finding;
use crate::kube::json_tree::tree;
use crate::kube::{self, Channel, KindFacts, ObjectId, Target};

pub(super) const STANDARD: Channel = Channel::Standard;

pub(super) fn check_with(document: &Value, extent: Extent, target: &Target) -> Vec<Finding> {
    let tree = tree(document);
    let (version, kind) = ObjectId::read_kind(tree.root()).unwrap();
    let facts = kube::facts(version.group, kind).unwrap();
    let mut findings = Vec::new();
    structure(tree.root(), extent, facts, target, &mut |finding| {
        findings.push(finding);
    });
    findings
}

/// The findings as `id pointer`.
pub(super) fn brief(findings: &[Finding]) -> Vec<String> {
    let brief = |f: &Finding| {
        assert!(
            IDS.contains(&f.diagnostic.id),
            "{} is not in IDS",
            f.diagnostic.id
        );
        format!("{} {}", f.diagnostic.id, f.pointer)
    };
    findings.iter().map(brief).collect()
}

pub(super) fn check(document: &Value) -> Vec<String> {
    brief(&check_with(
        document,
        Extent::Whole,
        &Target::newest(STANDARD),
    ))
}

fn object(api_version: &str, kind: &str, spec: &Value) -> Value {
    json!({"apiVersion": api_version, "kind": kind, "metadata": {"name": "a"}, "spec": spec})
}

pub(super) fn route(spec: &Value) -> Value {
    object("gateway.networking.k8s.io/v1", "HTTPRoute", spec)
}

pub(super) fn gateway(listeners: &Value) -> Value {
    let spec = json!({"gatewayClassName": "eg", "listeners": listeners});
    object("gateway.networking.k8s.io/v1", "Gateway", &spec)
}

pub(super) fn policy(kind: &str, spec: &Value) -> Value {
    object("gateway.envoyproxy.io/v1alpha1", kind, spec)
}

#[test]
fn ids_are_sorted() {
    assert!(IDS.is_sorted());
}

#[test]
fn a_right_document_has_no_findings() {
    let listeners = json!([{"name": "http", "port": 80, "protocol": "HTTP", "hostname": null}]);
    assert_eq!(check(&gateway(&listeners)), [""; 0]);
}

#[test]
fn unknown_fields_and_what_was_meant() {
    let document = route(&json!({"hostname": ["a"], "rules": [{"matches": [{"paht": {}}]}]}));
    let found = check_with(&document, Extent::Whole, &Target::newest(STANDARD));
    let expected = [
        "unknown-field spec.hostname",
        "unknown-field spec.rules[0].matches[0].paht",
    ];
    assert_eq!(brief(&found), expected);
    assert_eq!(
        found[0].diagnostic.headline,
        "unknown field `spec.hostname`"
    );
    let notes = format!("{:?}", found[0].diagnostic.notes);
    assert!(notes.contains("Did you mean `hostnames`?"), "{notes}");
}

#[test]
fn wrong_types() {
    let document = json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
        "metadata": {"name": "a", "annotations": {"x": true}},
        "spec": {"hostnames": "a", "rules": [null, {"backendRefs": [
            {"name": "b", "port": "80"}, {"name": "c", "port": 80.5}, {"name": "d", "port": 80.0},
        ]}]},
    });
    let expected = [
        "wrong-type metadata.annotations.x",
        "wrong-type spec.hostnames",
        "wrong-type spec.rules[0]",
        "wrong-type spec.rules[1].backendRefs[0].port",
        "wrong-type spec.rules[1].backendRefs[1].port",
    ];
    assert_eq!(check(&document), expected);
}

#[test]
fn missing_fields_after_defaults_and_nulls() {
    let listeners = json!([{"name": "a", "port": null, "protocol": "HTTP"}]);
    assert_eq!(
        check(&gateway(&listeners)),
        ["missing-field spec.listeners[name=a]"]
    );
    let mut document = route(&json!({"parentRefs": [{}]}));
    document["metadata"] = json!({});
    assert_eq!(
        check(&document),
        ["missing-field spec.parentRefs[0]", "missing-field metadata"]
    );
    document["metadata"] = Value::Null;
    document["spec"] = Value::Null;
    assert_eq!(check(&document), ["missing-field ", "missing-field "]);
    let target = Target::newest(STANDARD);
    let part = json!({"apiVersion": "v1", "kind": "Service", "spec": {"ports": [{}]}});
    assert_eq!(brief(&check_with(&part, Extent::Partial, &target)), [""; 0]);
}

#[test]
fn values_patterns_and_bounds() {
    let document = route(&json!({"hostnames": ["A.example", ""], "rules": [{
        "matches": [{"method": "get", "path": {"type": "Prefix"}}],
        "timeouts": {"request": "1.5s"},
        "backendRefs": [{"name": "b", "port": 0}, {"name": "c", "port": 65536, "weight": -1}],
    }]}));
    let rule = "spec.rules[0]";
    let expected = [
        "pattern spec.hostnames[0]".to_owned(),
        "out-of-bounds spec.hostnames[1]".to_owned(),
        format!("not-allowed-value {rule}.matches[0].method"),
        format!("not-allowed-value {rule}.matches[0].path.type"),
        format!("pattern {rule}.timeouts.request"),
        format!("out-of-bounds {rule}.backendRefs[0].port"),
        format!("out-of-bounds {rule}.backendRefs[1].port"),
        format!("out-of-bounds {rule}.backendRefs[1].weight"),
    ];
    assert_eq!(check(&document), expected);
    let seventeen = vec!["a.example"; 17];
    assert_eq!(
        check(&route(&json!({"hostnames": seventeen}))),
        ["out-of-bounds spec.hostnames"]
    );
    assert_eq!(
        check(&gateway(&json!([]))),
        ["out-of-bounds spec.listeners"]
    );
    let big = policy("EnvoyProxy", &json!({"concurrency": 3_000_000_000_u64}));
    assert_eq!(check(&big), ["out-of-bounds spec.concurrency"]);
}

#[test]
fn integers_that_may_be_strings() {
    let spec = |limit: &Value| {
        let connection = json!({"bufferLimit": limit});
        let target =
            json!([{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "a"}]);
        policy(
            "ClientTrafficPolicy",
            &json!({"targetRefs": target, "connection": connection}),
        )
    };
    assert_eq!(check(&spec(&json!(32768))), [""; 0]);
    assert_eq!(check(&spec(&json!("32Ki"))), [""; 0]);
    assert_eq!(
        check(&spec(&json!("32 KB"))),
        ["pattern spec.connection.bufferLimit"]
    );
    assert_eq!(
        check(&spec(&json!([]))),
        ["wrong-type spec.connection.bufferLimit"]
    );
}

#[test]
fn the_same_key_or_item_twice() {
    let listener = |name: &str| json!({"name": name, "port": 80, "protocol": "HTTP"});
    let document = gateway(&json!([listener("a"), listener("b"), listener("a")]));
    let found = check_with(&document, Extent::Whole, &Target::newest(STANDARD));
    assert_eq!(brief(&found), ["duplicate-key spec.listeners[name=a]"]);
    assert_eq!(found[0].diagnostic.related.len(), 1);
    let ports = json!({"ports": [{"port": 80}, {"port": 80, "protocol": "TCP"}, {"name": "x"}]});
    let expected = [
        "missing-field spec.ports[2]",
        "duplicate-key spec.ports[port=80,protocol=TCP]",
    ];
    assert_eq!(check(&object("v1", "Service", &ports)), expected);
    let codes = json!({"rules": [{"retry": {"codes": [500, 503, 500]}}]});
    let target = Target::newest(Channel::Experimental);
    let found = check_with(&route(&codes), Extent::Whole, &target);
    assert_eq!(
        brief(&found),
        ["duplicate-item spec.rules[0].retry.codes[2]"]
    );
}

#[test]
fn alternatives() {
    let match_ = json!({"uri": {"exact": "/a", "prefix": "/b"}});
    let spec = json!({"hosts": ["a"], "http": [{"match": [match_]}]});
    let found = check(&object("networking.istio.io/v1", "VirtualService", &spec));
    assert_eq!(found, ["exclusive-fields spec.http[0].match[0].uri.prefix"]);
    let hash = json!({"useSourceIp": true, "ringHash": {}, "maglev": {}});
    let balancer = json!({"loadBalancer": {"consistentHash": hash}});
    let spec = json!({"host": "a", "trafficPolicy": balancer});
    let found = check(&object("networking.istio.io/v1", "DestinationRule", &spec));
    let place = "spec.trafficPolicy.loadBalancer.consistentHash";
    assert_eq!(found, [format!("exclusive-fields {place}.maglev")]);
    let mut document = gateway(&json!([{"name": "a", "port": 80, "protocol": "HTTP"}]));
    document["spec"]["addresses"] = json!([
        {"value": "10.0.0.1"}, {"value": "a.b"}, {"type": "Hostname", "value": "a.b"},
    ]);
    assert_eq!(check(&document), ["no-alternative spec.addresses[1]"]);
}

#[test]
fn what_controllers_do_not_leave_open() {
    for kind in ["EnvoyProxy", "BackendTrafficPolicy"] {
        let document = policy(kind, &json!({"routingType": "service"}));
        assert_eq!(
            check(&document),
            ["not-allowed-value spec.routingType"],
            "{kind}"
        );
    }
}

#[test]
fn names_in_metadata() {
    let document = json!({
        "apiVersion": "v1", "kind": "Namespace",
        "metadata": {
            "name": "a.b", "namespace": "c", "creationTimestamp": "yesterday",
            "labels": {"x/y/z": "1", "a": "-b", "istio-injection": "enabled", "empty": ""},
            "annotations": {"A.example/b": "", "": "x"}, "lables": {},
        },
    });
    let expected = [
        "format metadata.creationTimestamp",
        "unknown-field metadata.lables",
        "format metadata.name",
        "cluster-scoped metadata.namespace",
        r#"format metadata.labels["x/y/z"]"#,
        "format metadata.labels.a",
        r#"format metadata.annotations[""]"#,
    ];
    assert_eq!(check(&document), expected);
}

#[test]
fn findings_are_bounded_and_poison_is_passed_over() {
    let refs: Vec<Value> = (0..300).map(|_| json!({})).collect();
    let found = check(&route(&json!({"parentRefs": refs})));
    assert_eq!(found.len(), 100);

    let mut poisoned = tree(&route(&json!({"parentRefs": [{"name": 1}]})));
    let facts: &KindFacts = kube::facts("gateway.networking.k8s.io", "HTTPRoute").unwrap();
    let wrong = poisoned.root().at(&["spec", "parentRefs"]).unwrap();
    let item = wrong.items().next().unwrap().id();
    poisoned.poison(item);
    let target = Target::newest(STANDARD);
    structure(poisoned.root(), Extent::Whole, facts, &target, &mut |f| {
        panic!("{f:?}")
    });
}
