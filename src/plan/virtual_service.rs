//! Public names that sidecars route to Services.

use serde::Serialize;

use crate::config::Port;
use crate::model::{Model, VirtualService};
use crate::source::Sourced;

use super::artifact::Artifact;
use super::metadata::{Name, names, text};
use super::object::{ISTIO_NETWORKING, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `virtual_service.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct VirtualServiceView<'m> {
    name: Sourced<&'m str>,
    namespace: Sourced<&'m str>,
    hosts: Vec<Name<'m>>,
    export_to: Vec<Name<'m>>,
    destinations: Vec<DestinationView<'m>>,
}

#[derive(Debug, Serialize)]
struct DestinationView<'m> {
    port: Sourced<Port>,
    host: Sourced<&'m str>,
}

impl<'m> VirtualServiceView<'m> {
    fn new(service: &'m VirtualService) -> Self {
        let destinations = service.destinations.iter();
        VirtualServiceView {
            name: text(&service.name),
            namespace: text(&service.namespace),
            hosts: names(service.hosts.iter().map(text)),
            export_to: names(service.export_to.iter().map(text)),
            destinations: destinations
                .map(|(port, host)| DestinationView {
                    port: text(host).map(|_| *port),
                    host: text(host),
                })
                .collect(),
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    for service in &model.virtual_services {
        let namespace = Some(service.namespace.as_str());
        let id = object_id(ISTIO_NETWORKING, "VirtualService", namespace, &service.name);
        plan.push(Planned::new(
            Artifact::Object(id),
            "virtual_service",
            service.origin,
            || VirtualServiceView::new(service),
        ));
    }
}
