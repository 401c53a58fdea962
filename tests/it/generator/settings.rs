//! The areas that little else depends on.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::names;
use super::world::{Mode, World};

fn some(choices: &mut Choices, all: &[&str]) -> Value {
    if choices.once_in(2) {
        json!(choices.pick(all))
    } else {
        Value::Null
    }
}

pub(super) fn target(world: &World, choices: &mut Choices) -> Value {
    let mut map = Map::new();
    put(
        &mut map,
        "envoyGateway",
        some(choices, &["1.9", "1.8", "1.7"]),
    );
    if world.old_crds {
        put(&mut map, "gatewayApi", json!("1.4"));
    } else {
        put(&mut map, "gatewayApi", some(choices, &["1.6", "1.5"]));
    }
    put(
        &mut map,
        "channel",
        some(choices, &["standard", "experimental"]),
    );
    put(&mut map, "istio", some(choices, &["1.31", "1.30", "1.29"]));
    Value::Object(map)
}

pub(super) fn control_plane(world: &World, choices: &mut Choices) -> Value {
    let mut map = Map::new();
    put(
        &mut map,
        "distribution",
        some(choices, &["envoyGateway", "teg"]),
    );
    if world.home != "envoy-gateway-system" {
        put(&mut map, "namespace", json!(world.home));
    }
    let modes = ["controllerNamespace", "gatewayNamespace"];
    put(&mut map, "deployMode", some(choices, &modes));
    put(
        &mut map,
        "delivery",
        some(choices, &["patch", "helmValues"]),
    );
    let mut class = Map::new();
    if choices.once_in(3) {
        put(&mut class, "name", json!(names::object(choices, &[])));
    }
    put(
        &mut class,
        "manage",
        some(choices, &["create", "patch", "none"]),
    );
    put(&mut map, "gatewayClass", Value::Object(class));
    Value::Object(map)
}

pub(super) fn proxy(choices: &mut Choices) -> Value {
    let mut map = Map::new();
    if choices.once_in(4) {
        put(&mut map, "name", json!(names::object(choices, &[])));
    }
    if choices.once_in(3) {
        put(
            &mut map,
            "replicas",
            json!(choices.pick(&[2, 0, 2_147_483_647])),
        );
    }
    if choices.once_in(3) {
        let mut resources = Map::new();
        let all = ["250m", "2", "1e3", ".5", "1E", "512Mi"];
        put(&mut resources, "cpu", some(choices, &all));
        put(&mut resources, "memory", json!(choices.pick(&all)));
        put(&mut map, "resources", Value::Object(resources));
    }
    let levels = ["warn", "trace", "debug", "info", "error"];
    put(&mut map, "logLevel", some(choices, &levels));
    if choices.once_in(4) {
        put(
            &mut map,
            "serviceAccount",
            json!(names::object(choices, &[])),
        );
    }
    if choices.once_in(3) {
        let mut service = Map::new();
        put(
            &mut service,
            "type",
            some(choices, &["LoadBalancer", "ClusterIP", "NodePort"]),
        );
        put(
            &mut service,
            "externalTrafficPolicy",
            some(choices, &["Local", "Cluster"]),
        );
        put(&mut service, "annotations", annotations(choices));
        if !service.is_empty() {
            put(&mut map, "service", Value::Object(service));
        }
    }
    Value::Object(map)
}

pub(super) fn annotations(choices: &mut Choices) -> Value {
    let mut map = Map::new();
    for _ in 0..choices.below(6).saturating_sub(2) {
        let key = choices.pick(&[
            "note",
            "example.com/owner",
            "on",
            "example.com/1e3",
            "a_b.c",
            "example.com/0",
            "N",
        ]);
        map.insert(key.to_owned(), json!(names::text(choices)));
    }
    Value::Object(map)
}

pub(super) fn labels(choices: &mut Choices) -> Value {
    let mut map = Map::new();
    for _ in 0..choices.below(5).saturating_sub(2) {
        let key = choices.pick(&["team", "example.com/tier", "y", "example.com/0x10", "No"]);
        map.insert(key.to_owned(), json!(names::label_value(choices)));
    }
    Value::Object(map)
}

pub(super) fn namespaces(world: &World, choices: &mut Choices) -> Value {
    let listed = world.namespaces.iter().map(|namespace| {
        let known = world.labels.get(namespace);
        // A selector may read the labels, so that a namespace with some is always listed.
        if known.is_none() && choices.once_in(2) {
            return Value::Null;
        }
        let mut map = Map::new();
        put(&mut map, "name", json!(namespace));
        put(
            &mut map,
            "manage",
            some(choices, &["create", "patch", "none"]),
        );
        if let Some((key, value)) = known {
            put(&mut map, "labels", json!({key: value}));
        }
        Value::Object(map)
    });
    let mut listed: Vec<Value> = listed.filter(|item| !item.is_null()).collect();
    if !world.namespaces.contains(&world.home) && choices.once_in(5) {
        let mut map = Map::new();
        put(&mut map, "name", json!(world.home));
        put(&mut map, "manage", json!(choices.pick(&["create", "none"])));
        if world.mode == Mode::Absent && choices.once_in(2) {
            put(&mut map, "labels", json!({"istio-injection": "enabled"}));
        }
        listed.push(Value::Object(map));
    }
    Value::Array(listed)
}

pub(super) fn output(choices: &mut Choices) -> Value {
    let mut map = Map::new();
    put(
        &mut map,
        "defaults",
        some(choices, &["explicit", "implicit"]),
    );
    // Layouts in which objects share files have tests of their own.
    put(
        &mut map,
        "layout",
        some(choices, &["namespace", "kustomize", "kind"]),
    );
    for field in ["protect", "phases"] {
        let tools = [
            json!(null),
            json!(["argocd"]),
            json!(["flux"]),
            json!(["flux", "argocd"]),
        ];
        put(&mut map, field, tools[choices.below(tools.len())].clone());
    }
    if choices.once_in(4) {
        put(
            &mut map,
            "flux",
            json!({"path": "./on", "sourceRef": {"name": "edge"}}),
        );
    }
    if choices.once_in(4) {
        let mut argocd = json!({"repoURL": "git@git.example.com:edge.git", "path": "0/off"});
        if choices.once_in(2) {
            argocd["clusters"] = json!({"matchLabels": {"env": names::label_value(choices)}});
        }
        put(&mut map, "argocd", argocd);
    }
    Value::Object(map)
}

pub(super) fn tests(choices: &mut Choices) -> Value {
    let all = [
        json!({"request": "https://www.example.com/httpbin/get", "expect": {"hop": "mtls"}}),
        json!({"name": "no", "request": {"method": "POST", "url": "http://a.b/"}, "expect": {"status": 404}}),
    ];
    let count = choices.below(6).saturating_sub(3);
    all.into_iter().take(count).collect()
}
