//! Unknown fields: what was meant, or where it belongs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diag::{Diagnostic, closest, did_you_mean};
use crate::source::{Node, Tree};

use super::schema::published_schema;
use super::schema_view::View;
use super::subject::{named, noun};

/// What is written in other systems' manifests, or by habit: type, field, and what to do.
const HABITS: &[(&str, &str, &str)] = &[
    (
        "Backend",
        "name",
        "Write the name of the Service as `service`.",
    ),
    ("Edge", "status", "A config has no status."),
    (
        "Gateway",
        "addresses",
        "The Service in front of the proxies is set by `spec.proxy.service`.",
    ),
    (
        "Gateway",
        "gatewayClassName",
        "The class is the same for all gateways: `spec.controlPlane.gatewayClass`.",
    ),
    ("Gateway", "hostname", "A hostname belongs to a listener."),
    ("Gateway", "tls", "TLS belongs to a listener."),
    (
        "Listener",
        "hostnames",
        "A listener has one `hostname`; several are several listeners, or the route's `hostnames`.",
    ),
    (
        "ListenerTls",
        "certificateRefs",
        "Write `secret: NAME`, or `certificates: [{secret: NAME}]`.",
    ),
    ("ListenerTls", "secretName", "Write `secret`."),
    (
        "Match",
        "path",
        "Write `pathPrefix`, `pathExact` or `pathRegex`.",
    ),
    ("Match", "queryParams", "Write `query`."),
    (
        "Match",
        "uri",
        "Write `pathPrefix`, `pathExact` or `pathRegex`.",
    ),
    (
        "Match",
        "hosts",
        "Hostnames belong to the route: `hostnames`.",
    ),
    (
        "Match",
        "hostnames",
        "Hostnames belong to the route: `hostnames`.",
    ),
    (
        "Mesh",
        "enabled",
        "Write `mode: sidecar` or `mode: ambient`; no `mesh` means none.",
    ),
    (
        "Metadata",
        "namespace",
        "An edge has no namespace; its gateways and routes have.",
    ),
    (
        "Parent",
        "name",
        "Write the name of the gateway as `gateway`.",
    ),
    ("Parent", "sectionName", "Write `listener`."),
    ("Redirect", "hostname", "Write `host`."),
    ("Redirect", "statusCode", "Write `status`."),
    ("Rewrite", "hostname", "Write `host`."),
    (
        "Rewrite",
        "pathExact",
        "Write `path`, which replaces the whole path.",
    ),
    (
        "Route",
        "backends",
        "Backends belong to a rule of the route.",
    ),
    ("Route", "hosts", "Write `hostnames`."),
    ("Route", "kind", "Write `type`: `http` or `grpc`."),
    ("Route", "match", "Matches belong to a rule of the route."),
    ("Route", "parentRefs", "Write `parents: [{gateway: NAME}]`."),
    (
        "Rule",
        "backendRefs",
        "Write `backends: [{service: NAME, port: 8000}]`.",
    ),
    (
        "Rule",
        "filters",
        "Each filter is a field of its own: `rewrite`, `redirect`, `requestHeaders`, `responseHeaders` or `mirrors`.",
    ),
    ("Rule", "path", "Write `match: {pathPrefix: …}`."),
    ("Rule", "pathPrefix", "Write `match: {pathPrefix: …}`."),
    (
        "Rule",
        "route",
        "Write `backends: [{service: NAME, port: 8000}]`.",
    ),
    ("Rule", "timeout", "Write `timeouts: {request: 30s}`."),
    ("Service", "port", "Write `ports: [8000]`."),
    (
        "ServicePort",
        "containerPort",
        "Write the Service's port as `port`, and that of the pods as `targetPort`.",
    ),
    ("ServicePort", "number", "Write `port`."),
];

/// Fields of many maps, of which it says nothing that another map has them too.
const COMMON: &[&str] = &[
    "annotations",
    "labels",
    "name",
    "namespace",
    "port",
    "ports",
    "service",
];

/// What is said about a field that is written by habit.
fn habit(type_name: &str, field: &str) -> Option<&'static str> {
    let mut habits = HABITS.iter();
    habits
        .find(|(owner, name, _)| *owner == type_name && *name == field)
        .map(|(_, _, help)| *help)
}

/// Whether a field that is no field of the map was written by habit for another one of it.
pub(super) fn stands_for(map: View<'_>, written: &str, meant: &str) -> bool {
    let help = map.type_name().and_then(|owner| habit(owner, written));
    help.is_some_and(|help| {
        help.contains(&format!("`{meant}`")) || help.contains(&format!("`{meant}: "))
    })
}

/// The diagnostic for a key that is no field of its map.
pub(super) fn word_unknown(tree: &Tree, key: Node<'_>, map: View<'_>) -> Diagnostic {
    let field = key.text();
    let node = tree.parent(key.id()).map(|id| tree.node(id));
    let owner = node.map_or_else(|| noun(map), |node| named(node, map));
    let type_name = map.type_name().unwrap_or("Edge");
    let root = published_schema();
    let published = View::of_type(root, type_name).unwrap_or(View::of(root));
    let names: Vec<&str> = published
        .fields()
        .into_iter()
        .map(|(name, _)| name)
        .collect();

    let help = habit(type_name, field).map(str::to_owned).or_else(|| {
        let near = closest(field, names.iter().copied());
        let near = near.map(|near| format!("Did you mean `{near}`?"));
        let elsewhere = match places_of(field) {
            [] => None,
            [place] => Some(format!("`{field}` is a field of `{place}`.")),
            [first, second] => Some(format!(
                "`{field}` is a field of `{first}` and of `{second}`."
            )),
            [first, second, ..] => Some(format!(
                "`{field}` is a field of `{first}`, `{second}` and others."
            )),
        };
        match (near, elsewhere) {
            (Some(near), Some(elsewhere)) => Some(format!("{near} {elsewhere}")),
            (near, elsewhere) => near
                .or(elsewhere)
                .or_else(|| did_you_mean(field, names.iter().copied())),
        }
    });
    let list = || {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        format!("Its fields: {}.", names.join(", "))
    };
    let diagnostic = Diagnostic::error(
        "unknown-field",
        format!("{owner} has no field `{field}`"),
        key.pos(),
    )
    .label("unknown field");
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic.because(list()),
    }
}

/// The paths of the maps that have a field, by the field's name, down from the root.
static PLACES: LazyLock<BTreeMap<&str, Vec<String>>> = LazyLock::new(|| {
    let mut found = BTreeMap::new();
    collect(View::of(published_schema()), "", &mut found);
    found
});

fn places_of(field: &str) -> &'static [String] {
    PLACES.get(field).map_or(&[], Vec::as_slice)
}

fn collect(view: View<'static>, path: &str, found: &mut BTreeMap<&'static str, Vec<String>>) {
    for (name, below) in view.fields() {
        if !path.is_empty() && !COMMON.contains(&name) {
            found.entry(name).or_default().push(path.to_owned());
        }
        let dot = if path.is_empty() { "" } else { "." };
        let path = format!("{path}{dot}{name}");
        match below.items() {
            Some(items) => collect(items, &format!("{path}[]"), found),
            None => collect(below, &path, found),
        }
    }
}
