//! Conditions on requests.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::names;

pub(super) fn matches(is_grpc: bool, choices: &mut Choices) -> Vec<Value> {
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
    let all = names.into_iter().map(|name| {
        if choices.once_in(3) {
            json!({"name": name, "regex": choices.pick(&["v[0-9]+", "^.*$", "on|off"])})
        } else {
            json!({"name": name, "value": names::header_value(choices)})
        }
    });
    all.collect()
}
