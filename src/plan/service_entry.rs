//! Public names that sidecars have to know on ports other than 80.

use serde::Serialize;

use crate::config::{DnsLabel, Hostname, Port};
use crate::model::{Model, ServiceEntry};

use super::artifact::Artifact;
use super::metadata::{Name, names};
use super::object::{ISTIO_NETWORKING, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `service_entry.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct ServiceEntryView<'m> {
    name: &'m str,
    namespace: &'m str,
    hosts: Vec<Name<'m>>,
    ports: Vec<PortView>,
    export_to: Vec<Name<'m>>,
}

#[derive(Debug, Serialize)]
struct PortView {
    number: Port,
}

impl<'m> ServiceEntryView<'m> {
    fn new(entry: &'m ServiceEntry) -> Self {
        ServiceEntryView {
            name: &entry.name,
            namespace: &entry.namespace,
            hosts: names(entry.hosts.iter().map(Hostname::as_str)),
            ports: entry
                .ports
                .iter()
                .map(|port| PortView { number: *port })
                .collect(),
            export_to: names(entry.export_to.iter().map(DnsLabel::as_str)),
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
