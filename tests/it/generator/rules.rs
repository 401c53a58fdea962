//! Rules of a route: conditions, filters and backends.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::names;
use super::world::{Mode, Port, Service, World};

/// What the rules of a route share.
pub(super) struct RuleScope<'r> {
    pub(super) namespace: &'r str,
    pub(super) hostnames: &'r [String],
    pub(super) is_grpc: bool,
    /// A path below which a rule answers whatever else the request has.
    pub(super) answers: Option<String>,
}

/// The rules; none where the chosen backends cannot be reached by this kind of route.
pub(super) fn rules(
    scope: &mut RuleScope<'_>,
    world: &mut World,
    choices: &mut Choices,
) -> Option<Value> {
    let mut names: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for _ in 0..choices.between(1, 3) {
        let mut map = Map::new();
        if choices.once_in(4) {
            names.push(names::object(choices, &names));
            put(&mut map, "name", json!(names.last()));
        }
        let matches = matches(scope.is_grpc, choices);
        // A prefix can be replaced where there is one match, by prefix or by nothing.
        let replaceable = match matches.as_slice() {
            [] => true,
            [one] => one.get("pathExact").is_none() && one.get("pathRegex").is_none(),
            _ => false,
        };
        let plain = matches.iter().find_map(|one| match one.as_object() {
            Some(map) if map.is_empty() => Some("/"),
            Some(map) if map.len() == 1 => map.get("pathPrefix")?.as_str(),
            _ => None,
        });
        let answers = plain.or(matches.is_empty().then_some("/"));
        if let Some(path) = answers {
            scope.answers = Some(path.trim_end_matches('/').to_owned());
        }
        match matches.as_slice() {
            [one] if choices.once_in(2) => put(&mut map, "match", one.clone()),
            _ => put(&mut map, "matches", json!(matches)),
        }
        for field in ["requestHeaders", "responseHeaders"] {
            if choices.once_in(4) {
                put(&mut map, field, header_changes(choices));
            }
        }
        if !scope.is_grpc && choices.once_in(5) {
            put(&mut map, "redirect", redirect(replaceable, world, choices));
        } else {
            backends(&mut map, replaceable, scope, world, choices)?;
        }
        if !scope.is_grpc && choices.once_in(3) {
            let whole = choices.pick(&[json!("30s"), json!("1m30s"), json!("0s"), Value::Null]);
            let mut timeouts = Map::new();
            put(&mut timeouts, "request", whole);
            put(
                &mut timeouts,
                "backendRequest",
                json!(choices.pick(&["10s", "500ms", "0s"])),
            );
            put(&mut map, "timeouts", Value::Object(timeouts));
        }
        all.push(Value::Object(map));
    }
    Some(Value::Array(all))
}

fn matches(is_grpc: bool, choices: &mut Choices) -> Vec<Value> {
    let count = choices.pick(&[1, 0, 1, 2, 3]);
    (0..count).map(|_| one_match(is_grpc, choices)).collect()
}

fn one_match(is_grpc: bool, choices: &mut Choices) -> Value {
    let mut map = Map::new();
    if is_grpc {
        let mut grpc = Map::new();
        let service = choices.pick(&["shop.v1.Cart", "on", "Null", ".a.B"]);
        match choices.below(4) {
            0 => put(&mut grpc, "service", json!(service)),
            1 => put(
                &mut grpc,
                "method",
                json!(choices.pick(&["Add", "No", "y"])),
            ),
            2 => {
                put(&mut grpc, "service", json!(service));
                put(&mut grpc, "method", json!("Off"));
            }
            _ => {}
        }
        put(&mut map, "grpc", Value::Object(grpc));
    } else {
        match choices.below(5) {
            0 | 1 => put(&mut map, "pathPrefix", json!(names::path(choices))),
            2 => put(&mut map, "pathExact", json!(names::path(choices))),
            3 => put(
                &mut map,
                "pathRegex",
                json!(choices.pick(&["/users/[0-9]+", ".*", "/a|/b: c"])),
            ),
            _ => {}
        }
        if choices.once_in(4) {
            put(
                &mut map,
                "method",
                json!(choices.pick(&["GET", "POST", "CONNECT", "TRACE"])),
            );
        }
        if choices.once_in(4) {
            put(&mut map, "query", conditions(choices));
        }
    }
    if choices.once_in(4) {
        put(&mut map, "headers", conditions(choices));
    }
    Value::Object(map)
}

/// Conditions on headers or query parameters, in the short form where it says enough.
fn conditions(choices: &mut Choices) -> Value {
    let names = names::headers(choices, 3);
    if choices.once_in(2) {
        let pairs = names
            .into_iter()
            .map(|name| (name, json!(names::header_value(choices))));
        return Value::Object(pairs.collect());
    }
    let all = names.into_iter().map(|name| match choices.once_in(3) {
        true => json!({"name": name, "regex": choices.pick(&["v[0-9]+", "^.*$", "on|off"])}),
        false => json!({"name": name, "value": names::header_value(choices)}),
    });
    all.collect()
}

fn header_changes(choices: &mut Choices) -> Value {
    let mut map = Map::new();
    for field in ["set", "add"] {
        let names = names::headers(choices, 2).into_iter();
        let all = names.map(|name| json!({"name": name, "value": names::header_value(choices)}));
        put(&mut map, field, all.collect());
    }
    put(&mut map, "remove", json!(names::headers(choices, 2)));
    if map.is_empty() {
        put(&mut map, "remove", json!(["server"]));
    }
    Value::Object(map)
}

fn redirect(replaceable: bool, world: &World, choices: &mut Choices) -> Value {
    let mut map = Map::new();
    put(&mut map, "scheme", json!(choices.pick(&["https", "http"])));
    if choices.once_in(2) {
        put(
            &mut map,
            "host",
            json!(choices.pick(&["new.example.com", "on", "null.0x10"])),
        );
    }
    if choices.once_in(3) {
        put(&mut map, "port", json!(8443));
    }
    match choices.below(3) {
        1 => put(&mut map, "path", json!(names::path(choices))),
        2 if replaceable => put(&mut map, "pathPrefix", json!(names::path(choices))),
        _ => {}
    }
    if choices.once_in(2) {
        let all: &[u16] = if world.old_crds {
            &[301, 302]
        } else {
            &[301, 302, 303, 307, 308]
        };
        put(&mut map, "status", json!(choices.pick(all)));
    }
    Value::Object(map)
}

fn backends(
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

/// Single sign-on that comes back below `answers`.
pub(super) fn auth(answers: &str, world: &World, choices: &mut Choices) -> Value {
    let (scheme, rest) = answers.split_once("://").unwrap_or(("https", answers));
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    let mut secret = Map::new();
    put(&mut secret, "secret", json!(names::object(choices, &[])));
    if choices.once_in(3) {
        put(
            &mut secret,
            "namespace",
            json!(choices.pick(&world.namespaces)),
        );
    }
    let mut oidc = Map::new();
    put(
        &mut oidc,
        "issuer",
        json!(format!("{scheme}://accounts.example.com")),
    );
    put(
        &mut oidc,
        "clientID",
        json!(choices.pick(&["edge", "1e3", "no", "a: b"])),
    );
    put(&mut oidc, "clientSecret", Value::Object(secret));
    put(
        &mut oidc,
        "redirectURL",
        json!(format!("{answers}/oauth2/callback")),
    );
    if choices.once_in(2) {
        put(&mut oidc, "logoutPath", json!(format!("{path}/logout")));
    }
    if choices.once_in(2) {
        put(&mut oidc, "scopes", json!(["email", "on"]));
    }
    if choices.once_in(3) {
        put(&mut oidc, "cookieDomain", json!("example.com"));
    }
    if choices.once_in(3) {
        put(&mut oidc, "forwardAccessToken", json!(choices.once_in(2)));
    }
    json!({"oidc": oidc})
}
