//! What the parts of a config have to agree on.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::edge::put;
use super::names;

/// The data plane of the mesh, as the config says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Absent,
    None,
    Sidecar,
    Ambient,
}

#[derive(Clone, Debug)]
pub(super) struct Port {
    pub(super) number: u16,
    pub(super) protocol: Option<&'static str>,
    pub(super) target: Option<u16>,
}

impl Port {
    /// Whether sidecars choose by the host of requests to it.
    pub(super) fn is_http(&self) -> bool {
        matches!(self.protocol, Some("http" | "http2" | "grpc" | "grpc-web"))
    }
}

#[derive(Clone, Debug)]
pub(super) struct Service {
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) in_mesh: bool,
    pub(super) headless: bool,
    pub(super) ports: Vec<Port>,
    pub(super) selector: Option<Value>,
}

#[derive(Clone, Debug)]
pub(super) struct Listener {
    pub(super) name: String,
    pub(super) hostname: Option<String>,
    /// The namespaces whose routes it surely admits.
    pub(super) admits: Vec<String>,
    pub(super) redirects: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Gateway {
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) listeners: Vec<Listener>,
    /// A URL below which a route of it surely answers.
    pub(super) answers: Option<String>,
    pub(super) has_routes: bool,
}

#[derive(Clone, Debug)]
pub(super) struct World {
    /// Whether the CRDs are Gateway API 1.4's, which know only two redirects.
    pub(super) old_crds: bool,
    pub(super) mode: Mode,
    pub(super) by_pod: bool,
    pub(super) registry_only: bool,
    pub(super) home: String,
    pub(super) root: String,
    /// The namespaces of applications and gateways.
    pub(super) namespaces: Vec<String>,
    /// The labels of namespaces, for selectors.
    pub(super) labels: BTreeMap<String, (String, String)>,
    pub(super) services: Vec<Service>,
    pub(super) certificates: Vec<Value>,
    pub(super) gateways: Vec<Gateway>,
    /// To which Service each public name leads that is kept, by name and port.
    pub(super) kept: BTreeMap<(String, u16), String>,
    /// The Services that some route leads to.
    pub(super) led_to: Vec<(String, String)>,
}

impl World {
    pub(super) fn new(choices: &mut Choices) -> Self {
        use Mode::{Absent, Ambient, None, Sidecar};
        let mode = choices.pick(&[Absent, Sidecar, Sidecar, Sidecar, Ambient, None, Sidecar]);
        let mut namespaces = Vec::new();
        for _ in 0..choices.between(1, 4) {
            namespaces.push(names::label(choices, &namespaces));
        }
        let mut labels = BTreeMap::new();
        for namespace in &namespaces {
            if choices.once_in(3) {
                let value = names::label_value(choices);
                let key = choices.pick(&["team", "example.com/team", "on", "example.com/1e3"]);
                labels.insert(namespace.clone(), (key.to_owned(), value));
            }
        }
        let home = choices.pick(&["envoy-gateway-system", "edge-system", "eg"]);
        let mut world = World {
            old_crds: choices.once_in(5),
            mode,
            by_pod: choices.once_in(3),
            registry_only: choices.once_in(4),
            home: home.to_owned(),
            root: choices.pick(&["istio-system", "mesh-root"]).to_owned(),
            namespaces,
            labels,
            services: Vec::new(),
            certificates: Vec::new(),
            gateways: Vec::new(),
            kept: BTreeMap::new(),
            led_to: Vec::new(),
        };
        for _ in 0..choices.between(1, 6) {
            let service = world.service(choices);
            world.services.push(service);
        }
        world
    }

    fn service(&self, choices: &mut Choices) -> Service {
        let namespace = choices.pick(&self.namespaces);
        let beside = self.services.iter().filter(|s| s.namespace == namespace);
        let taken: Vec<String> = beside.map(|s| s.name.clone()).collect();
        let in_mesh = choices.below(4) != 0;
        let headless = choices.once_in(5);
        let mut ports: Vec<Port> = Vec::new();
        for _ in 0..choices.between(1, 3) {
            // A Service that the mesh is told nothing of has ports of its own, or a public name
            // that is kept would draw its requests to another Service.
            let number = if in_mesh {
                choices.pick(&[8000, 80, 443, 8080, 9090, 65535, 1, 5000])
            } else {
                choices.pick(&[8001, 81, 444, 8081, 9091, 65534, 2, 5001])
            };
            if ports.iter().any(|port| port.number == number) {
                continue;
            }
            // The mesh cannot reach a headless Service whose ports differ.
            let target = choices
                .once_in(3)
                .then(|| choices.pick(&[8080, 80, 3000]))
                .filter(|target| *target == number || !(in_mesh && headless));
            ports.push(Port {
                number,
                protocol: choices.pick(&[
                    Some("http"),
                    None,
                    Some("http"),
                    Some("http2"),
                    Some("grpc"),
                    Some("grpc-web"),
                    Some("https"),
                    Some("tls"),
                    Some("tcp"),
                ]),
                target,
            });
        }
        let selector = choices
            .once_in(2)
            .then(|| json!({"app": names::label_value(choices)}));
        Service {
            name: names::label(choices, &taken),
            namespace,
            in_mesh,
            headless,
            ports,
            selector,
        }
    }

    /// Whether requests to this port have to carry a host that the gateway's sidecar knows.
    pub(super) fn needs_host(&self, service: &Service, port: &Port) -> bool {
        self.mode == Mode::Sidecar && port.is_http() && (service.in_mesh || self.registry_only)
    }

    pub(super) fn services(&self) -> Value {
        let all = self.services.iter().map(|service| {
            let mut map = Map::new();
            put(&mut map, "name", json!(service.name));
            put(&mut map, "namespace", json!(service.namespace));
            if service.in_mesh {
                put(&mut map, "inMesh", json!(true));
            }
            if service.headless {
                put(&mut map, "headless", json!(true));
            }
            let ports = service.ports.iter().map(|port| {
                if port.protocol.is_none() && port.target.is_none() {
                    return json!(port.number);
                }
                let mut map = Map::new();
                put(&mut map, "port", json!(port.number));
                put(&mut map, "protocol", json!(port.protocol));
                put(&mut map, "targetPort", json!(port.target));
                Value::Object(map)
            });
            put(&mut map, "ports", ports.collect());
            put(&mut map, "selector", json!(service.selector));
            Value::Object(map)
        });
        all.collect()
    }

    pub(super) fn certificates(&self) -> Value {
        self.certificates.iter().cloned().collect()
    }
}
