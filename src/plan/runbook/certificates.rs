//! The certificates of HTTPS listeners, for development.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{Hostname, Protocol};
use crate::model::{Gateway, Listener, Model, Route};

use super::attached::Attached;

/// More names than this in one certificate help nobody to try a gateway out.
const MOST_NAMES: usize = 100;

/// The greatest length of a common name. RFC 5280, `ub-common-name`.
const LONGEST_COMMON_NAME: usize = 64;

/// A Secret that a listener presents a certificate from.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Certificate {
    /// The Secret.
    pub secret: String,
    /// Its namespace.
    pub namespace: String,
    /// The common name of the certificate.
    pub common_name: String,
    /// Its subject alternative names, as openssl takes them.
    pub names: String,
    /// The base name of its files.
    pub file: String,
}

/// Every Secret of the gateways' listeners, by namespace and name.
pub(super) fn plan(model: &Model, attached: &Attached<'_>) -> Vec<Certificate> {
    let mut secrets: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (index, gateway) in model.gateways.iter().enumerate() {
        for listener in &gateway.listeners {
            for secret in &listener.certificates {
                let key = (secret.namespace.to_string(), secret.name.to_string());
                let names = secrets.entry(key).or_default();
                if secret.hostnames.is_empty() {
                    names.extend(served(attached.to(index), index, gateway, listener));
                } else {
                    names.extend(secret.hostnames.iter().map(ToString::to_string));
                }
            }
        }
    }
    secrets
        .into_iter()
        .map(|((namespace, secret), mut names)| {
            names.sort_unstable();
            names.dedup();
            if names.is_empty() {
                names.push(super::checks::name_without_hostname(model));
            }
            certificate(namespace, secret, &names)
        })
        .collect()
}

fn certificate(namespace: String, secret: String, names: &[String]) -> Certificate {
    let fits = |name: &&String| name.len() <= LONGEST_COMMON_NAME;
    let common_name = names.iter().find(fits).map_or("edge", String::as_str);
    let entries: Vec<String> = names
        .iter()
        .take(MOST_NAMES)
        .map(|name| format!("DNS:{name}"))
        .collect();
    Certificate {
        common_name: common_name.to_owned(),
        names: entries.join(","),
        file: format!("{namespace}-{secret}"),
        secret,
        namespace,
    }
}

/// The hostnames that a listener serves: its own, or else those of the routes attached to it.
fn served(routes: &[&Route], index: usize, gateway: &Gateway, listener: &Listener) -> Vec<String> {
    if let Some(hostname) = &listener.hostname {
        return vec![hostname.to_string()];
    }
    let attached = |parent: &crate::model::ParentRef| {
        let named = |section: &&str| *section == listener.name.as_str();
        parent.gateway == index
            && parent
                .section_name
                .as_ref()
                .is_none_or(|section| named(&section.as_str()))
    };
    let routes = routes.iter();
    routes
        .filter(|route| route.parents.iter().any(attached))
        .flat_map(|route| &route.hostnames)
        .take(MOST_NAMES * gateway.listeners.len())
        .map(|hostname| hostname.value.as_str().to_owned())
        .collect()
}

/// Whether some listener speaks TLS.
pub(super) fn has_tls(model: &Model) -> bool {
    let https = |listener: &Listener| listener.protocol.value == Protocol::Https;
    let mut listeners = model.gateways.iter().flat_map(|gateway| &gateway.listeners);
    listeners.any(https)
}

/// The name that a request uses for a hostname, which may be a wildcard.
pub(super) fn concrete(hostname: &Hostname) -> String {
    match hostname.strip_prefix("*.") {
        Some(rest) => format!("www.{rest}"),
        None => hostname.to_string(),
    }
}
