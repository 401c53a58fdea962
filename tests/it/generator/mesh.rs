//! The mesh and its policies.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::names;
use super::world::{Mode, World};

pub(super) fn mesh(world: &World, choices: &mut Choices) -> Value {
    let mode = match world.mode {
        Mode::Absent => return Value::Null,
        Mode::None => "none",
        Mode::Sidecar => "sidecar",
        Mode::Ambient => "ambient",
    };
    let mut map = Map::new();
    put(&mut map, "mode", json!(mode));
    if world.by_pod {
        put(&mut map, "inject", json!("pod"));
    } else if choices.once_in(2) {
        put(&mut map, "inject", json!("namespace"));
    }
    if choices.once_in(3) {
        put(&mut map, "revision", json!(names::label(choices, &[])));
    }
    if world.root != "istio-system" {
        put(&mut map, "rootNamespace", json!(world.root));
    }
    if choices.once_in(4) {
        put(
            &mut map,
            "trustDomain",
            json!(choices.pick(&["mesh.example", "on", "1.0", "td_1"])),
        );
    }
    if choices.once_in(4) {
        put(
            &mut map,
            "clusterDomain",
            json!(choices.pick(&["cluster.internal", "k8s"])),
        );
    }
    if choices.once_in(3) {
        put(&mut map, "nativeSidecars", json!(choices.once_in(2)));
    }
    if world.registry_only {
        put(&mut map, "outboundTrafficPolicy", json!("REGISTRY_ONLY"));
    }
    put(&mut map, "mtls", mtls(world, choices));
    put(&mut map, "authorization", authorization(world, choices));
    Value::Object(map)
}

fn mode(world: &World, choices: &mut Choices) -> &'static str {
    if world.mode == Mode::Ambient {
        choices.pick(&["STRICT", "PERMISSIVE"])
    } else {
        choices.pick(&["STRICT", "PERMISSIVE", "DISABLE"])
    }
}

fn mtls(world: &World, choices: &mut Choices) -> Value {
    let mut map = Map::new();
    if choices.once_in(2) {
        put(&mut map, "mesh", json!(mode(world, choices)));
    }
    let mut namespaces = Map::new();
    for namespace in &world.namespaces {
        if choices.once_in(3) {
            namespaces.insert(namespace.clone(), json!(mode(world, choices)));
        }
    }
    put(&mut map, "namespaces", Value::Object(namespaces));
    let mut workloads: Vec<Value> = Vec::new();
    let mut taken = vec!["default".to_owned()];
    for _ in 0..choices.below(4).saturating_sub(1) {
        let name = names::object(choices, &taken);
        taken.push(name.clone());
        let mut one = Map::new();
        put(&mut one, "name", json!(name));
        put(
            &mut one,
            "namespace",
            json!(choices.pick(&world.namespaces)),
        );
        put(
            &mut one,
            "selector",
            json!({"app": names::label_value(choices)}),
        );
        let by_port = choices.once_in(2);
        if !by_port || choices.once_in(2) {
            put(&mut one, "mode", json!(mode(world, choices)));
        }
        if by_port {
            let port = choices.pick(&["9090", "1", "65535"]);
            put(&mut one, "ports", json!({port: mode(world, choices)}));
        }
        workloads.push(Value::Object(one));
    }
    put(&mut map, "workloads", Value::Array(workloads));
    Value::Object(map)
}

fn authorization(world: &World, choices: &mut Choices) -> Value {
    let mut all = Vec::new();
    for service in &world.services {
        if !service.in_mesh || service.selector.is_none() || !choices.once_in(2) {
            continue;
        }
        let mut map = Map::new();
        put(&mut map, "service", json!(service.name));
        put(&mut map, "namespace", json!(service.namespace));
        let led_to = world
            .led_to
            .contains(&(service.namespace.clone(), service.name.clone()));
        if led_to && choices.once_in(2) {
            put(&mut map, "only", json!(true));
        } else {
            put(&mut map, "alsoAllow", callers(world, choices));
        }
        if choices.once_in(3) {
            put(&mut map, "dryRun", json!(true));
        }
        all.push(Value::Object(map));
    }
    if choices.once_in(4) {
        let namespace = choices.pick(&world.namespaces);
        all.push(json!({"namespace": namespace, "alsoAllow": callers(world, choices)}));
    }
    Value::Array(all)
}

fn callers(world: &World, choices: &mut Choices) -> Value {
    let mut all = Vec::new();
    for _ in 0..choices.between(1, 3) {
        let mut map = Map::new();
        put(
            &mut map,
            "namespace",
            json!(choices.pick(&world.namespaces)),
        );
        if choices.once_in(2) {
            put(
                &mut map,
                "serviceAccount",
                json!(names::object(choices, &[])),
            );
        }
        all.push(Value::Object(map));
    }
    Value::Array(all)
}
