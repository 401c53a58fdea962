//! Which workloads admit only the gateways and whom the config names.

use std::collections::BTreeMap;

use crate::config::{Authorization, Caller, DnsLabel, ObjectName};
use crate::diag::Diagnostic;
use crate::model::{AuthorizationPolicy, Gateway, Mesh, Principal, Route, Rule};
use crate::source::{Causes, Located, Origin, Pos, Sourced};

use super::grants::shortened;
use super::resolver::Resolver;
use super::services::Services;

/// Makes the policies: each admits the gateways whose routes lead to the workload, and the
/// callers that the config names.
pub(super) fn resolve(
    written: Vec<Located<Authorization>>,
    mesh: Option<&Mesh>,
    gateways: &[Gateway],
    routes: &[Route],
    services: &Services,
    cx: &mut Resolver<'_>,
) -> Vec<AuthorizationPolicy> {
    let Some(mesh) = mesh else { return Vec::new() };
    let mut policies: Vec<AuthorizationPolicy> = Vec::new();
    for item in written {
        let pos = item.pos;
        let protected = match &item.service {
            Some(service) => format!("service `{service}` in namespace `{}`", item.namespace),
            None => format!("namespace `{}`", item.namespace),
        };
        let Some(policy) = one(item.value, pos, mesh, gateways, routes, services, cx) else {
            continue;
        };
        let first = policies.iter().find(|other| {
            other.name.value == policy.name.value && other.namespace.value == policy.namespace.value
        });
        if let Some(first) = first {
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!("{protected} is protected twice"),
                    pos,
                )
                .related(first.origin.pos(), "protected here first")
                .help("Put all callers into one item."),
            );
            continue;
        }
        policies.push(policy);
    }
    policies
}

fn one(
    written: Authorization,
    pos: Pos,
    mesh: &Mesh,
    gateways: &[Gateway],
    routes: &[Route],
    services: &Services,
    cx: &mut Resolver<'_>,
) -> Option<AuthorizationPolicy> {
    let Authorization {
        service,
        namespace,
        also_allow,
        only,
        dry_run,
    } = written;
    let lost = cx.dropped.field(pos, "alsoAllow") || cx.dropped.field(pos, "only");
    if !says_who(&also_allow, only, lost, pos, cx) {
        return None;
    }
    let mut selector = BTreeMap::new();
    let mut name = Sourced::derived(
        ObjectName::new("callers"),
        "the one policy that protects a namespace",
        pos,
    );
    if let Some(wanted) = &service {
        let found = services.find(&namespace.value, wanted, cx)?;
        if !found.in_mesh.is_some_and(|yes| yes.value) {
            cx.report.push(
                Diagnostic::error(
                    "protected-outside-mesh",
                    format!("service `{wanted}` is not in the mesh"),
                    wanted.pos,
                )
                .related(found.name.pos, "the service")
                .because("Its pods have no proxy that could refuse anything.")
                .help("Write `inMesh: true` on the service, if its pods are in the mesh."),
            );
            return None;
        }
        if found.selector.is_empty() {
            if !cx.dropped.field(found.pos, "selector") {
                cx.report.push(
                    Diagnostic::error("unknown-selector", format!("which pods service `{wanted}` has is not known"), wanted.pos)
                        .related(found.name.pos, "the service")
                        .help("Write `selector:` on the service, with the labels by which it selects its pods."),
                );
            }
            return None;
        }
        selector.clone_from(&found.selector);
        name = Sourced::derived(
            ObjectName::new(shortened(format!("{wanted}-callers"))),
            "the name of the service that it protects, and `-callers`",
            wanted.pos,
        );
    }
    let mut allow = leading_gateways(&namespace.value, service.as_ref(), mesh, gateways, routes);
    allow.extend(also_allow.into_iter().map(|caller| {
        let home = &caller.namespace;
        let Some(account) = &caller.service_account else {
            return Sourced::written(Principal::Namespace(home.value.clone()), home.pos);
        };
        let identity = format!("{}/ns/{home}/sa/{account}", mesh.trust_domain.value);
        let rule = "the identity of a service account that may call";
        let from = Causes::of([account.pos, home.pos, mesh.trust_domain.pos()]);
        Sourced::derived(Principal::Identity(identity), rule, from)
    }));
    allow.sort_by(|a, b| a.value.cmp(&b.value));
    allow.dedup_by(|a, b| a.value == b.value);
    if allow.is_empty() {
        // A route that is not wholly known may be the one that leads here.
        let unsure = lost
            || cx.dropped.below("spec.routes")
            || cx.dropped.below("spec.gateways")
            || routes.iter().any(is_incomplete);
        if unsure {
            return None;
        }
        cx.report.push(
            Diagnostic::error(
                "admits-nobody",
                "no gateway has a route to these workloads",
                pos,
            )
            .because("With nobody to admit, the policy would refuse every call.")
            .help("Add a route, or list who may call under `alsoAllow`."),
        );
        return None;
    }
    Some(AuthorizationPolicy {
        name,
        namespace: Sourced::from(namespace),
        selector,
        allow,
        dry_run: dry_run.map_or(
            Sourced::default(false, "spec.mesh.authorization.dryRun"),
            Sourced::from,
        ),
        origin: Origin::derived(
            "who may call is said in a mesh",
            Causes::of([pos, mesh.mode.pos]),
        ),
    })
}

/// Whether the config says, and says once, who may call beside the gateways.
fn says_who(
    also_allow: &[Located<Caller>],
    only: Option<Located<bool>>,
    lost: bool,
    pos: Pos,
    cx: &mut Resolver<'_>,
) -> bool {
    let says_only = only.is_some_and(|only| only.value);
    if also_allow.is_empty() && !says_only && !lost {
        cx.report.push(
            Diagnostic::error(
                "only-gateways",
                "nobody but the gateways would be admitted",
                pos,
            )
            .because("Whatever else calls these workloads today would be refused.")
            .help(
                "List who else may call under `alsoAllow`, or say `only: true` if that is meant.",
            ),
        );
        return false;
    }
    if let (true, Some(only), Some(first)) = (says_only, only, also_allow.first()) {
        cx.report.push(
            Diagnostic::error(
                "only-and-others",
                "`only: true` beside other callers",
                only.pos,
            )
            .related(first.pos, "this caller is admitted too")
            .help("Leave `only` out, or the callers."),
        );
        return false;
    }
    true
}

/// The identities of the gateways whose routes lead to a service, or to any of the namespace.
fn leading_gateways(
    namespace: &DnsLabel,
    service: Option<&Located<ObjectName>>,
    mesh: &Mesh,
    gateways: &[Gateway],
    routes: &[Route],
) -> Vec<Sourced<Principal>> {
    let leads_here = |rule: &Rule| {
        let backends = rule.backends.iter();
        let backends = backends.map(|to| (&to.service, &to.namespace));
        // A copy of a request is a call like any other.
        let mirrors = rule.mirrors.iter();
        let mirrors = mirrors.map(|to| (&to.service, &to.namespace));
        let mut targets = backends.chain(mirrors);
        let here = targets.find(|(name, home)| {
            home.value == *namespace && service.is_none_or(|wanted| wanted.value == name.value)
        });
        here.map(|(name, _)| name.pos)
    };
    let mut leading: BTreeMap<usize, [Pos; 2]> = BTreeMap::new();
    for route in routes {
        if let Some(backend) = route.rules.iter().find_map(leads_here) {
            for parent in &route.parents {
                let places = leading.entry(parent.gateway);
                places.or_insert([backend, parent.name.pos()]);
            }
        }
    }
    leading
        .into_iter()
        .map(|(at, route)| {
            let proxy = &gateways[at].proxy;
            let identity = proxy.principal(&mesh.trust_domain.value);
            let rule = "the identity of a gateway whose routes lead here";
            let from = proxy.from.iter().chain([mesh.trust_domain.pos()]);
            let from = Causes::of(from.chain(route));
            Sourced::derived(Principal::Identity(identity), rule, from)
        })
        .collect()
}

/// Whether something that the route names was not found.
fn is_incomplete(route: &Route) -> bool {
    let leads_nowhere = |rule: &Rule| rule.backends.is_empty() && rule.redirect.is_none();
    route.parents.is_empty() || route.rules.iter().any(leads_nowhere)
}
