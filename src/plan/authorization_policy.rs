//! Who may call a workload.

use serde::Serialize;

use crate::model::{AuthorizationPolicy, Model, Principal};
use crate::source::Sourced;

use super::artifact::Artifact;
use super::metadata::{KeyValue, Name, key_values, names, text};
use super::object::{ISTIO_SECURITY, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `authorization_policy.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct AuthorizationPolicyView<'m> {
    name: Sourced<&'m str>,
    namespace: Sourced<&'m str>,
    dry_run: Sourced<bool>,
    selector: Vec<KeyValue<'m>>,
    principals: Vec<Name<'m>>,
    namespaces: Vec<Name<'m>>,
}

impl<'m> AuthorizationPolicyView<'m> {
    fn new(policy: &'m AuthorizationPolicy) -> Self {
        let callers = policy.allow.iter();
        let caller = |value, origin| Some(Sourced { value, origin });
        let identity = |of: &'m Sourced<Principal>| match &of.value {
            Principal::Identity(identity) => caller(identity.as_str(), of.origin),
            Principal::Namespace(_) => None,
        };
        let namespace = |of: &'m Sourced<Principal>| match &of.value {
            Principal::Namespace(namespace) => caller(namespace.as_str(), of.origin),
            Principal::Identity(_) => None,
        };
        AuthorizationPolicyView {
            name: text(&policy.name),
            namespace: text(&policy.namespace),
            dry_run: policy.dry_run,
            selector: key_values(&policy.selector),
            principals: names(callers.clone().filter_map(identity)),
            namespaces: names(callers.filter_map(namespace)),
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    for policy in &model.authorization_policies {
        let namespace = Some(policy.namespace.as_str());
        let id = object_id(
            ISTIO_SECURITY,
            "AuthorizationPolicy",
            namespace,
            &policy.name,
        );
        plan.push(Planned::new(
            Artifact::Object(id),
            "authorization_policy",
            policy.origin,
            || AuthorizationPolicyView::new(policy),
        ));
    }
}
