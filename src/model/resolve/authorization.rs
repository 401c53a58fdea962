//! Which workloads admit only the gateways and whom the config names.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Authorization, DnsLabel, LabelKey, LabelValue, ObjectName};
use crate::diag::Diagnostic;
use crate::model::{AuthorizationPolicy, Gateway, Mesh, Principal, Route};
use crate::source::{Located, Origin, Pos, Sourced};

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
        let Some(policy) = one(item.value, pos, mesh, gateways, routes, services, cx) else {
            continue;
        };
        let first = policies
            .iter()
            .find(|other| other.name == policy.name && other.namespace == policy.namespace);
        if let Some(first) = first {
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!(
                        "`{}` in namespace `{}` is protected twice",
                        policy.name, policy.namespace
                    ),
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
        return None;
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
        return None;
    }
    let (name, selector) = match &service {
        Some(wanted) => protected(wanted, &namespace.value, services, cx)?,
        None => (ObjectName::new("callers"), Selector::new()),
    };
    let leading = leading(service.as_ref(), &namespace.value, routes);
    let mut allow: Vec<Sourced<Principal>> = leading
        .into_iter()
        .map(|at| {
            let identity = gateways[at].proxy.principal(&mesh.trust_domain.value);
            let rule = "the identity of a gateway whose routes lead here";
            Sourced::derived(Principal::Identity(identity), rule, gateways[at].name.pos)
        })
        .collect();
    allow.extend(also_allow.into_iter().map(|caller| {
        let principal = match &caller.service_account {
            Some(account) => Principal::Identity(format!(
                "{}/ns/{}/sa/{account}",
                mesh.trust_domain.value, caller.namespace
            )),
            None => Principal::Namespace(caller.namespace.value.clone()),
        };
        Sourced::written(principal, caller.pos)
    }));
    allow.sort_by(|a, b| a.value.cmp(&b.value));
    allow.dedup_by(|a, b| a.value == b.value);
    if allow.is_empty() {
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
        namespace: namespace.value,
        selector,
        allow,
        dry_run: dry_run.is_some_and(|yes| yes.value),
        origin: Origin::Written(pos),
    })
}

/// The labels of pods.
type Selector = BTreeMap<LabelKey, LabelValue>;

/// The name of the policy for a Service, and the labels of its pods.
fn protected(
    wanted: &Located<ObjectName>,
    namespace: &DnsLabel,
    services: &Services,
    cx: &mut Resolver<'_>,
) -> Option<(ObjectName, Selector)> {
    let found = services.find(namespace, wanted, cx)?;
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
                Diagnostic::error(
                    "unknown-selector",
                    format!("which pods service `{wanted}` has is not known"),
                    wanted.pos,
                )
                .related(found.name.pos, "the service")
                .help("Write `selector:` on the service, with the labels by which it selects its pods."),
            );
        }
        return None;
    }
    let name = ObjectName::new(shortened(format!("{wanted}-callers")));
    Some((name, found.selector.clone()))
}

/// The gateways whose routes lead to a Service, or to any of the namespace.
fn leading(
    service: Option<&Located<ObjectName>>,
    namespace: &DnsLabel,
    routes: &[Route],
) -> BTreeSet<usize> {
    routes
        .iter()
        .filter(|route| {
            route
                .rules
                .iter()
                .flat_map(|rule| &rule.backends)
                .any(|backend| {
                    backend.namespace.value == *namespace
                        && service.is_none_or(|wanted| wanted.value == backend.service.value)
                })
        })
        .flat_map(|route| route.parents.iter().map(|parent| parent.gateway))
        .collect()
}
