//! Which of a route's hostnames its listeners serve.

use crate::config::{self, Hostname, ObjectName, Protocol};
use crate::diag::Diagnostic;
use crate::model::hostname::{certifies, intersect};
use crate::model::{Gateway, Listener, ParentRef, SecretRef};
use crate::source::Located;

use super::resolver::Resolver;
use super::routes::World;

/// Whether a listener serves one of a route's hostnames, or the route all of the listener's.
pub(super) fn serves_any(listener: &Listener, hostnames: &[Located<Hostname>]) -> bool {
    let Some(own) = &listener.hostname else {
        return true;
    };
    hostnames.is_empty() || hostnames.iter().any(|hostname| intersect(own, hostname))
}

/// Marks the hostnames that the admitting listeners of one gateway serve; if that is none, while
/// another parent serves some, that is reported.
pub(super) fn mark_served(
    gateway: &Gateway,
    admitting: &[usize],
    hostnames: &[Located<Hostname>],
    served: &mut [bool],
    complete: bool,
    parent: &config::Parent,
    cx: &mut Resolver<'_>,
) {
    let is_served = |hostname: &Located<Hostname>| {
        admitting
            .iter()
            .any(|at| serves_any(&gateway.listeners[*at], std::slice::from_ref(hostname)))
    };
    let mut any = !complete || hostnames.is_empty();
    for (hostname, served) in hostnames.iter().zip(served.iter_mut()) {
        if is_served(hostname) {
            *served = true;
            any = true;
        }
    }
    let elsewhere = served.iter().any(|served| *served);
    if !any && elsewhere && !admitting.is_empty() {
        cx.report.push(
            Diagnostic::error(
                "unserved-hostname",
                format!(
                    "gateway `{}` serves none of the route's hostnames",
                    parent.gateway
                ),
                parent
                    .listener
                    .as_ref()
                    .map_or(parent.gateway.pos, |listener| listener.pos),
            )
            .related(gateway.name.pos, "the gateway")
            .help("Leave this parent out, or widen the `hostname` of a listener."),
        );
    }
    for at in admitting {
        let listener = &gateway.listeners[*at];
        refuse_uncertified(listener, hostnames, cx);
    }
}

/// Whether no certificate is for a hostname; of one whose names are not known, it may be.
pub(super) fn is_uncertified(secrets: &[SecretRef], hostname: &str) -> bool {
    let certifies_it = |secret: &SecretRef| {
        let mut names = secret.hostnames.iter();
        secret.hostnames.is_empty() || names.any(|name| certifies(name, hostname))
    };
    !secrets.is_empty() && !secrets.iter().any(certifies_it)
}

/// A hostname which a listener serves and none of its certificates is for.
fn refuse_uncertified(listener: &Listener, hostnames: &[Located<Hostname>], cx: &mut Resolver<'_>) {
    let secrets = &listener.certificates;
    if listener.protocol.value != Protocol::Https || listener.hostname.is_some() {
        return;
    }
    for hostname in hostnames {
        if is_uncertified(secrets, hostname) {
            cx.report.push(
                Diagnostic::error(
                    "uncovered-hostname",
                    format!("no certificate of listener `{}` is for `{hostname}`", listener.name),
                    hostname.pos,
                )
                .related(secrets[0].name.pos(), "the listener's certificate")
                .because("Clients would refuse the connection. A certificate's `*` stands for one label.")
                .help("Add a certificate for it to the listener, or correct `hostnames` of the certificate."),
            );
        }
    }
}

/// Reports a hostname that no listener serves.
pub(super) fn refuse_unserved(
    name: &Located<ObjectName>,
    hostname: &Located<Hostname>,
    parents: &[ParentRef],
    world: &World<'_>,
    cx: &mut Resolver<'_>,
) {
    let mut diagnostic = Diagnostic::error(
        "unserved-hostname",
        format!("no listener that route `{name}` attaches to serves `{hostname}`"),
        hostname.pos,
    );
    let mut wildcard = None;
    for parent in parents.iter().take(3) {
        let gateway = &world.gateways[parent.gateway];
        let listeners = gateway.listeners.iter().filter(|listener| {
            parent
                .section_name
                .as_ref()
                .is_none_or(|section| section.value == listener.name.value)
        });
        for listener in listeners.take(3) {
            if let Some(own) = &listener.hostname {
                let apex = own.strip_prefix("*.") == Some(hostname.as_str());
                wildcard = wildcard.or(apex.then_some(own));
                diagnostic = diagnostic.related(
                    own.pos,
                    format!("listener `{}` serves `{own}`", listener.name),
                );
            }
        }
    }
    if let Some(wildcard) = wildcard {
        diagnostic =
            diagnostic.because(format!("`{wildcard}` does not serve `{hostname}` itself."));
    }
    cx.report
        .push(diagnostic.help("Correct the hostname, or add a listener for it."));
}
