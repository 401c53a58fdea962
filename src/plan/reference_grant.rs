//! Consents to references across namespaces.

use serde::Serialize;

use crate::model::Model;
use crate::source::Sourced;

use super::artifact::Artifact;
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `reference_grant.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct ReferenceGrantView<'m> {
    name: Sourced<&'m str>,
    namespace: Sourced<&'m str>,
    from_group: Sourced<&'m str>,
    from_kind: Sourced<&'m str>,
    from_namespace: Sourced<&'m str>,
    to_kind: Sourced<&'m str>,
    to_name: Sourced<&'m str>,
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    for grant in &model.reference_grants {
        let origin = grant.origin;
        let field = move |value| Sourced { value, origin };
        let view = move || ReferenceGrantView {
            name: field(&*grant.name),
            namespace: field(&*grant.namespace),
            from_group: field(grant.from_group),
            from_kind: field(grant.from_kind),
            from_namespace: field(&*grant.from_namespace),
            to_kind: field(grant.to_kind),
            to_name: field(&*grant.to_name),
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
