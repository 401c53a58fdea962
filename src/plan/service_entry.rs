//! Public names that sidecars have to know on ports other than 80.

use serde::Serialize;

use crate::config::Port;
use crate::model::{Model, ServiceEntry};
use crate::source::Sourced;

use super::artifact::Artifact;
use super::metadata::{Name, names, text};
use super::object::{ISTIO_NETWORKING, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `service_entry.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct ServiceEntryView<'m> {
    name: Sourced<&'m str>,
    namespace: Sourced<&'m str>,
    hosts: Vec<Name<'m>>,
    ports: Vec<PortView>,
    export_to: Vec<Name<'m>>,
}

#[derive(Debug, Serialize)]
struct PortView {
    number: Sourced<Port>,
}

impl<'m> ServiceEntryView<'m> {
    fn new(entry: &'m ServiceEntry) -> Self {
        ServiceEntryView {
            name: text(&entry.name),
            namespace: text(&entry.namespace),
            hosts: names(entry.hosts.iter().map(text)),
            ports: entry
                .ports
                .iter()
                .map(|port| PortView { number: *port })
                .collect(),
            export_to: names(entry.export_to.iter().map(text)),
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    for entry in &model.service_entries {
        let namespace = Some(entry.namespace.as_str());
        let id = object_id(ISTIO_NETWORKING, "ServiceEntry", namespace, &entry.name);
        plan.push(Planned::new(
            Artifact::Object(id),
            "service_entry",
            entry.origin,
            || ServiceEntryView::new(entry),
        ));
    }
}
