//! Gateways.

use serde::Serialize;

use crate::config::{FromNamespaces, LabelRequirement, LabelSelector, Operator, Port, Protocol};
use crate::model::{AllowedNamespaces, Gateway, Listener, Model, SecretRef};
use crate::source::{Located, Origin, Shown, Sourced};

use super::artifact::Artifact;
use super::defaulted::{elsewhere, explicit, shown};
use super::gateway_class::class_name;
use super::metadata::{KeyValue, Name, Text, key_values, names, text, wrote};
use super::object::{GATEWAY_API, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `gateway.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct GatewayView<'m> {
    /// Whether values that the API server would fill in are written out.
    explicit: Sourced<bool>,
    name: Sourced<&'m str>,
    namespace: Sourced<&'m str>,
    labels: Vec<KeyValue<'m>>,
    annotations: Vec<KeyValue<'m>>,
    class: Shown<&'m str>,
    listeners: Vec<Sourced<ListenerView<'m>>>,
}

#[derive(Debug, Serialize)]
struct ListenerView<'m> {
    name: Sourced<&'m str>,
    hostname: Option<Sourced<&'m str>>,
    port: Located<Port>,
    protocol: Located<Protocol>,
    certificates: Vec<SecretRefView<'m>>,
    allowed: Option<AllowedView<'m>>,
}

#[derive(Debug, Serialize)]
struct SecretRefView<'m> {
    name: Sourced<&'m str>,
    /// Where it is another than the gateway's.
    namespace: Option<Shown<&'m str>>,
}

#[derive(Debug, Serialize)]
struct AllowedView<'m> {
    from: Shown<FromNamespaces>,
    selector: Option<SelectorView<'m>>,
}

#[derive(Debug, Serialize)]
struct SelectorView<'m> {
    labels: Vec<KeyValue<'m>>,
    expressions: Vec<ExpressionView<'m>>,
}

#[derive(Debug, Serialize)]
struct ExpressionView<'m> {
    key: Sourced<&'m str>,
    operator: Located<Operator>,
    values: Vec<Name<'m>>,
}

impl<'m> GatewayView<'m> {
    fn new(gateway: &'m Gateway, class: Shown<&'m str>, explicit: Sourced<bool>) -> Self {
        let namespace = wrote(&gateway.namespace);
        GatewayView {
            explicit,
            name: wrote(&gateway.name),
            namespace,
            labels: key_values(&gateway.labels),
            annotations: key_values(&gateway.annotations),
            class,
            listeners: gateway
                .listeners
                .iter()
                .map(|listener| {
                    let view = ListenerView::new(listener, namespace, explicit);
                    Sourced::written(view, listener.name.pos)
                })
                .collect(),
        }
    }
}

impl<'m> ListenerView<'m> {
    fn new(listener: &'m Listener, home: Sourced<&str>, explicit: Sourced<bool>) -> Self {
        let certificates = listener.certificates.iter();
        ListenerView {
            name: wrote(&listener.name),
            hostname: listener.hostname.as_ref().map(wrote),
            port: listener.port,
            protocol: listener.protocol,
            certificates: certificates
                .map(|secret| SecretRefView::new(secret, home))
                .collect(),
            allowed: AllowedView::new(&listener.allowed_routes, explicit),
        }
    }
}

impl<'m> SecretRefView<'m> {
    fn new(secret: &'m SecretRef, home: Sourced<&str>) -> Self {
        SecretRefView {
            name: text(&secret.name),
            namespace: elsewhere(&secret.namespace, home),
        }
    }
}

impl<'m> AllowedView<'m> {
    fn new(allowed: &'m AllowedNamespaces, explicit: Sourced<bool>) -> Option<Self> {
        let from = shown(&allowed.from, FromNamespaces::Same, explicit)?;
        let selector = allowed.selector.as_ref().map(SelectorView::new);
        Some(AllowedView { from, selector })
    }
}

impl<'m> SelectorView<'m> {
    fn new(selector: &'m LabelSelector) -> Self {
        let expression = |requirement: &'m LabelRequirement| ExpressionView {
            key: wrote(&requirement.key),
            operator: requirement.operator,
            values: names(requirement.values.iter().map(Text::text)),
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
    let class = class_name(model);
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
