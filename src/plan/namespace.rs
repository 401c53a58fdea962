//! Namespaces that are created.

use serde::Serialize;

use crate::config::Manage;
use crate::model::{Model, Namespace};
use crate::source::{Shown, Sourced};

use super::artifact::Artifact;
use super::metadata::{KeyValue, key_values};
use super::object::object_id;
use super::plan::Plan;
use super::planned::Planned;

/// What `namespace.yaml.j2` sees.
#[derive(Debug, Serialize)]
pub(super) struct NamespaceView<'m> {
    name: Shown<&'m str>,
    labels: Sourced<Vec<KeyValue<'m>>>,
}

impl<'m> NamespaceView<'m> {
    pub(super) fn new(namespace: &'m Namespace) -> Self {
        NamespaceView {
            name: Shown::new(
                Sourced {
                    value: &*namespace.name,
                    origin: namespace.origin,
                },
                namespace.manage.origin,
            ),
            labels: Sourced {
                value: key_values(&namespace.labels),
                origin: namespace.origin,
            },
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    for namespace in &model.namespaces {
        if *namespace.manage == Manage::Create {
            let id = object_id("", "Namespace", None, &namespace.name);
            let view = || NamespaceView::new(namespace);
            plan.push(Planned::new(
                Artifact::Object(id),
                "namespace",
                namespace.origin,
                view,
            ));
        }
    }
}
