//! The class-wide settings of the proxies.

use std::collections::BTreeMap;

use crate::config::{
    DnsLabel, ExternalTrafficPolicy, LabelKey, LogLevel, ObjectName, Quantity, ServiceType,
};
use crate::source::{Located, Origin, Sourced};

/// The `EnvoyProxy` that the `GatewayClass` refers to.
#[derive(Debug)]
pub struct EnvoyProxy {
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// Its namespace: the control plane's.
    pub namespace: Sourced<DnsLabel>,
    /// Labels of the proxies' pods.
    pub pod_labels: BTreeMap<LabelKey, Sourced<String>>,
    /// Annotations of the proxies' pods. A value may be the empty string, which means something:
    /// `traffic.sidecar.istio.io/includeInboundPorts: ""` is to capture no inbound port.
    pub pod_annotations: BTreeMap<LabelKey, Sourced<String>>,
    /// Whether, and why, the proxies send to the Service's cluster IP (`routingType: Service`)
    /// instead of the pods.
    pub routes_to_service: Option<Origin>,
    /// How many pods each gateway has.
    pub replicas: Option<Located<u32>>,
    /// The processor time that the Envoy container asks for.
    pub cpu: Option<Located<Quantity>>,
    /// The memory that the Envoy container asks for.
    pub memory: Option<Located<Quantity>>,
    /// How much Envoy logs.
    pub log_level: Option<Located<LogLevel>>,
    /// The fixed name of the service account.
    pub service_account: Option<Located<ObjectName>>,
    /// The Service in front of the proxies.
    pub service: Option<ProxyService>,
    /// What called for it.
    pub origin: Origin,
}

/// The Service in front of the proxies.
#[derive(Debug)]
pub struct ProxyService {
    /// Its type.
    pub service_type: Sourced<ServiceType>,
    /// Whether traffic stays on the node where it arrives.
    pub external_traffic_policy: Option<Sourced<ExternalTrafficPolicy>>,
    /// Its annotations.
    pub annotations: BTreeMap<LabelKey, Located<String>>,
}
