//! Gateways, their listeners and their certificates.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::world::{Gateway, Listener, World};
use super::{auth, names, settings};

/// Hostnames of listeners, each with one that a certificate of another shape would have for it.
const HOSTNAMES: &[(&str, &str)] = &[
    ("*.example.com", "*.example.com"),
    ("www.example.com", "*.example.com"),
    ("a.b.example.com", "*.b.example.com"),
    ("on.null", "on.null"),
    ("1e3.0x10", "*.0x10"),
];

pub(super) fn gateways(world: &mut World, choices: &mut Choices) -> Vec<Value> {
    let mut all = Vec::new();
    for _ in 0..choices.between(1, 3) {
        let namespace = choices.pick(&world.namespaces);
        let beside = world.gateways.iter().filter(|g| g.namespace == namespace);
        let taken: Vec<String> = beside.map(|g| g.name.clone()).collect();
        let name = names::label(choices, &taken);
        let (listeners, known) = listeners(&namespace, world, choices);
        let mut map = Map::new();
        put(&mut map, "name", json!(name));
        put(&mut map, "namespace", json!(namespace));
        put(&mut map, "labels", settings::labels(choices));
        put(&mut map, "annotations", settings::annotations(choices));
        put(&mut map, "listeners", listeners);
        all.push(Value::Object(map));
        world.gateways.push(Gateway {
            name,
            namespace,
            listeners: known,
            answers: None,
            has_routes: false,
        });
    }
    all
}

fn listeners(namespace: &str, world: &mut World, choices: &mut Choices) -> (Value, Vec<Listener>) {
    let (mut all, mut known): (Vec<Value>, Vec<Listener>) = (Vec::new(), Vec::new());
    let mut taken: Vec<(u16, Option<String>)> = Vec::new();
    let mut secure: Vec<(String, Option<String>)> = Vec::new();
    for _ in 0..choices.between(1, 4) {
        let is_secure = choices.once_in(2);
        let port = if is_secure {
            choices.pick(&[443, 8443, 65535])
        } else {
            choices.pick(&[80, 8080, 1])
        };
        let hostname = choices.once_in(2).then(|| choices.pick(HOSTNAMES));
        let host = hostname.map(|(host, _)| host.to_owned());
        if taken.contains(&(port, host.clone())) {
            continue;
        }
        taken.push((port, host.clone()));
        let names: Vec<String> = known.iter().map(|listener| listener.name.clone()).collect();
        let name = names::object(choices, &names);
        let mut map = Map::new();
        put(&mut map, "name", json!(name));
        put(
            &mut map,
            "protocol",
            json!(if is_secure { "HTTPS" } else { "HTTP" }),
        );
        put(&mut map, "port", json!(port));
        put(&mut map, "hostname", json!(host));
        if is_secure {
            put(&mut map, "tls", tls(hostname, world, choices));
            secure.push((name.clone(), host.clone()));
        }
        // What redirects comes after what it redirects to, and admits its own namespace.
        let to = secure.iter().find(|(_, own)| *own == host || own.is_none());
        let redirects = !is_secure && !known.is_empty() && to.is_some() && choices.once_in(2);
        let mut admits = vec![namespace.to_owned()];
        if let (true, Some((to, _))) = (redirects, to) {
            put(&mut map, "redirectTo", json!(to));
        } else if choices.once_in(2) {
            let (allowed, namespaces) = allowed(namespace, world, choices);
            put(&mut map, "allowedRoutes", allowed);
            admits = namespaces;
        }
        all.push(Value::Object(map));
        known.push(Listener {
            name,
            hostname: host,
            admits,
            redirects,
        });
    }
    // Their order means nothing to what redirects.
    if choices.once_in(2) {
        all.reverse();
        known.reverse();
    }
    (Value::Array(all), known)
}

fn tls(hostname: Option<(&str, &str)>, world: &mut World, choices: &mut Choices) -> Value {
    let secret = names::object(choices, &[]);
    let elsewhere = choices.once_in(3).then(|| choices.pick(&world.namespaces));
    if choices.once_in(2) {
        let mut map = Map::new();
        put(&mut map, "secret", json!(secret));
        put(&mut map, "namespace", json!(elsewhere));
        if choices.once_in(3) {
            put(&mut map, "mode", json!("Terminate"));
        }
        return Value::Object(map);
    }
    let taken: Vec<String> = world
        .certificates
        .iter()
        .filter_map(|certificate| Some(certificate["name"].as_str()?.to_owned()))
        .collect();
    let name = names::object(choices, &taken);
    let mut certificate = Map::new();
    put(&mut certificate, "name", json!(name));
    if choices.once_in(2) {
        put(&mut certificate, "secret", json!(secret));
    }
    put(
        &mut certificate,
        "namespace",
        json!(choices.pick(&world.namespaces)),
    );
    // What a certificate is for has to cover what is served by it.
    if let (Some((_, certified)), true) = (hostname, choices.once_in(2)) {
        put(
            &mut certificate,
            "hostnames",
            json!([certified, "other.example.com"]),
        );
    }
    world.certificates.push(Value::Object(certificate));
    if choices.once_in(2) {
        return json!({"certificate": name});
    }
    let mut second = Map::new();
    put(&mut second, "secret", json!(names::object(choices, &[])));
    put(&mut second, "namespace", json!(elsewhere));
    json!({"certificates": [{"certificate": name}, second]})
}

/// Which routes may attach, and the namespaces that are surely among them.
fn allowed(namespace: &str, world: &World, choices: &mut Choices) -> (Value, Vec<String>) {
    match choices.below(5) {
        0 => (json!({"from": "All"}), world.namespaces.clone()),
        1 => (json!({"from": "Same"}), vec![namespace.to_owned()]),
        2 => {
            let chosen = choices.pick(&world.namespaces);
            let requirement = json!({"key": "kubernetes.io/metadata.name", "operator": "In", "values": [chosen, "other"]});
            let selector = json!({"matchExpressions": [requirement, {"key": "kubernetes.io/metadata.name", "operator": "Exists"}]});
            (
                json!({"from": "Selector", "selector": selector}),
                vec![chosen],
            )
        }
        3 => {
            let selector =
                json!({"matchExpressions": [{"key": "never", "operator": "DoesNotExist"}]});
            let listed = world.labels.keys().cloned().collect();
            (json!({"from": "Selector", "selector": selector}), listed)
        }
        _ => match world.labels.iter().next() {
            Some((chosen, (key, value))) => {
                let selector = json!({"matchLabels": {key: value}});
                (
                    json!({"from": "Selector", "selector": selector}),
                    vec![chosen.clone()],
                )
            }
            None => (json!({"from": "All"}), world.namespaces.clone()),
        },
    }
}

/// Now that the routes are known, some gateways ask who comes in.
pub(super) fn with_auth(gateways: Vec<Value>, world: &World, choices: &mut Choices) -> Value {
    let all = gateways.into_iter().zip(&world.gateways);
    let all = all.map(|(mut written, gateway)| {
        if choices.once_in(5)
            && let Some(answers) = &gateway.answers
            && let Value::Object(map) = &mut written
        {
            put(map, "auth", auth::auth(answers, world, choices));
        }
        written
    });
    all.collect()
}
