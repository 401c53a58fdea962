//! Where requests go, and by which host.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::names;
use super::rules::RuleScope;
use super::world::{Mode, Port, Service, World};

pub(super) fn backends(
    map: &mut Map<String, Value>,
    replaceable: bool,
    scope: &RuleScope<'_>,
    world: &mut World,
    choices: &mut Choices,
) -> Option<()> {
    let mut chosen: Vec<(Service, Port)> = Vec::new();
    for _ in 0..choices.pick(&[1, 1, 1, 2, 3]) {
        let service = choices.pick(&world.services);
        let port = choices.pick(&service.ports);
        chosen.push((service, port));
    }
    let needing = |chosen: &[(Service, Port)], world: &World| -> Vec<(u16, String)> {
        let all = chosen
            .iter()
            .filter(|(service, port)| world.needs_host(service, port));
        all.map(|(service, port)| {
            (
                port.number,
                format!("{}/{}", service.namespace, service.name),
            )
        })
        .collect()
    };
    // Where a public name is kept, it can lead to one Service on each port.
    let mut kept: Vec<((String, u16), String)> = Vec::new();
    let keepable = !scope.hostnames.is_empty() && {
        let hosts = scope.hostnames.iter();
        let all = needing(&chosen, world);
        kept.extend(hosts.flat_map(|host| {
            all.iter()
                .map(|(port, to)| ((host.clone(), *port), to.clone()))
        }));
        let agrees = |(key, to): &((String, u16), String)| {
            let other = |(known, there): &((String, u16), String)| known != key || there == to;
            world.kept.get(key).is_none_or(|known| known == to) && kept.iter().all(other)
        };
        kept.iter().all(agrees)
    };
    let mut needs = !needing(&chosen, world).is_empty();
    let in_mesh = chosen.iter().any(|(service, _)| service.in_mesh);
    let preserve = keepable && (choices.once_in(3) || (scope.is_grpc && needs));
    if preserve {
        put(map, "upstreamHost", json!("preserve"));
        world.kept.extend(kept);
    } else if scope.is_grpc && needs {
        // A gRPC route cannot rewrite the host: only what needs no known host will do.
        chosen = vec![plain_backend(world)?];
        needs = false;
    } else if choices.once_in(4) && !(scope.is_grpc && in_mesh) {
        put(map, "upstreamHost", json!("service"));
    }
    let forced = map.get("upstreamHost") == Some(&json!("service")) && in_mesh;
    let rewritten = world.mode == Mode::Sidecar && !preserve && (needs || forced);
    if !scope.is_grpc && choices.once_in(3) {
        let mut rewrite = Map::new();
        match choices.below(3) {
            0 if replaceable => put(&mut rewrite, "pathPrefix", json!(names::path(choices))),
            1 => put(&mut rewrite, "path", json!(names::path(choices))),
            _ if !rewritten && !preserve => put(&mut rewrite, "host", json!("backend.example.com")),
            _ => {}
        }
        put(map, "rewrite", Value::Object(rewrite));
    }
    let with_weights = choices.once_in(2);
    let written = chosen.iter().enumerate().map(|(at, (service, port))| {
        let mut one = Map::new();
        refer(&mut one, service, port, scope.namespace, choices);
        if with_weights {
            let weight = choices.pick(&[1, 0, 90, 1_000_000]);
            put(
                &mut one,
                "weight",
                json!(if at == 0 { weight.max(1) } else { weight }),
            );
        }
        Value::Object(one)
    });
    put(map, "backends", written.collect());
    if choices.once_in(4) {
        mirror(map, &chosen, rewritten, scope, world, choices);
    }
    world.led_to.extend(
        chosen
            .into_iter()
            .map(|(service, _)| (service.namespace, service.name)),
    );
    Some(())
}

fn plain_backend(world: &World) -> Option<(Service, Port)> {
    let all = world
        .services
        .iter()
        .flat_map(|service| service.ports.iter().map(move |port| (service, port)));
    let mut plain = all.filter(|(service, port)| !world.needs_host(service, port));
    plain
        .next()
        .map(|(service, port)| (service.clone(), port.clone()))
}

fn mirror(
    map: &mut Map<String, Value>,
    chosen: &[(Service, Port)],
    rewritten: bool,
    scope: &RuleScope<'_>,
    world: &World,
    choices: &mut Choices,
) {
    let service = choices.pick(&world.services);
    let port = choices.pick(&service.ports);
    let itself = chosen
        .iter()
        .all(|(other, _)| other.name == service.name && other.namespace == service.namespace);
    // Sidecars would send a copy to where the request itself goes.
    let misled = world.mode == Mode::Sidecar
        && port.is_http()
        && (rewritten || world.needs_host(&service, &port));
    if misled && !itself {
        return;
    }
    let mut one = Map::new();
    refer(&mut one, &service, &port, scope.namespace, choices);
    if choices.once_in(2) {
        put(&mut one, "percent", json!(choices.pick(&[10, 0, 100])));
    }
    put(map, "mirrors", json!([one]));
}

fn refer(
    one: &mut Map<String, Value>,
    service: &Service,
    port: &Port,
    namespace: &str,
    choices: &mut Choices,
) {
    put(one, "service", json!(service.name));
    if service.namespace != namespace || choices.once_in(4) {
        put(one, "namespace", json!(service.namespace));
    }
    if service.ports.len() > 1 || choices.once_in(2) {
        put(one, "port", json!(port.number));
    }
}
