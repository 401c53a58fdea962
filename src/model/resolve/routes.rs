//! Routes.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Auth, DnsLabel, LabelKey, LabelValue, ObjectName, RouteType};
use crate::diag::Diagnostic;
use crate::model::{Gateway, Mesh, Route, RouteKind};
use crate::source::{Located, Origin, Sourced};

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
    /// Those of which some listener is not known, because it was wrong.
    pub(super) incomplete_gateways: &'w BTreeSet<usize>,
    pub(super) gateway_index: &'w BTreeMap<ObjectName, Vec<usize>>,
    pub(super) services: &'w Services,
    pub(super) mesh: Option<&'w Mesh>,
    pub(super) namespace_labels: &'w BTreeMap<DnsLabel, BTreeMap<LabelKey, LabelValue>>,
}

/// The routes, and who may come in by index of the route.
pub(super) struct Routes {
    pub(super) all: Vec<Route>,
    pub(super) auth: Vec<(usize, Located<Auth>)>,
    /// Those of which a hostname or a rule is not known, because it was wrong.
    pub(super) incomplete: BTreeSet<usize>,
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
        all: Vec::with_capacity(written.len()),
        auth: Vec::new(),
        incomplete: BTreeSet::new(),
    };
    let mut plaintext = BTreeSet::new();
    for route in written {
        let all_parents = !cx.dropped.field(route.pos, "parents");
        let all_hostnames = !cx.dropped.field(route.pos, "hostnames");
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
        let kind_origin = route_type.map_or(Origin::Default("spec.routes.type"), |written| {
            Origin::Written(written.pos)
        });
        let kind = match route_type.map(|written| written.value) {
            Some(RouteType::Grpc) => RouteKind::Grpc,
            Some(RouteType::Http) | None => RouteKind::Http,
        };
        let child = parents::Child {
            name: &name,
            namespace: &namespace.value,
            hostnames: &hostnames,
            is_complete: all_parents && all_hostnames,
        };
        let parents = parents::resolve(parents, &child, world, &mut plaintext, cx);
        let known = all_hostnames
            && !cx.dropped.field(route.pos, "rules")
            && !rules
                .iter()
                .any(|rule| cx.dropped.field(rule.pos, "matches"));
        if !known {
            result.incomplete.insert(result.all.len());
        }
        let scope = rules::Scope {
            kind,
            namespace: &namespace,
            hostnames: &hostnames,
            all_hostnames,
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
            result.auth.push((result.all.len(), auth));
        }
        result.all.push(Route {
            kind,
            kind_origin,
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
