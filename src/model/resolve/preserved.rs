//! Public names that the mesh is told to know.

use std::collections::BTreeMap;

use crate::config::{DnsLabel, Hostname, ObjectName, Port};
use crate::diag::Diagnostic;
use crate::model::hostname::intersect;
use crate::model::{ServiceEntry, VirtualService};
use crate::source::{Causes, Origin, Pos, Sourced};

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
    pub(super) namespace: Sourced<DnsLabel>,
    pub(super) pos: Pos,
    /// What it follows from that the mesh is told.
    pub(super) from: Causes,
    /// Where the port comes from.
    pub(super) port: Origin,
}

/// The names that lead to the same Services, and those Services by port.
type Group = (Vec<Sourced<Hostname>>, BTreeMap<Port, Preserved>);

/// The public names to keep: by name and port, the Service they lead to.
#[derive(Debug, Default)]
pub(super) struct PreservedHosts {
    hosts: BTreeMap<Hostname, (Origin, BTreeMap<Port, Preserved>)>,
    proxies: BTreeMap<DnsLabel, Origin>,
    bystanders: Vec<Bystander>,
}

/// A Service that gets requests with their public names, though the mesh is not told of it.
#[derive(Debug)]
struct Bystander {
    /// The public names; none is every one.
    hosts: Vec<Hostname>,
    port: Port,
    full_name: String,
    pos: Pos,
}

impl PreservedHosts {
    /// Notes that these names lead to a Service on a port; `proxies` are the namespaces of the
    /// gateways which requests come through.
    pub(super) fn add(
        &mut self,
        hosts: &[Sourced<Hostname>],
        to: &Preserved,
        port: Port,
        proxies: &[Sourced<DnsLabel>],
        cx: &mut Resolver<'_>,
    ) {
        for proxy in proxies {
            let known = self.proxies.entry(proxy.value.clone());
            known.or_insert(proxy.origin);
        }
        for host in hosts {
            let known = self.hosts.entry(host.value.clone());
            let (_, ports) = known.or_insert_with(|| (host.origin, BTreeMap::new()));
            match ports.get(&port) {
                None => {
                    ports.insert(port, to.clone());
                }
                Some(first) if first.full_name == to.full_name => {}
                Some(first) => {
                    cx.report.push(
                        Diagnostic::error(
                            "ambiguous-preserved-host",
                            format!("`{}` would lead to two services on port {port}", host.value),
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

    /// Notes that requests with these names (none is every one) go to a Service whose port is
    /// declared to be HTTP, and which the mesh is not told of.
    pub(super) fn pass_by(
        &mut self,
        hosts: Vec<Sourced<Hostname>>,
        full_name: String,
        port: Port,
        pos: Pos,
    ) {
        self.bystanders.push(Bystander {
            hosts: hosts.into_iter().map(|host| host.value).collect(),
            port,
            full_name,
            pos,
        });
    }

    /// A sidecar that is told of a name on a port sends every request of that name and port there,
    /// whichever Service it was addressed to.
    fn refuse_misled(&self, cx: &mut Resolver<'_>) {
        for bystander in &self.bystanders {
            let told = self.hosts.iter().find_map(|(host, (_, ports))| {
                let to = ports.get(&bystander.port)?;
                let same = bystander.hosts.is_empty()
                    || bystander.hosts.iter().any(|other| intersect(other, host));
                (same && to.full_name != bystander.full_name).then_some((host, to))
            });
            if let Some((host, to)) = told {
                cx.report.push(
                    Diagnostic::error(
                        "misled-by-preserved-host",
                        format!("requests for `{host}` would not reach this service"),
                        bystander.pos,
                    )
                    .related(to.pos, format!("the mesh is told that `{host}` is this one"))
                    .because(format!(
                        "Both have port {}, where sidecars choose by the request's host alone.",
                        bystander.port
                    ))
                    .help("Leave `upstreamHost: preserve` out for the other one, or use different ports."),
                );
            }
        }
    }

    /// One `VirtualService` for all names that lead to the same Services, and a `ServiceEntry`
    /// beside it for the ports other than 80.
    pub(super) fn finish(self, cx: &mut Resolver<'_>) -> (Vec<VirtualService>, Vec<ServiceEntry>) {
        self.refuse_misled(cx);
        let mut groups: BTreeMap<Vec<(Port, String)>, Group> = BTreeMap::new();
        for (host, (origin, ports)) in self.hosts {
            let key = ports
                .iter()
                .map(|(port, to)| (*port, to.full_name.clone()))
                .collect();
            groups
                .entry(key)
                .or_insert_with(|| (Vec::new(), ports))
                .0
                .push(Sourced {
                    value: host,
                    origin,
                });
        }
        let proxies = self.proxies.into_iter();
        let export_to: Vec<_> = proxies
            .map(|(value, origin)| Sourced { value, origin })
            .collect();
        let (mut virtual_services, mut service_entries) = (Vec::new(), Vec::new());
        let mut names: BTreeMap<(DnsLabel, String), usize> = BTreeMap::new();
        for (_, ports) in groups.values() {
            if let Some(first) = ports.values().next() {
                let key = (first.namespace.value.clone(), first.service.to_string());
                *names.entry(key).or_default() += 1;
            }
        }
        for (key, (hosts, ports)) in groups {
            let Some(first) = ports.values().next() else {
                continue;
            };
            // The Service's name alone, unless it stands for several groups of names.
            let alone =
                names.get(&(first.namespace.value.clone(), first.service.to_string())) == Some(&1);
            let name = if alone {
                first.service.to_string()
            } else {
                let what: Vec<String> = key
                    .iter()
                    .map(|(port, name)| format!("{port}={name}"))
                    .collect();
                shortened(format!("{}-{}", first.service, digest_of(&what.join(","))))
            };
            // Of each Service the first places: itself, the wish, its protocol, and the mesh.
            let places = ports.values().flat_map(|to| to.from.iter().take(4));
            let causes = Causes::of(places).and_all(first.from);
            let origin = Origin::derived(RULE, causes);
            let name = Sourced {
                value: ObjectName::new(name),
                origin,
            };
            let namespace = Sourced::derived(
                first.namespace.value.clone(),
                "the namespace of the Service",
                Causes::of([first.namespace.pos(), first.pos]),
            );
            let beyond: Vec<Sourced<Port>> = ports
                .iter()
                .filter(|(port, _)| **port != PLAIN_PORT)
                .map(|(port, to)| Sourced {
                    value: *port,
                    origin: to.port,
                })
                .collect();
            if !beyond.is_empty() {
                service_entries.push(ServiceEntry {
                    name: name.clone(),
                    namespace: namespace.clone(),
                    hosts: hosts.clone(),
                    ports: beyond,
                    export_to: export_to.clone(),
                    origin,
                });
            }
            virtual_services.push(VirtualService {
                name,
                namespace,
                hosts,
                destinations: ports
                    .iter()
                    .map(|(p, to)| {
                        let from = to.from.and(to.port.pos());
                        (*p, Sourced::derived(to.full_name.clone(), RULE, from))
                    })
                    .collect(),
                export_to: export_to.clone(),
                origin,
            });
        }
        (virtual_services, service_entries)
    }
}
