//! Who may come in.

use std::collections::BTreeSet;

use regex::Regex;

use crate::config::{self, Auth, Method, ObjectName};
use crate::diag::Diagnostic;
use crate::model::hostname::covers;
use crate::model::{
    Gateway, Match, PathMatch, PolicyTarget, Route, RouteKind, SecurityPolicy, TargetKind,
};
use crate::source::{Causes, Located, Origin, Sourced};

use super::grants::{Grants, shortened};
use super::oidc::{GATEWAY_FIELDS, ROUTE_FIELDS, oidc_of};
use super::paths::has_prefix;
use super::resolver::Resolver;

/// Where Envoy Gateway expects the client back, if nothing else is said.
///
/// Source: Envoy Gateway, `OIDC.redirectURL`.
const DEFAULT_CALLBACK: &str = "/oauth2/callback";

/// Makes a policy for each gateway and route that says who may come in.
pub(super) fn resolve(
    of_gateways: Vec<(usize, Located<Auth>)>,
    of_routes: Vec<(usize, Located<Auth>)>,
    gateways: &[Gateway],
    routes: &[Route],
    incomplete: &BTreeSet<usize>,
    grants: &mut Grants,
    cx: &mut Resolver<'_>,
) -> Vec<SecurityPolicy> {
    // A route that is not wholly known may be the one that takes the callback.
    let all_known =
        !cx.dropped.below("spec.routes") && routes.iter().all(|route| !route.parents.is_empty());
    let mut policies = Vec::new();
    for (at, auth) in of_gateways {
        let gateway = &gateways[at];
        let attached: Vec<&Route> = routes
            .iter()
            .filter(|route| route.parents.iter().any(|parent| parent.gateway == at))
            .collect();
        let oidc = auth.value.oidc;
        if all_known {
            check_way_back(&oidc, &attached, &format!("gateway `{}`", gateway.name), cx);
        }
        let namespace = Sourced::from(gateway.namespace.clone());
        policies.push(SecurityPolicy {
            name: Sourced::derived(
                ObjectName::new(shortened(format!("{}-gateway", gateway.name))),
                "the name of the gateway that it protects, and `-gateway`",
                Causes::of([gateway.name.pos, auth.pos]),
            ),
            target: PolicyTarget {
                kind: TargetKind::Gateway,
                name: Sourced::from(gateway.name.clone()),
            },
            oidc: oidc_of(oidc, &namespace, GATEWAY_FIELDS, grants),
            namespace,
            origin: Origin::Written(auth.pos),
        });
    }
    for (at, auth) in of_routes {
        let Some(route) = routes.get(at) else {
            continue;
        };
        let oidc = auth.value.oidc;
        if !incomplete.contains(&at) {
            let whose = format!("route `{}`", route.name.value);
            check_way_back(&oidc, &[route], &whose, cx);
        }
        let namespace = route.namespace.clone();
        let kind = match route.kind {
            RouteKind::Http => TargetKind::HttpRoute,
            RouteKind::Grpc => TargetKind::GrpcRoute,
        };
        policies.push(SecurityPolicy {
            name: route.name.clone(),
            target: PolicyTarget {
                kind,
                name: route.name.clone(),
            },
            oidc: oidc_of(oidc, &namespace, ROUTE_FIELDS, grants),
            namespace,
            origin: Origin::Written(auth.pos),
        });
    }
    policies
}

/// The callback and the logout have to come to a rule that the policy protects.
fn check_way_back(
    oidc: &Located<config::Oidc>,
    routes: &[&Route],
    whose: &str,
    cx: &mut Resolver<'_>,
) {
    if routes.iter().all(|route| route.rules.is_empty()) {
        return;
    }
    let dropped = cx.dropped.field(oidc.pos, "redirectURL");
    match &oidc.redirect_url {
        Some(url) => check_redirect_url(url, routes, whose, cx),
        None if dropped => {}
        None => {
            let taken = routes.iter().any(|route| takes(route, DEFAULT_CALLBACK));
            if !taken {
                let mut diagnostic = Diagnostic::error(
                    "callback-without-route",
                    format!("no rule of {whose} matches the login callback `{DEFAULT_CALLBACK}`"),
                    oidc.pos,
                )
                .because(
                    "The provider sends the client back there, and the gateway would answer 404.",
                );
                if let Some(example) = example_callback(routes) {
                    diagnostic = diagnostic.help(format!(
                        "Write `redirectURL: {example}`, and tell it to the provider."
                    ));
                } else {
                    diagnostic =
                        diagnostic.help("Write `redirectURL:` with a path that a rule matches.");
                }
                cx.report.push(diagnostic);
            }
        }
    }
    if let Some(path) = &oidc.logout_path
        && !routes.iter().any(|route| takes(route, path))
    {
        cx.report.push(
            Diagnostic::error(
                "logout-without-route",
                format!("no rule of {whose} matches the logout path `{path}`"),
                path.pos,
            )
            .because("The policy only sees requests that a rule of its target matches.")
            .help("Put it below a path that a rule matches."),
        );
    }
}

fn check_redirect_url(
    url: &Located<config::Url>,
    routes: &[&Route],
    whose: &str,
    cx: &mut Resolver<'_>,
) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(at);
    let path = path.split(['?', '#']).next().unwrap_or("");
    let path = if path.is_empty() { "/" } else { path };
    let host = authority.split(':').next().unwrap_or(authority);
    if scheme != "https" {
        cx.report.push(
            Diagnostic::error("callback-in-plaintext", "the login callback is not HTTPS", url.pos)
                .because("The code in it would cross the network in plaintext, and the session's cookies are for HTTPS.")
                .help("Write a URL that begins with `https://`."),
        );
    }
    let here: Vec<&&Route> = routes
        .iter()
        .filter(|route| {
            route.hostnames.is_empty() || route.hostnames.iter().any(|own| covers(own, host))
        })
        .collect();
    if here.is_empty() {
        let own: BTreeSet<String> = routes
            .iter()
            .flat_map(|route| {
                route
                    .hostnames
                    .iter()
                    .map(|hostname| format!("`{hostname}`"))
            })
            .take(4)
            .collect();
        let own: Vec<String> = own.into_iter().collect();
        cx.report.push(
            Diagnostic::error(
                "callback-on-other-host",
                format!("`{host}` is no hostname of {whose}"),
                url.pos,
            )
            .because("The client would come back to a host where nobody waits for it.")
            .help(match own.as_slice() {
                [only] => format!("Use {only}."),
                all => format!("Use one of {}.", all.join(", ")),
            }),
        );
    } else if !here.iter().any(|route| takes(route, path)) {
        let mut diagnostic = Diagnostic::error(
            "callback-without-route",
            format!("no rule of {whose} matches the login callback `{path}`"),
            url.pos,
        )
        .because("The provider sends the client back there, and the gateway would answer 404.");
        if let Some(example) = example_callback(routes) {
            diagnostic = diagnostic.help(format!(
                "Put it below a path that a rule matches, such as `{example}`."
            ));
        }
        cx.report.push(diagnostic);
    }
}

/// Whether some rule surely matches a GET request for a path, whatever its headers and query.
fn takes(route: &Route, path: &str) -> bool {
    route.rules.iter().any(|rule| {
        rule.matches.is_empty()
            || rule
                .matches
                .iter()
                .any(|matched| match_takes(matched, path))
    })
}

fn match_takes(matched: &Match, path: &str) -> bool {
    let any_request = matched.headers.is_empty()
        && matched.query.is_empty()
        && matched.grpc.is_none()
        && matched
            .method
            .is_none_or(|method| method.value == Method::Get);
    any_request
        && match &matched.path {
            None => true,
            Some(PathMatch::Prefix(prefix)) => has_prefix(path, prefix),
            Some(PathMatch::Exact(exact)) => exact.as_str() == path,
            Some(PathMatch::Regex(regex)) => Regex::new(&format!("^(?:{})$", regex.value))
                .is_ok_and(|regex| regex.is_match(path)),
        }
}

fn example_callback(routes: &[&Route]) -> Option<String> {
    let route = routes.iter().find(|route| !route.hostnames.is_empty())?;
    let host = route.hostnames.first()?;
    let prefix = route
        .rules
        .iter()
        .flat_map(|rule| &rule.matches)
        .find_map(|m| match &m.path {
            Some(PathMatch::Prefix(prefix)) => Some(prefix.trim_end_matches('/')),
            _ => None,
        })?;
    let host = host
        .strip_prefix("*.")
        .map_or_else(|| host.to_string(), |rest| format!("www.{rest}"));
    Some(format!("https://{host}{prefix}{DEFAULT_CALLBACK}"))
}
