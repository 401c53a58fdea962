//! Gateways and listeners.

use std::collections::BTreeMap;

use crate::config::{
    DnsLabel, FromNamespaces, Hostname, LabelKey, LabelSelector, LabelValue, ObjectName, Port,
    Protocol,
};
use crate::source::{Located, Sourced};

use super::ProxyIdentity;

/// A gateway.
#[derive(Debug)]
pub struct Gateway {
    /// Its name.
    pub name: Located<ObjectName>,
    /// Its namespace.
    pub namespace: Located<DnsLabel>,
    /// Labels of the user's.
    pub labels: BTreeMap<LabelKey, Located<LabelValue>>,
    /// Annotations of the user's.
    pub annotations: BTreeMap<LabelKey, Located<String>>,
    /// Its listeners, in the order of the config.
    pub listeners: Vec<Listener>,
    /// What Envoy Gateway calls the proxies of this gateway.
    pub proxy: ProxyIdentity,
}

/// A listener.
#[derive(Debug)]
pub struct Listener {
    /// Its name.
    pub name: Located<ObjectName>,
    /// Its protocol.
    pub protocol: Located<Protocol>,
    /// Its port.
    pub port: Located<Port>,
    /// The hostname that it serves; none is every one.
    pub hostname: Option<Located<Hostname>>,
    /// The Secrets of its certificates; empty for a listener without TLS.
    pub certificates: Vec<SecretRef>,
    /// Whose routes may attach.
    pub allowed_routes: AllowedNamespaces,
    /// Whether it only redirects.
    pub redirects: bool,
}

/// A Secret that a listener presents a certificate from.
#[derive(Debug)]
pub struct SecretRef {
    /// Its name.
    pub name: Sourced<ObjectName>,
    /// Its namespace.
    pub namespace: Sourced<DnsLabel>,
    /// The hostnames of the certificate, as far as they are known.
    pub hostnames: Vec<Hostname>,
}

/// The namespaces whose routes may attach.
#[derive(Debug)]
pub struct AllowedNamespaces {
    /// Which.
    pub from: Sourced<FromNamespaces>,
    /// Their labels, for [`FromNamespaces::Selector`].
    pub selector: Option<LabelSelector>,
}
