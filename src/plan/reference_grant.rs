//! Consents to references across namespaces.

use serde::Serialize;

use crate::model::Model;

use super::artifact::Artifact;
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `reference_grant.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct ReferenceGrantView<'m> {
    name: &'m str,
    namespace: &'m str,
    from_group: &'static str,
    from_kind: &'static str,
    from_namespace: &'m str,
    to_kind: &'static str,
    to_name: &'m str,
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    for grant in &model.reference_grants {
        let view = || ReferenceGrantView {
            name: &grant.name,
            namespace: &grant.namespace,
            from_group: grant.from_group,
            from_kind: grant.from_kind,
            from_namespace: &grant.from_namespace,
            to_kind: grant.to_kind,
            to_name: &grant.to_name,
        };
        let id = object_id(
            GATEWAY_API,
            "ReferenceGrant",
            Some(&grant.namespace),
            &grant.name,
        );
        plan.push(Planned::new(
            Artifact::Object(id),
            "reference_grant",
            grant.origin,
            view,
        ));
    }
}
