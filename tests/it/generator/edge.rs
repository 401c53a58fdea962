//! The document as a whole.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::names;
use super::world::World;
use super::{gateways, mesh, routes, settings};

/// A field, where there is anything to say in it.
pub(super) fn put(map: &mut Map<String, Value>, name: &str, value: Value) {
    let empty = match &value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    if !empty {
        map.insert(name.to_owned(), value);
    }
}

pub(super) fn edge(choices: &mut Choices) -> Value {
    let mut spec = Map::new();
    let mut world = World::new(choices);
    put(&mut spec, "target", settings::target(&world, choices));
    put(
        &mut spec,
        "controlPlane",
        settings::control_plane(&world, choices),
    );
    let gateways = gateways::gateways(&mut world, choices);
    let routes = routes::routes(&mut world, choices);
    let gateways = gateways::with_auth(gateways, &world, choices);
    put(&mut spec, "mesh", mesh::mesh(&world, choices));
    put(&mut spec, "proxy", settings::proxy(choices));
    put(
        &mut spec,
        "namespaces",
        settings::namespaces(&world, choices),
    );
    put(&mut spec, "services", world.services());
    put(&mut spec, "certificates", world.certificates());
    put(&mut spec, "gateways", gateways);
    put(&mut spec, "routes", routes);
    if choices.once_in(4) {
        put(&mut spec, "resources", json!(["app.yaml"]));
    }
    put(&mut spec, "output", settings::output(choices));
    put(&mut spec, "tests", settings::tests(choices));
    let name = names::object(choices, &[]);
    json!({
        "apiVersion": "gatewright.dev/v1alpha1",
        "kind": "Edge",
        "metadata": {"name": name},
        "spec": spec,
    })
}
