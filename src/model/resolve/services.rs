//! The Services that the config states facts about.

use std::collections::BTreeMap;

use crate::config::{DnsLabel, ObjectName, Port, Service, ServicePort, ServiceProtocol};
use crate::diag::Diagnostic;
use crate::source::{Causes, Located, Pos, Sourced};

use super::resolver::Resolver;

/// The Services of the config by namespace and name.
#[derive(Debug)]
pub(super) struct Services {
    all: Vec<Located<Service>>,
    index: BTreeMap<DnsLabel, BTreeMap<ObjectName, usize>>,
}

impl Services {
    /// Takes the Services up, each of which the config describes once.
    pub(super) fn index(all: Vec<Located<Service>>, cx: &mut Resolver<'_>) -> Self {
        let mut index: BTreeMap<DnsLabel, BTreeMap<ObjectName, usize>> = BTreeMap::new();
        for (at, service) in all.iter().enumerate() {
            refuse_same_ports(service, cx);
            let names = index.entry(service.namespace.value.clone()).or_default();
            names.insert(service.name.value.clone(), at);
        }
        Services { all, index }
    }

    /// All of them, in the order of the config.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Located<Service>> {
        self.all.iter()
    }

    /// The Service of this namespace and name.
    pub(super) fn get(&self, namespace: &DnsLabel, name: &ObjectName) -> Option<&Located<Service>> {
        Some(&self.all[*self.index.get(namespace)?.get(name)?])
    }

    /// The Service that a backend or policy names; an unknown one is reported with the nearest.
    pub(super) fn find(
        &self,
        namespace: &DnsLabel,
        name: &Located<ObjectName>,
        cx: &mut Resolver<'_>,
    ) -> Option<&Located<Service>> {
        let found = self.get(namespace, name);
        if found.is_none() && !cx.dropped.named("spec.services", name) {
            let diagnostic = self.unknown(namespace, name, cx);
            cx.report.push(diagnostic);
        }
        found
    }

    fn unknown(
        &self,
        namespace: &DnsLabel,
        name: &Located<ObjectName>,
        cx: &mut Resolver<'_>,
    ) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            "unknown-service",
            format!("there is no service `{name}` in namespace `{namespace}`"),
            name.pos,
        );
        let elsewhere = self
            .all
            .iter()
            .find(|service| service.name.value == name.value);
        if let Some(other) = elsewhere {
            return diagnostic
                .related(
                    other.name.pos,
                    format!("this one is in namespace `{}`", other.namespace),
                )
                .help(format!(
                    "Write `namespace: {}` beside it, if that one is meant.",
                    other.namespace
                ));
        }
        let beside = self.index.get(namespace);
        let candidates = beside
            .into_iter()
            .flat_map(|names| names.keys().map(ObjectName::as_str));
        let near = cx
            .closest(name, candidates)
            .and_then(|near| self.get(namespace, &ObjectName::new(near)))
            .or_else(|| {
                let near =
                    cx.closest(name, self.all.iter().map(|service| service.name.as_str()))?;
                self.all
                    .iter()
                    .find(|service| service.name.as_str() == near)
            });
        match near {
            Some(near) if near.namespace.value == *namespace => diagnostic
                .related(near.name.pos, "this one has a similar name")
                .help(format!("Did you mean `{}`?", near.name)),
            Some(near) => diagnostic
                .related(near.name.pos, "this one has a similar name")
                .help(format!("Did you mean `{}` in namespace `{}`?", near.name, near.namespace)),
            None => diagnostic.help(format!(
                "Describe it under `spec.services`: `{{name: {name}, namespace: {namespace}, ports: [{{port: 8080}}]}}`."
            )),
        }
    }

    /// The port of a Service that a backend means; one that is not there is reported.
    pub(super) fn port(
        service: &Located<Service>,
        written: Option<&Located<Port>>,
        backend: Pos,
        cx: &mut Resolver<'_>,
    ) -> Option<(Sourced<Port>, ServiceFacts)> {
        let ports = || -> Vec<String> {
            let ports = service.ports.iter();
            ports.map(|p| format!("`{}`", p.port)).collect()
        };
        let found = match (written, service.ports.as_slice()) {
            (Some(wanted), all) => all.iter().find(|port| port.port.value == wanted.value),
            (None, [only]) => Some(only),
            (None, _) => {
                if !cx.dropped.field(backend, "port") && !cx.dropped.field(service.pos, "ports") {
                    cx.report.push(
                        Diagnostic::error(
                            "missing-port",
                            format!(
                                "service `{}` has several ports, and none is chosen",
                                service.name
                            ),
                            backend,
                        )
                        .related(service.name.pos, "the service")
                        .help(format!("Write `port:` with one of {}.", ports().join(", "))),
                    );
                }
                return None;
            }
        };
        let Some(port) = found else {
            let wanted = written?;
            if cx.dropped.field(service.pos, "ports") {
                return None;
            }
            cx.report.push(
                Diagnostic::error(
                    "unknown-port",
                    format!("service `{}` has no port {wanted}", service.name),
                    wanted.pos,
                )
                .related(service.name.pos, "the service")
                .help(match ports().as_slice() {
                    [only] => format!("Its only port is {only}."),
                    all => format!("Its ports are {}.", all.join(", ")),
                }),
            );
            return None;
        };
        let only = || {
            let from = Causes::of([port.port.pos, backend]);
            Sourced::derived(port.port.value, "the service's only port", from)
        };
        let number = written.map_or_else(only, |wanted| Sourced::from(*wanted));
        Some((number, ServiceFacts::new(service, port)))
    }
}

/// A backend that names a port described twice could mean either description.
fn refuse_same_ports(service: &Service, cx: &mut Resolver<'_>) {
    let mut seen: BTreeMap<u16, Pos> = BTreeMap::new();
    for port in &service.ports {
        let place = port.port.pos;
        if let Some(first) = seen.insert(port.port.value.0, place) {
            cx.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    format!(
                        "port {} of service `{}` is described twice",
                        port.port, service.name
                    ),
                    place,
                )
                .related(first, "described here first")
                .help("Keep one of them."),
            );
        }
    }
}

/// What matters of a Service and a port of it for the way of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct ServiceFacts {
    /// Whether its pods are in the mesh.
    pub(super) in_mesh: bool,
    /// Whether it has no cluster IP.
    pub(super) headless: bool,
    /// The protocol that the port declares.
    pub(super) protocol: Option<ServiceProtocol>,
    /// The port of the Service.
    pub(super) port: Port,
    /// The port of the pods.
    pub(super) target_port: Port,
    /// Where it is said that the mesh and HTTP matter to it.
    pub(super) said: [Pos; 2],
}

impl ServiceFacts {
    fn new(service: &Service, port: &ServicePort) -> Self {
        ServiceFacts {
            in_mesh: service.in_mesh.is_some_and(|yes| yes.value),
            headless: service.headless.is_some_and(|yes| yes.value),
            protocol: port.protocol.map(|protocol| protocol.value),
            port: port.port.value,
            target_port: port.target_port.unwrap_or(port.port).value,
            said: [
                service.in_mesh.map_or(Pos::NONE, |yes| yes.pos),
                port.protocol.map_or(Pos::NONE, |protocol| protocol.pos),
            ],
        }
    }

    /// Whether the port is declared to be HTTP of some version, so that sidecars choose the
    /// destination by the request's host.
    ///
    /// Source: Istio, `pkg/config/kube/conversion.go`; seen on the real data path.
    pub(super) fn is_declared_http(self) -> bool {
        matches!(
            self.protocol,
            Some(
                ServiceProtocol::Http
                    | ServiceProtocol::Http2
                    | ServiceProtocol::Grpc
                    | ServiceProtocol::GrpcWeb
            )
        )
    }
}
