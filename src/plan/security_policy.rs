//! Single sign-on.

use serde::Serialize;

use crate::model::{Model, SecurityPolicy, TargetKind};

use super::artifact::Artifact;
use super::defaulted::{explicit, shown};
use super::metadata::{Name, names};
use super::object::{ENVOY_GATEWAY, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `security_policy.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct SecurityPolicyView<'m> {
    /// Whether values that the API server would fill in are written out.
    explicit: bool,
    name: &'m str,
    namespace: &'m str,
    target: TargetView<'m>,
    oidc: OidcView<'m>,
}

#[derive(Debug, Serialize)]
struct TargetView<'m> {
    kind: &'static str,
    name: &'m str,
}

#[derive(Debug, Serialize)]
struct OidcView<'m> {
    issuer: &'m str,
    client_id: &'m str,
    secret: &'m str,
    /// Where it is another than the policy's.
    secret_namespace: Option<&'m str>,
    redirect_url: Option<&'m str>,
    logout_path: &'m str,
    scopes: Vec<Name<'m>>,
    cookie_domain: Option<&'m str>,
    forward_access_token: Option<bool>,
}

impl<'m> SecurityPolicyView<'m> {
    fn new(policy: &'m SecurityPolicy, explicit: bool) -> Self {
        let namespace = policy.namespace.as_str();
        let oidc = &policy.oidc;
        let secret_namespace = oidc.secret_namespace.as_str();
        SecurityPolicyView {
            explicit,
            name: &policy.name,
            namespace,
            target: TargetView {
                kind: match policy.target.kind {
                    TargetKind::Gateway => "Gateway",
                    TargetKind::HttpRoute => "HTTPRoute",
                    TargetKind::GrpcRoute => "GRPCRoute",
                },
                name: &policy.target.name,
            },
            oidc: OidcView {
                issuer: &oidc.issuer.value,
                client_id: &oidc.client_id.value,
                secret: &oidc.secret.value,
                secret_namespace: Some(secret_namespace).filter(|own| *own != namespace),
                redirect_url: oidc.redirect_url.as_ref().map(|url| url.as_str()),
                logout_path: &oidc.logout_path.value,
                scopes: names(oidc.scopes.iter().map(|scope| scope.as_str())),
                cookie_domain: oidc.cookie_domain.as_ref().map(|domain| domain.as_str()),
                // The controller's default, not the API server's, so it is never needed.
                forward_access_token: shown(&oidc.forward_access_token, false, false),
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
