//! Single sign-on.

use crate::config::{self, PathText};
use crate::model::Oidc;
use crate::source::{Causes, Located, Sourced};

use super::grants::{From, Grants, To};

/// The path that ends a session, if nothing else is said. Source: Envoy Gateway, `OIDC.logoutPath`.
const DEFAULT_LOGOUT: &str = "/logout";

/// The config fields whose defaults a policy takes.
#[derive(Clone, Copy)]
pub(super) struct DefaultFields {
    logout_path: &'static str,
    forward_access_token: &'static str,
}

pub(super) const GATEWAY_FIELDS: DefaultFields = DefaultFields {
    logout_path: "spec.gateways.auth.oidc.logoutPath",
    forward_access_token: "spec.gateways.auth.oidc.forwardAccessToken",
};

pub(super) const ROUTE_FIELDS: DefaultFields = DefaultFields {
    logout_path: "spec.routes.auth.oidc.logoutPath",
    forward_access_token: "spec.routes.auth.oidc.forwardAccessToken",
};

/// What a policy says of single sign-on, with the defaults that it takes.
pub(super) fn oidc_of(
    written: Located<config::Oidc>,
    namespace: &Sourced<config::DnsLabel>,
    fields: DefaultFields,
    grants: &mut Grants,
) -> Oidc {
    let written = written.value;
    let secret = written.client_secret.value;
    let secret_namespace = secret.namespace.map_or_else(
        || {
            Sourced::derived(
                namespace.value.clone(),
                "the namespace of what it protects",
                Causes::of([namespace.pos(), secret.secret.pos]),
            )
        },
        Sourced::from,
    );
    grants.add(
        From::SecurityPolicy,
        namespace,
        To::Secret,
        &secret_namespace,
        &secret.secret.value,
        Causes::from(secret.secret.pos),
    );
    Oidc {
        issuer: written.issuer,
        client_id: written.client_id,
        secret: secret.secret,
        secret_namespace,
        redirect_url: written.redirect_url,
        logout_path: written.logout_path.map_or(
            Sourced::default(PathText::new(DEFAULT_LOGOUT), fields.logout_path),
            Sourced::from,
        ),
        scopes: written.scopes,
        cookie_domain: written.cookie_domain,
        forward_access_token: written.forward_access_token.map_or(
            Sourced::default(false, fields.forward_access_token),
            Sourced::from,
        ),
    }
}
