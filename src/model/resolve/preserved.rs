//! Public names that the mesh is told to know.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{DnsLabel, Hostname, ObjectName, Port};
use crate::diag::Diagnostic;
use crate::model::{ServiceEntry, VirtualService};
use crate::source::{Origin, Pos};

use super::grants::{digest_of, shortened};
use super::resolver::Resolver;

const RULE: &str = "`upstreamHost: preserve`";

/// The port whose virtual hosts sidecars take from a `VirtualService` alone. Seen on the real data
/// path: on any other port the name has to be known by a `ServiceEntry` too.
const PLAIN_PORT: Port = Port(80);

/// A Service that a public name leads to.
#[derive(Clone, Debug)]
pub(super) struct Preserved {
    pub(super) full_name: String,
    pub(super) service: ObjectName,
    pub(super) namespace: DnsLabel,
    pub(super) pos: Pos,
}

/// The names that lead to the same Services, and those Services by port.
type Group = (Vec<Hostname>, BTreeMap<Port, Preserved>);

/// The public names to keep: by name and port, the Service they lead to.
#[derive(Debug, Default)]
pub(super) struct PreservedHosts {
    hosts: BTreeMap<Hostname, BTreeMap<Port, Preserved>>,
    proxies: BTreeSet<DnsLabel>,
}

impl PreservedHosts {
    /// Notes that these names lead to a Service on a port; `proxies` are the namespaces of the
    /// gateways which requests come through.
    pub(super) fn add(
        &mut self,
        hosts: &[Hostname],
        to: &Preserved,
        port: Port,
        proxies: &[DnsLabel],
        cx: &mut Resolver<'_>,
    ) {
        self.proxies.extend(proxies.iter().cloned());
        for host in hosts {
            let ports = self.hosts.entry(host.clone()).or_default();
            match ports.get(&port) {
                None => {
                    ports.insert(port, to.clone());
                }
                Some(first) if first.full_name == to.full_name => {}
                Some(first) => {
                    cx.report.push(
                        Diagnostic::error(
                            "ambiguous-preserved-host",
                            format!("`{host}` would lead to two services on port {port}"),
                            to.pos,
                        )
                        .related(first.pos, "the other service")
                        .because(
                            "With the public name kept, sidecars have nothing but the name and the \
                             port to choose by.",
                        )
                        .help("Leave `upstreamHost: preserve` out for one of them, or use different ports."),
                    );
                    return;
                }
            }
        }
    }

    /// One `VirtualService` for all names that lead to the same Services, and a `ServiceEntry`
    /// beside it for the ports other than 80.
    pub(super) fn finish(self) -> (Vec<VirtualService>, Vec<ServiceEntry>) {
        let mut groups: BTreeMap<Vec<(Port, String)>, Group> = BTreeMap::new();
        for (host, ports) in self.hosts {
            let key = ports
                .iter()
                .map(|(port, to)| (*port, to.full_name.clone()))
                .collect();
            groups
                .entry(key)
                .or_insert_with(|| (Vec::new(), ports))
                .0
                .push(host);
        }
        let export_to: Vec<DnsLabel> = self.proxies.into_iter().collect();
        let (mut virtual_services, mut service_entries) = (Vec::new(), Vec::new());
        let mut names: BTreeMap<(DnsLabel, String), usize> = BTreeMap::new();
        for (_, ports) in groups.values() {
            if let Some(first) = ports.values().next() {
                let key = (first.namespace.clone(), first.service.to_string());
                *names.entry(key).or_default() += 1;
            }
        }
        for (key, (hosts, ports)) in groups {
            let Some(first) = ports.values().next() else {
                continue;
            };
            // The Service's name alone, unless it stands for several groups of names.
            let alone =
                names.get(&(first.namespace.clone(), first.service.to_string())) == Some(&1);
            let name = if alone {
                first.service.to_string()
            } else {
                let what: Vec<String> = key
                    .iter()
                    .map(|(port, name)| format!("{port}={name}"))
                    .collect();
                shortened(format!("{}-{}", first.service, digest_of(&what.join(","))))
            };
            let name = ObjectName::new(name);
            let origin = Origin::Derived {
                rule: RULE,
                from: first.pos,
            };
            let beyond: Vec<Port> = ports.keys().copied().filter(|p| *p != PLAIN_PORT).collect();
            if !beyond.is_empty() {
                service_entries.push(ServiceEntry {
                    name: name.clone(),
                    namespace: first.namespace.clone(),
                    hosts: hosts.clone(),
                    ports: beyond,
                    export_to: export_to.clone(),
                    origin,
                });
            }
            virtual_services.push(VirtualService {
                name,
                namespace: first.namespace.clone(),
                hosts,
                destinations: ports
                    .iter()
                    .map(|(p, to)| (*p, to.full_name.clone()))
                    .collect(),
                export_to: export_to.clone(),
                origin,
            });
        }
        (virtual_services, service_entries)
    }
}
