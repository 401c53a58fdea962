//! Realistic objects, and objects that differ from them at random places.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Objects of which every list is aligned in another way.
pub(super) fn objects() -> Vec<Value> {
    let route = json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
        "metadata": {"name": "web", "namespace": "shop", "labels": {"team": "a", "a.b/c": "~x/y"}},
        "spec": {
            "parentRefs": [{"name": "edge", "sectionName": "https"}, {"name": "inner"}],
            "hostnames": ["shop.example.com", "www.example.com", "api.example.com"],
            "rules": [
                {"matches": [{"path": {"type": "PathPrefix", "value": "/cart"}},
                             {"headers": [{"name": "x-beta", "value": "1"}, {"name": "x-user", "value": "a"}]}],
                 "filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {
                     "set": [{"name": "x-a", "value": "1"}, {"name": "x-b", "value": "2"}], "remove": ["x-c", "x-d"]}}],
                 "backendRefs": [{"name": "cart", "port": 80, "weight": 90}, {"name": "cart-next", "port": 80, "weight": 10}]},
                {"name": "search", "matches": [{"path": {"type": "Exact", "value": "/search"}}],
                 "backendRefs": [{"name": "search", "port": 8080}], "timeouts": {"request": "10s"}},
                {"matches": [{"path": {"type": "PathPrefix", "value": "/"}}], "backendRefs": [{"name": "web", "port": 80}]},
            ],
        },
    });
    let gateway = json!({
        "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
        "metadata": {"name": "edge", "namespace": "shop"},
        "spec": {"gatewayClassName": "eg", "listeners": [
            {"name": "http", "port": 80, "protocol": "HTTP"},
            {"name": "https", "port": 443, "protocol": "HTTPS", "tls": {"certificateRefs": [{"name": "a"}, {"name": "b"}]}},
            {"name": "admin", "port": 8443, "protocol": "HTTPS", "hostname": "admin.example.com"},
        ]},
    });
    let deployment = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"replicas": 2, "template": {"spec": {
            "initContainers": [{"name": "one", "image": "a:1"}, {"name": "two", "image": "b:1"}],
            "containers": [{"name": "web", "image": "web:1", "args": ["--a=1", "--b", "--c=3", "--b"],
                "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
                "ports": [{"containerPort": 80}, {"containerPort": 53, "protocol": "UDP"}]}],
            "volumes": [{"name": "v", "emptyDir": {}}],
        }}},
    });
    let other = json!({
        "apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "x"},
        "spec": {"matrix": [[1, 2], [3, 4], [1, 2]], "words": ["a", "b", "a", null, 1.5], "list": [],
            "steps": [{"name": "x", "run": "a"}, {"name": "z", "run": "b"}, {"run": "c"}], "text": "a\nb\n"},
    });
    vec![route, gateway, deployment, other]
}

/// One thing to do to an object: where, what, and with what.
pub(super) type Edit = (u32, u8, u8);

pub(super) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    vec(any::<Edit>(), 0..8)
}

/// The object after some edits below its `spec` and labels, which leave its identity as it is.
pub(super) fn edited(object: &Value, edits: &[Edit]) -> Value {
    let mut object = object.clone();
    for (place, what, with) in edits {
        let mut places = Vec::new();
        collect(&object["spec"], "/spec".to_owned(), &mut places);
        collect(
            &object["metadata"]["labels"],
            "/metadata/labels".to_owned(),
            &mut places,
        );
        let place = &places[*place as usize % places.len()];
        if let Some(value) = object.pointer_mut(place) {
            edit(value, *what, *with);
        }
    }
    object
}

fn collect(value: &Value, path: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{path}/{key}"), places);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{path}/{index}"), places);
            }
        }
        Value::Null if path == "/metadata/labels" => return,
        _ => {}
    }
    places.push(path);
}

fn scalar(with: u8) -> Value {
    match with % 6 {
        0 => json!("a"),
        1 => json!(with),
        2 => json!(null),
        3 => json!(true),
        4 => json!(format!("text {}", with % 16)),
        _ => json!(f64::from(with) + 0.25),
    }
}

fn edit(value: &mut Value, what: u8, with: u8) {
    let at = with as usize;
    match value {
        Value::Object(map) => edit_map(map, what, with),
        Value::Array(items) if items.is_empty() || what.is_multiple_of(6) => {
            let item = items.get(at % items.len().max(1)).cloned();
            let mut item = item.unwrap_or_else(|| scalar(with));
            if let Some(name) = item.get_mut("name") {
                *name = json!(format!("new-{with}"));
            }
            items.insert(at % (items.len() + 1), item);
        }
        Value::Array(items) => {
            let (from, to) = (at % items.len(), at / 16 % items.len());
            match what % 6 {
                1 => drop(items.remove(from)),
                2 => items.swap(from, to),
                3 => items.reverse(),
                4 => items.rotate_left(from),
                _ => items[from] = scalar(with),
            }
        }
        other => *other = scalar(with),
    }
}

fn edit_map(map: &mut Map<String, Value>, what: u8, with: u8) {
    let key = map.keys().nth(with as usize % map.len().max(1)).cloned();
    match (what % 4, key) {
        (0, Some(key)) => drop(map.shift_remove(&key)),
        (1, Some(key)) => drop(map.insert(key, scalar(with))),
        (2, Some(key)) => {
            let value = map.shift_remove(&key).unwrap();
            map.insert(key, value);
        }
        _ => drop(map.insert(format!("k{}", with % 4), scalar(with))),
    }
}
