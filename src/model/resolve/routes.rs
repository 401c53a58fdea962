//! Routes.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Auth, DnsLabel, LabelKey, LabelValue, ObjectName, RouteType};
use crate::diag::Diagnostic;
use crate::model::{Gateway, Mesh, Route, RouteKind};
use crate::source::{Located, Pos, Sourced};

use super::gateways::GatewayIndex;
use super::grants::Grants;
use super::parents;
use super::preserved::PreservedHosts;
use super::resolver::Resolver;
use super::rules;
use super::services::Services;

/// The most conditions that a route may have in all. Source: Gateway API, `HTTPRouteSpec.rules`.
const MOST_MATCHES: usize = 128;

/// What routes refer to.
pub(super) struct World<'w> {
    pub(super) gateways: &'w [Gateway],
    pub(super) gateway_index: &'w GatewayIndex,
    pub(super) services: &'w Services,
    pub(super) mesh: Option<&'w Mesh>,
    pub(super) namespace_labels: &'w BTreeMap<DnsLabel, BTreeMap<LabelKey, LabelValue>>,
}

/// The routes, and who may come in by index of the route.
pub(super) struct Routes {
    pub(super) routes: Vec<Route>,
    pub(super) auth: Vec<(usize, Located<Auth>)>,
}

/// Resolves the routes.
pub(super) fn resolve(
    written: Vec<Located<config::Route>>,
    world: &World<'_>,
    grants: &mut Grants,
    preserved: &mut PreservedHosts,
    cx: &mut Resolver<'_>,
) -> Routes {
    let mut result = Routes {
        routes: Vec::with_capacity(written.len()),
        auth: Vec::new(),
    };
    let mut seen: BTreeMap<(DnsLabel, ObjectName), Pos> = BTreeMap::new();
    let mut plaintext = BTreeSet::new();
    for route in written {
        let config::Route {
            name,
            namespace,
            route_type,
            labels,
            annotations,
            parents,
            hostnames,
            upstream_host,
            auth,
            rules,
        } = route.value;
        if let Some(first) = seen.insert((namespace.value.clone(), name.value.clone()), name.pos) {
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!("route `{name}` in namespace `{namespace}` is written twice"),
                    name.pos,
                )
                .related(first, "written here first")
                .help("Rename one of them, or put its rules into the other."),
            );
            continue;
        }
        let kind = match route_type.map(|written| written.value) {
            Some(RouteType::Grpc) => RouteKind::Grpc,
            Some(RouteType::Http) | None => RouteKind::Http,
        };
        let parents = parents::resolve(
            parents,
            &name,
            &namespace.value,
            &hostnames,
            world,
            &mut plaintext,
            cx,
        );
        let scope = rules::Scope {
            kind,
            namespace: &namespace.value,
            hostnames: &hostnames,
            parents: &parents,
            upstream_host,
            world,
        };
        let rules = rules::resolve(rules, &scope, grants, preserved, cx);
        let matches: usize = rules.iter().map(|rule| rule.matches.len()).sum();
        if matches > MOST_MATCHES {
            cx.report.push(
                Diagnostic::error(
                    "too-many-matches",
                    format!("route `{name}` has {matches} matches, {MOST_MATCHES} is the most"),
                    name.pos,
                )
                .help("Split the route in two."),
            );
        }
        if let Some(auth) = auth {
            result.auth.push((result.routes.len(), auth));
        }
        result.routes.push(Route {
            kind,
            name: Sourced::from(name),
            namespace: Sourced::from(namespace),
            labels,
            annotations,
            parents,
            hostnames,
            rules,
        });
    }
    result
}
