//! Rules of a route: names, filters and timeouts.

use serde_json::{Map, Value, json};

use super::backends::backends;
use super::choices::Choices;
use super::edge::put;
use super::matches::matches;
use super::names;
use super::world::World;

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
