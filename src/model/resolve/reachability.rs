//! Which destinations a gateway's sidecar finds.

use crate::config::{OutboundTrafficPolicy, ServiceProtocol};
use crate::diag::Diagnostic;
use crate::model::{Backend, Mesh, Mirror, RouteKind};
use crate::source::Pos;

use super::resolver::Resolver;
use super::services::ServiceFacts;

/// Whether the gateway's sidecar has to know the request's host to do right by this backend.
pub(super) fn needs_known_host(facts: ServiceFacts, mesh: &Mesh) -> bool {
    let refused_unknown = mesh.outbound.value == OutboundTrafficPolicy::RegistryOnly;
    facts.is_declared_http() && (facts.in_mesh || refused_unknown)
}

/// Says why a backend in the mesh would not answer, or not as it should.
pub(super) fn refuse_unreachable(
    backend: &Backend,
    facts: ServiceFacts,
    kind: RouteKind,
    cx: &mut Resolver<'_>,
) {
    if !facts.in_mesh {
        return;
    }
    if facts.headless && facts.port != facts.target_port {
        cx.report.push(
            Diagnostic::error(
                "headless-with-target-port",
                format!("headless service `{}` cannot be reached through the mesh", backend.service),
                backend.service.pos,
            )
            .because(format!(
                "A headless Service has no cluster IP, so the gateway sends to port {} of its pods, \
                 where their sidecars expect only port {}.",
                facts.target_port, facts.port
            ))
            .help("Give the Service the same `port` and `targetPort`, or a cluster IP."),
        );
    }
    let http2 = matches!(
        facts.protocol,
        Some(ServiceProtocol::Http2 | ServiceProtocol::Grpc)
    );
    if http2 && kind == RouteKind::Http {
        cx.report.push(
            Diagnostic::warning(
                "http2-backend",
                format!("port {} of service `{}` is declared to be HTTP/2", backend.port.value, backend.service),
                backend.service.pos,
            )
            .because("Its sidecar speaks HTTP/2 to it; an application that speaks only HTTP/1.1 answers 502.")
            .help("Declare it `http`, unless the application speaks HTTP/2 without TLS."),
        );
    }
}

/// A mirrored request has the host of the first request, by which a sidecar would send it to the
/// first request's destination.
pub(super) fn refuse_misrouted_mirrors(
    backends: &[(Backend, ServiceFacts)],
    mirrors: &[(Mirror, ServiceFacts, Pos)],
    rewritten: &[bool],
    mesh: &Mesh,
    cx: &mut Resolver<'_>,
) {
    for (mirror, facts, pos) in mirrors {
        let itself = backends.iter().all(|(backend, _)| {
            backend.service.value == mirror.service.value
                && backend.namespace.value == mirror.namespace.value
        });
        let by_host = facts.is_declared_http();
        let misled = rewritten.contains(&true) || needs_known_host(*facts, mesh);
        if by_host && misled && !itself {
            cx.report.push(
                Diagnostic::error(
                    "misrouted-mirror",
                    format!("copies for `{}` would not reach it", mirror.service),
                    *pos,
                )
                .because(
                    "The port is declared to be HTTP, so sidecars choose by the request's host, and \
                     a copy has the host of the request it was made from.",
                )
                .help("Mirror to a port whose Service declares no protocol (no `appProtocol`, a name such as `web`)."),
            );
        }
    }
}
