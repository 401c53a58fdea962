//! Gateways, and the certificates of their listeners.

use std::collections::BTreeMap;

use crate::config::{self, Auth, Certificate, DnsLabel, ObjectName};
use crate::diag::{Diagnostic, the_few};
use crate::model::{ControlPlane, Gateway, ProxyIdentity, SecretRef};
use crate::source::{Located, Pos, Sourced};

use super::grants::{From, Grants, To};
use super::listeners;
use super::resolver::Resolver;

/// The gateways, and what is still to be resolved about them.
pub(super) struct Gateways {
    /// In the order of the config.
    pub(super) gateways: Vec<Gateway>,
    /// Where each is.
    pub(super) index: GatewayIndex,
    /// The listeners that redirect: gateway, listener, and what `redirectTo` says.
    pub(super) redirects: Vec<(usize, usize, Located<ObjectName>)>,
    /// Who may come in, by gateway.
    pub(super) auth: Vec<(usize, Located<Auth>)>,
}

/// The places of gateways by name and namespace.
pub(super) type GatewayIndex = BTreeMap<ObjectName, BTreeMap<DnsLabel, usize>>;

/// The certificates of the config by name.
pub(super) type Certificates = BTreeMap<ObjectName, Located<Certificate>>;

/// Resolves the gateways with their listeners.
pub(super) fn resolve(
    written: Vec<Located<config::Gateway>>,
    certificates: Vec<Located<Certificate>>,
    control_plane: &ControlPlane,
    service_account: Option<&ObjectName>,
    grants: &mut Grants,
    cx: &mut Resolver<'_>,
) -> Gateways {
    let certificates = index_certificates(certificates, cx);
    let mut result = Gateways {
        gateways: Vec::with_capacity(written.len()),
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
        let same_name = result.index.entry(name.value.clone()).or_default();
        if let Some(first) = same_name.get(&namespace.value) {
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!("gateway `{name}` in namespace `{namespace}` is written twice"),
                    name.pos,
                )
                .related(result.gateways[*first].name.pos, "written here first")
                .help("Keep one of them, with all listeners, or rename one."),
            );
            continue;
        }
        let at = result.gateways.len();
        same_name.insert(namespace.value.clone(), at);
        let mut redirects = Vec::new();
        let listeners = listeners::resolve(
            listeners,
            &namespace.value,
            &certificates,
            &mut redirects,
            cx,
        );
        for listener in &listeners {
            for secret in &listener.certificates {
                grants.add(
                    From::Gateway,
                    &namespace.value,
                    To::Secret,
                    &secret.namespace.value,
                    &secret.name.value,
                    secret.name.pos,
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
            service_account,
        );
        result.gateways.push(Gateway {
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

fn index_certificates(written: Vec<Located<Certificate>>, cx: &mut Resolver<'_>) -> Certificates {
    let mut index: Certificates = BTreeMap::new();
    for certificate in written {
        if let Some(first) = index.get(&certificate.name.value) {
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!("certificate `{}` is described twice", certificate.name),
                    certificate.name.pos,
                )
                .related(first.name.pos, "described here first")
                .help("Keep one of them, or rename one."),
            );
            continue;
        }
        index.insert(certificate.name.value.clone(), certificate);
    }
    index
}

/// The Secret that a listener's certificate stands for.
pub(super) fn secret(
    written: Located<config::CertificateRef>,
    namespace: &DnsLabel,
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
                || Sourced::derived(namespace.clone(), "the gateway's namespace", name.pos),
                Sourced::from,
            ),
            name,
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
            let names = || certificates.keys().map(ObjectName::as_str);
            let mut diagnostic = Diagnostic::error(
                "unknown-certificate",
                format!("there is no certificate `{name}`"),
                name.pos,
            );
            let near = cx.closest(name, names());
            if let Some(near) = near {
                let pos = certificates
                    .get(&ObjectName::new(near))
                    .map_or(Pos::NONE, |c| c.name.pos);
                diagnostic = diagnostic.related(pos, "this one has a similar name");
            }
            let help = near
                .map(|near| format!("Did you mean `{near}`?"))
                .or_else(|| the_few(names()))
                .unwrap_or_else(|| {
                    format!("Describe it under `spec.certificates`, or write `secret: {name}` for a Secret of that name.")
                });
            cx.report.push(diagnostic.help(help));
        }
        return None;
    };
    Some(SecretRef {
        name: Located::new(
            found
                .secret
                .as_ref()
                .map_or_else(|| found.name.value.clone(), |s| s.value.clone()),
            name.pos,
        ),
        namespace: Sourced::from(found.namespace.clone()),
        hostnames: found
            .hostnames
            .iter()
            .map(|hostname| hostname.value.clone())
            .collect(),
    })
}
