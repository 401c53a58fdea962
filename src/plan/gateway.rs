//! Gateways.

use serde::Serialize;

use crate::config::{
    FromNamespaces, LabelRequirement, LabelSelector, LabelValue, Operator, Port, Protocol,
};
use crate::model::{AllowedNamespaces, Gateway, Listener, Model, SecretRef};
use crate::source::Origin;

use super::artifact::Artifact;
use super::defaulted::{explicit, shown};
use super::metadata::{KeyValue, Name, key_values, names};
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `gateway.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct GatewayView<'m> {
    /// Whether values that the API server would fill in are written out.
    explicit: bool,
    name: &'m str,
    namespace: &'m str,
    labels: Vec<KeyValue<'m>>,
    annotations: Vec<KeyValue<'m>>,
    class: &'m str,
    listeners: Vec<ListenerView<'m>>,
}

#[derive(Debug, Serialize)]
struct ListenerView<'m> {
    name: &'m str,
    hostname: Option<&'m str>,
    port: Port,
    protocol: Protocol,
    certificates: Vec<SecretRefView<'m>>,
    allowed: Option<AllowedView<'m>>,
}

#[derive(Debug, Serialize)]
struct SecretRefView<'m> {
    name: &'m str,
    /// Where it is another than the gateway's.
    namespace: Option<&'m str>,
}

#[derive(Debug, Serialize)]
struct AllowedView<'m> {
    from: FromNamespaces,
    selector: Option<SelectorView<'m>>,
}

#[derive(Debug, Serialize)]
struct SelectorView<'m> {
    labels: Vec<KeyValue<'m>>,
    expressions: Vec<ExpressionView<'m>>,
}

#[derive(Debug, Serialize)]
struct ExpressionView<'m> {
    key: &'m str,
    operator: Operator,
    values: Vec<Name<'m>>,
}

impl<'m> GatewayView<'m> {
    fn new(gateway: &'m Gateway, class: &'m str, explicit: bool) -> Self {
        let namespace = gateway.namespace.as_str();
        GatewayView {
            explicit,
            name: &gateway.name.value,
            namespace,
            labels: key_values(&gateway.labels),
            annotations: key_values(&gateway.annotations),
            class,
            listeners: gateway
                .listeners
                .iter()
                .map(|listener| ListenerView::new(listener, namespace, explicit))
                .collect(),
        }
    }
}

impl<'m> ListenerView<'m> {
    fn new(listener: &'m Listener, namespace: &str, explicit: bool) -> Self {
        let certificates = listener.certificates.iter();
        ListenerView {
            name: &listener.name.value,
            hostname: listener.hostname.as_ref().map(|name| name.as_str()),
            port: *listener.port,
            protocol: *listener.protocol,
            certificates: certificates
                .map(|secret| SecretRefView::new(secret, namespace))
                .collect(),
            allowed: AllowedView::new(&listener.allowed_routes, explicit),
        }
    }
}

impl<'m> SecretRefView<'m> {
    fn new(secret: &'m SecretRef, namespace: &str) -> Self {
        SecretRefView {
            name: &secret.name.value,
            namespace: Some(secret.namespace.as_str()).filter(|own| *own != namespace),
        }
    }
}

impl<'m> AllowedView<'m> {
    fn new(allowed: &'m AllowedNamespaces, explicit: bool) -> Option<Self> {
        let from = shown(&allowed.from, FromNamespaces::Same, explicit)?;
        let selector = allowed.selector.as_ref().map(SelectorView::new);
        Some(AllowedView { from, selector })
    }
}

impl<'m> SelectorView<'m> {
    fn new(selector: &'m LabelSelector) -> Self {
        let expression = |requirement: &'m LabelRequirement| ExpressionView {
            key: &requirement.key,
            operator: *requirement.operator,
            values: names(requirement.values.iter().map(LabelValue::as_str)),
        };
        SelectorView {
            labels: key_values(&selector.match_labels),
            expressions: selector
                .match_expressions
                .iter()
                .map(|requirement| expression(&requirement.value))
                .collect(),
        }
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let explicit = explicit(model);
    let class = model.control_plane.class.name.as_str();
    for gateway in &model.gateways {
        let id = object_id(
            GATEWAY_API,
            "Gateway",
            Some(&gateway.namespace),
            &gateway.name,
        );
        plan.push(Planned::new(
            Artifact::Object(id),
            "gateway",
            Origin::Written(gateway.name.pos),
            move || GatewayView::new(gateway, class, explicit),
        ));
    }
}
