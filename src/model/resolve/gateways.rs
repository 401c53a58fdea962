//! Gateways, and the certificates of their listeners.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Auth, Certificate, DnsLabel, ObjectName};
use crate::diag::Diagnostic;
use crate::model::{ControlPlane, Gateway, ProxyIdentity, SecretRef};
use crate::source::{Causes, Located, Pos, Sourced};

use super::grants::{From, Grants, To};
use super::listeners;
use super::resolver::Resolver;

/// The gateways, and what is still to be resolved about them.
pub(super) struct Gateways {
    /// In the order of the config.
    pub(super) all: Vec<Gateway>,
    /// Those of which some listener is not known, because it was wrong.
    pub(super) incomplete: BTreeSet<usize>,
    /// By name: one place for each namespace that has a gateway of the name.
    pub(super) index: BTreeMap<ObjectName, Vec<usize>>,
    /// The listeners that redirect: gateway, listener, and what `redirectTo` says.
    pub(super) redirects: Vec<(usize, usize, Located<ObjectName>)>,
    /// Who may come in, by gateway.
    pub(super) auth: Vec<(usize, Located<Auth>)>,
}

/// The certificates of the config by name.
pub(super) type Certificates = BTreeMap<ObjectName, Located<Certificate>>;

/// Resolves the gateways with their listeners.
pub(super) fn resolve(
    written: Vec<Located<config::Gateway>>,
    certificates: Vec<Located<Certificate>>,
    control_plane: &ControlPlane,
    service_account: Option<&Located<ObjectName>>,
    grants: &mut Grants,
    cx: &mut Resolver<'_>,
) -> Gateways {
    let certificates: Certificates = certificates
        .into_iter()
        .map(|certificate| (certificate.name.value.clone(), certificate))
        .collect();
    let mut result = Gateways {
        all: Vec::with_capacity(written.len()),
        incomplete: BTreeSet::new(),
        index: BTreeMap::new(),
        redirects: Vec::new(),
        auth: Vec::new(),
    };
    for gateway in written {
        let config::Gateway {
            name,
            namespace,
            labels,
            annotations,
            listeners,
            auth,
        } = gateway.value;
        let at = result.all.len();
        if cx.dropped.field(gateway.pos, "listeners") {
            result.incomplete.insert(at);
        }
        result.index.entry(name.value.clone()).or_default().push(at);
        let mut redirects = Vec::new();
        let listeners =
            listeners::resolve(listeners, &namespace, &certificates, &mut redirects, cx);
        for listener in &listeners {
            for secret in &listener.certificates {
                grants.add(
                    From::Gateway,
                    &Sourced::from(namespace.clone()),
                    To::Secret,
                    &secret.namespace,
                    &secret.name.value,
                    secret.name.origin.causes(),
                );
            }
        }
        result.redirects.extend(
            redirects
                .into_iter()
                .map(|(listener, to)| (at, listener, to)),
        );
        result.auth.extend(auth.map(|auth| (at, auth)));
        let proxy = ProxyIdentity::new(
            control_plane.deploy_mode.value,
            &control_plane.namespace.value,
            &namespace.value,
            &name.value,
            service_account.map(|name| &name.value),
        )
        .because(Causes::of([
            name.pos,
            namespace.pos,
            control_plane.namespace.pos(),
            control_plane.deploy_mode.pos(),
            service_account.map_or(Pos::NONE, |name| name.pos),
        ]));
        result.all.push(Gateway {
            name,
            namespace,
            labels,
            annotations,
            listeners,
            proxy,
        });
    }
    result
}

/// The Secret that a listener's certificate stands for.
pub(super) fn secret(
    written: Located<config::CertificateRef>,
    namespace: &Located<DnsLabel>,
    certificates: &Certificates,
    cx: &mut Resolver<'_>,
) -> Option<SecretRef> {
    let pos = written.pos;
    let config::CertificateRef {
        secret,
        namespace: secret_namespace,
        certificate,
    } = written.value;
    match (secret, certificate) {
        (Some(name), None) => Some(SecretRef {
            namespace: secret_namespace.map_or_else(
                || {
                    let from = Causes::of([namespace.pos, name.pos]);
                    Sourced::derived(namespace.value.clone(), "the gateway's namespace", from)
                },
                Sourced::from,
            ),
            name: Sourced::from(name),
            hostnames: Vec::new(),
        }),
        (None, Some(certificate)) => {
            if let Some(namespace) = secret_namespace {
                cx.report.push(
                    Diagnostic::error(
                        "namespace-of-certificate",
                        "a certificate that is referred to by name has its own namespace",
                        namespace.pos,
                    )
                    .help(format!("Leave `namespace` out; certificate `{certificate}` says where its Secret is.")),
                );
            }
            described(&certificate, certificates, cx)
        }
        (Some(secret), Some(certificate)) => {
            cx.report.push(
                Diagnostic::error(
                    "secret-and-certificate",
                    "both a Secret and a certificate are named",
                    certificate.pos,
                )
                .related(secret.pos, "the Secret")
                .help("Keep one; for two certificates write two items."),
            );
            None
        }
        (None, None) => {
            if !cx.dropped.field(pos, "secret") && !cx.dropped.field(pos, "certificate") {
                cx.report.push(
                    Diagnostic::error(
                        "empty-certificate",
                        "neither a Secret nor a certificate is named",
                        pos,
                    )
                    .help("Write `secret:` with the name of a Secret of type `kubernetes.io/tls`."),
                );
            }
            None
        }
    }
}

fn described(
    name: &Located<ObjectName>,
    certificates: &Certificates,
    cx: &mut Resolver<'_>,
) -> Option<SecretRef> {
    let Some(found) = certificates.get(&name.value) else {
        if !cx.dropped.named("spec.certificates", name) {
            let diagnostic = Diagnostic::error(
                "unknown-certificate",
                format!("there is no certificate `{name}`"),
                name.pos,
            );
            let near = cx
                .closest(name, certificates.keys().map(ObjectName::as_str))
                .and_then(|near| certificates.get(&ObjectName::new(near)));
            cx.report.push(match near {
                Some(near) => diagnostic
                    .related(near.name.pos, "this one has a similar name")
                    .help(format!("Did you mean `{}`?", near.name)),
                None => diagnostic.help(format!(
                    "Describe it under `spec.certificates`, or write `secret: {name}` for a Secret \
                     of that name."
                )),
            });
        }
        return None;
    };
    let secret = found.secret.as_ref().unwrap_or(&found.name);
    Some(SecretRef {
        name: Sourced::derived(
            secret.value.clone(),
            "the Secret of the certificate that is named",
            Causes::of([name.pos, secret.pos]),
        ),
        namespace: Sourced::derived(
            found.namespace.value.clone(),
            "the namespace of the certificate that is named",
            Causes::of([found.namespace.pos, name.pos]),
        ),
        hostnames: found
            .hostnames
            .iter()
            .map(|hostname| hostname.value.clone())
            .collect(),
    })
}
