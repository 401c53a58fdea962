//! Single sign-on.

use serde::Serialize;

use crate::model::{Model, SecurityPolicy, TargetKind};
use crate::source::{Shown, Sourced};

use super::artifact::Artifact;
use super::defaulted::{elsewhere, explicit, shown};
use super::metadata::{Name, names, text, wrote};
use super::object::{ENVOY_GATEWAY, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `security_policy.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct SecurityPolicyView<'m> {
    /// Whether values that the API server would fill in are written out.
    explicit: Sourced<bool>,
    name: Sourced<&'m str>,
    namespace: Sourced<&'m str>,
    target: TargetView<'m>,
    oidc: OidcView<'m>,
}

#[derive(Debug, Serialize)]
struct TargetView<'m> {
    kind: Sourced<&'static str>,
    name: Sourced<&'m str>,
}

#[derive(Debug, Serialize)]
struct OidcView<'m> {
    issuer: Sourced<&'m str>,
    client_id: Sourced<&'m str>,
    secret: Sourced<&'m str>,
    /// Where it is another than the policy's.
    secret_namespace: Option<Shown<&'m str>>,
    redirect_url: Option<Sourced<&'m str>>,
    logout_path: Sourced<&'m str>,
    scopes: Vec<Name<'m>>,
    cookie_domain: Option<Sourced<&'m str>>,
    forward_access_token: Option<Shown<bool>>,
}

impl<'m> SecurityPolicyView<'m> {
    fn new(policy: &'m SecurityPolicy, explicit: Sourced<bool>) -> Self {
        let namespace = text(&policy.namespace);
        let target = &policy.target;
        let oidc = &policy.oidc;
        SecurityPolicyView {
            explicit,
            name: text(&policy.name),
            namespace,
            target: TargetView {
                kind: text(&target.name).map(|_| match target.kind {
                    TargetKind::Gateway => "Gateway",
                    TargetKind::HttpRoute => "HTTPRoute",
                    TargetKind::GrpcRoute => "GRPCRoute",
                }),
                name: text(&target.name),
            },
            oidc: OidcView {
                issuer: wrote(&oidc.issuer),
                client_id: wrote(&oidc.client_id),
                secret: wrote(&oidc.secret),
                secret_namespace: elsewhere(&oidc.secret_namespace, namespace),
                redirect_url: oidc.redirect_url.as_ref().map(wrote),
                logout_path: text(&oidc.logout_path),
                scopes: names(oidc.scopes.iter().map(wrote)),
                cookie_domain: oidc.cookie_domain.as_ref().map(wrote),
                // The controller's default, not the API server's, so it is never needed.
                forward_access_token: shown(
                    &oidc.forward_access_token,
                    false,
                    explicit.map(|_| false),
                ),
            },
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let explicit = explicit(model);
    for policy in &model.security_policies {
        let id = object_id(
            ENVOY_GATEWAY,
            "SecurityPolicy",
            Some(&policy.namespace),
            &policy.name,
        );
        plan.push(Planned::new(
            Artifact::Object(id),
            "security_policy",
            policy.origin,
            move || SecurityPolicyView::new(policy, explicit),
        ));
    }
}
