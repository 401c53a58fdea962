//! Where the requests of a rule go.

use crate::config::{self, DnsLabel, ObjectName, Port};
use crate::diag::Diagnostic;
use crate::model::{Backend, Mirror, RouteKind};
use crate::source::{Causes, Located, Pos, Sourced};

use super::grants::{From, Grants, To};
use super::resolver::Resolver;
use super::rules::Scope;
use super::services::{ServiceFacts, Services};

/// A backend or mirror that was found, with what matters of its Service.
pub(super) struct Found {
    pub(super) service: Located<ObjectName>,
    pub(super) namespace: Sourced<DnsLabel>,
    pub(super) port: Sourced<Port>,
    pub(super) facts: ServiceFacts,
}

/// Resolves the backends of a rule; what is not found is reported and left out.
pub(super) fn resolve(
    written: Vec<Located<config::Backend>>,
    scope: &Scope<'_>,
    grants: &mut Grants,
    cx: &mut Resolver<'_>,
) -> Vec<(Backend, ServiceFacts)> {
    let mut all = Vec::with_capacity(written.len());
    for backend in written {
        let pos = backend.pos;
        let config::Backend {
            service,
            namespace,
            port,
            weight,
        } = backend.value;
        let Some(found) = find(service, namespace, port.as_ref(), pos, scope, grants, cx) else {
            continue;
        };
        let weight = weight.map_or(
            Sourced::default(1, "spec.routes.rules.backends.weight"),
            Sourced::from,
        );
        let Found {
            service,
            namespace,
            port,
            facts,
        } = found;
        all.push((
            Backend {
                service,
                namespace,
                port,
                weight,
                rewrite_host: None,
            },
            facts,
        ));
    }
    if let Some((first, _)) = all.first()
        && all.iter().all(|(backend, _)| backend.weight.value == 0)
    {
        cx.report.push(
            Diagnostic::error(
                "no-weight",
                "every backend of the rule has weight 0",
                first.weight.pos(),
            )
            .because("The gateway would answer every request with status 500.")
            .help("Give one of them a weight above 0."),
        );
    }
    all
}

/// Resolves the mirrors of a rule.
pub(super) fn mirrors(
    written: Vec<Located<config::Mirror>>,
    scope: &Scope<'_>,
    grants: &mut Grants,
    cx: &mut Resolver<'_>,
) -> Vec<(Mirror, ServiceFacts, Pos)> {
    let mut all = Vec::with_capacity(written.len());
    for mirror in written {
        let pos = mirror.pos;
        let config::Mirror {
            service,
            namespace,
            port,
            percent,
        } = mirror.value;
        let Some(found) = find(service, namespace, port.as_ref(), pos, scope, grants, cx) else {
            continue;
        };
        let Found {
            service,
            namespace,
            port,
            facts,
        } = found;
        let place = service.pos;
        all.push((
            Mirror {
                service,
                namespace,
                port,
                percent,
            },
            facts,
            place,
        ));
    }
    all
}

fn find(
    service: Located<ObjectName>,
    namespace: Option<Located<DnsLabel>>,
    port: Option<&Located<Port>>,
    pos: Pos,
    scope: &Scope<'_>,
    grants: &mut Grants,
    cx: &mut Resolver<'_>,
) -> Option<Found> {
    let namespace = namespace.map_or_else(
        || {
            Sourced::derived(
                scope.namespace.value.clone(),
                "the route's namespace",
                Causes::of([scope.namespace.pos, service.pos]),
            )
        },
        Sourced::from,
    );
    let described = scope.world.services.find(&namespace.value, &service, cx)?;
    let (port, facts) = Services::port(described, port, pos, cx)?;
    let from = match scope.kind {
        RouteKind::Http => From::HttpRoute,
        RouteKind::Grpc => From::GrpcRoute,
    };
    grants.add(
        from,
        &Sourced::from(scope.namespace.clone()),
        To::Service,
        &namespace,
        &service.value,
        Causes::from(service.pos),
    );
    Some(Found {
        service,
        namespace,
        port,
        facts,
    })
}
