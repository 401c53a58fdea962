//! Routes: where they attach and what they answer to.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::rules::{self, RuleScope};
use super::world::{Listener, World};
use super::{auth, names, settings};

/// A place for routes: a gateway, and the listener where one is named.
struct Spot {
    gateway: usize,
    listener: Option<usize>,
    /// The hostnames of the listeners that admit the route; one without serves any.
    hosts: Vec<Option<String>>,
}

pub(super) fn routes(world: &mut World, choices: &mut Choices) -> Value {
    let mut all = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    for _ in 0..choices.between(1, 4) {
        let Some(route) = route(&mut taken, world, choices) else {
            continue;
        };
        all.push(route);
    }
    Value::Array(all)
}

fn route(taken: &mut Vec<String>, world: &mut World, choices: &mut Choices) -> Option<Value> {
    let namespace = choices.pick(&world.namespaces);
    let mut spots = spots(&namespace, world);
    if spots.is_empty() {
        return None;
    }
    choices.shuffle(&mut spots);
    let mut chosen: Vec<Spot> = Vec::new();
    let most = choices.between(1, 3);
    for spot in spots {
        // Two references to one gateway have to name different listeners.
        let clash = chosen.iter().any(|other| {
            other.gateway == spot.gateway
                && (other.listener.is_none()
                    || spot.listener.is_none()
                    || other.listener == spot.listener)
        });
        if chosen.len() < most && !clash {
            chosen.push(spot);
        }
    }
    let hostnames = hostnames(&chosen, choices);
    let name = names::object(choices, taken);
    taken.push(name.clone());
    let mut map = Map::new();
    put(&mut map, "name", json!(name));
    put(&mut map, "namespace", json!(namespace));
    let is_grpc = choices.once_in(4);
    if is_grpc {
        put(&mut map, "type", json!("grpc"));
    } else if choices.once_in(3) {
        put(&mut map, "type", json!("http"));
    }
    put(&mut map, "labels", settings::labels(choices));
    put(&mut map, "annotations", settings::annotations(choices));
    let parents = chosen
        .iter()
        .map(|spot| parent(spot, &namespace, world, choices));
    put(&mut map, "parents", parents.collect());
    put(&mut map, "hostnames", json!(hostnames));
    let mut scope = RuleScope {
        namespace: &namespace,
        hostnames: &hostnames,
        is_grpc,
        answers: None,
    };
    let mut after = world.clone();
    let rules = rules::rules(&mut scope, &mut after, choices)?;
    *world = after;
    if let Some(path) = &scope.answers {
        let host = hostnames
            .first()
            .map_or("login.example.com", String::as_str);
        let host = host.replace('*', "any");
        let answers = format!("https://{host}{path}");
        if choices.once_in(4) {
            put(&mut map, "auth", auth::auth(&answers, world, choices));
        }
        for spot in &chosen {
            world.gateways[spot.gateway].answers = Some(answers.clone());
        }
    }
    for spot in &chosen {
        world.gateways[spot.gateway].has_routes = true;
    }
    put(&mut map, "rules", rules);
    Some(Value::Object(map))
}

fn spots(namespace: &str, world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (at, gateway) in world.gateways.iter().enumerate() {
        let open = |listener: &Listener| {
            !listener.redirects && listener.admits.iter().any(|admitted| admitted == namespace)
        };
        let listeners = gateway.listeners.iter().enumerate();
        let open: Vec<(usize, &Listener)> =
            listeners.filter(|(_, listener)| open(listener)).collect();
        if open.is_empty() {
            continue;
        }
        spots.push(Spot {
            gateway: at,
            listener: None,
            hosts: open
                .iter()
                .map(|(_, listener)| listener.hostname.clone())
                .collect(),
        });
        spots.extend(open.iter().map(|(index, listener)| Spot {
            gateway: at,
            listener: Some(*index),
            hosts: vec![listener.hostname.clone()],
        }));
    }
    spots
}

/// None, or at least one that each of the places serves.
fn hostnames(chosen: &[Spot], choices: &mut Choices) -> Vec<String> {
    if choices.once_in(5) {
        return Vec::new();
    }
    let mut all: Vec<String> = Vec::new();
    for spot in chosen {
        let host = match choices.pick(&spot.hosts) {
            None => choices
                .pick(&[
                    "www.example.com",
                    "*.shop.example",
                    "on.off",
                    "xn--bcher-kva.example",
                ])
                .to_owned(),
            Some(host) => match host.strip_prefix("*.") {
                Some(rest) => {
                    choices.pick(&[host.clone(), format!("a.{rest}"), format!("1e3.{rest}")])
                }
                None => host,
            },
        };
        if !all.contains(&host) {
            all.push(host);
        }
    }
    all
}

fn parent(spot: &Spot, namespace: &str, world: &World, choices: &mut Choices) -> Value {
    let gateway = &world.gateways[spot.gateway];
    let mut map = Map::new();
    put(&mut map, "gateway", json!(gateway.name));
    let same = world
        .gateways
        .iter()
        .filter(|other| other.name == gateway.name)
        .count();
    if (same > 1 && gateway.namespace != namespace) || choices.once_in(3) {
        put(&mut map, "namespace", json!(gateway.namespace));
    }
    if let Some(listener) = spot.listener {
        put(
            &mut map,
            "listener",
            json!(gateway.listeners[listener].name),
        );
    }
    Value::Object(map)
}
