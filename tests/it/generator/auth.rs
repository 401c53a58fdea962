//! Single sign-on.

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::names;
use super::world::World;

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
