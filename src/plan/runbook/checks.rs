//! How gateways are tried out.

use serde::Serialize;

use crate::config::ServiceType;
use crate::model::{Gateway, Listener, Model, Route};

use super::attached::Attached;
use super::mesh::{Proof, Proofs};
use super::request::Request;

/// A runbook is read by people: of the routes of one gateway, this many are tried.
const MOST_ROUTES: usize = 10;

/// How a gateway is tried out.
#[derive(Debug, Serialize)]
pub(super) struct GatewayChecks {
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// The namespace of its proxies.
    pub proxy_namespace: String,
    /// The name of their Deployment and Service.
    pub proxy_name: String,
    /// Whether a load balancer gives the address.
    pub load_balancer: bool,
    /// The requests.
    pub requests: Vec<Request>,
    /// How many routes are not tried.
    pub untried: usize,
    /// How to see that the hop to a backend is in the mesh.
    pub proof: Option<Proof>,
}

/// How every gateway is tried out.
pub(super) fn plan(model: &Model, attached: &Attached<'_>) -> Vec<GatewayChecks> {
    let proofs = Proofs::new(model);
    let gateways = model.gateways.iter().enumerate();
    gateways
        .map(|(index, gateway)| GatewayChecks {
            name: gateway.name.to_string(),
            namespace: gateway.namespace.to_string(),
            proxy_namespace: gateway.proxy.namespace.to_string(),
            proxy_name: gateway.proxy.name.clone(),
            load_balancer: has_load_balancer(model),
            requests: attached
                .to(index)
                .iter()
                .take(MOST_ROUTES)
                .flat_map(|route| requests(model, route, index, gateway, attached.to(index)))
                .collect(),
            untried: attached.to(index).len().saturating_sub(MOST_ROUTES),
            proof: proofs.of(gateway, attached.to(index)),
        })
        .collect()
}

/// The name in requests, and in the development certificate, where the config has no hostname.
pub(super) fn name_without_hostname(model: &Model) -> String {
    format!("{}.test", model.name)
}

fn has_load_balancer(model: &Model) -> bool {
    let service = model
        .envoy_proxy
        .as_ref()
        .and_then(|proxy| proxy.service.as_ref());
    service.is_none_or(|service| service.service_type.value == ServiceType::LoadBalancer)
}

/// One request for each listener that the route attaches to.
fn requests(
    model: &Model,
    route: &Route,
    index: usize,
    gateway: &Gateway,
    routes: &[&Route],
) -> Vec<Request> {
    let attaches = |route: &Route, listener: &Listener| {
        route.parents.iter().any(|parent| {
            parent.gateway == index
                && match &parent.section_name {
                    Some(section) => section.as_str() == listener.name.as_str(),
                    None => !listener.redirects,
                }
        })
    };
    let listeners = gateway.listeners.iter();
    listeners
        .filter(|listener| attaches(route, listener))
        .filter_map(|listener| {
            let others = routes.iter().copied();
            let others: Vec<&Route> = others.filter(|of| attaches(of, listener)).collect();
            Request::new(model, route, gateway, listener, &others)
        })
        .collect()
}
