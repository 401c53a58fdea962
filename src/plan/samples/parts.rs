//! Parts of models, made by hand.

use std::collections::BTreeMap;

use crate::config::{
    Channel, Defaults, Delivery, DeployMode, Distribution, DnsLabel, EnvoyGatewayVersion,
    FromNamespaces, GatewayApiVersion, HeaderName, HeaderValue, Hostname, IstioVersion, LabelKey,
    LabelValue, Manage, ObjectName, PathText, Port, Protocol,
};
use crate::model::{
    AllowedNamespaces, Backend, ControlPlane, EnvoyProxy, Gateway, GatewayClass, Listener, Match,
    Model, NamedMatch, Namespace, Output, ParentRef, PathMatch, ProxyIdentity, Route, RouteKind,
    Rule, SecretRef, Timeouts, ValueMatch, Versions,
};
use crate::source::{Located, Origin, Pos, Sourced};

/// An origin that nothing is shown for.
pub(crate) const SOMEWHERE: Origin = Origin::Default("a test");

pub(crate) fn at<T>(value: T) -> Located<T> {
    Located::new(value, Pos::NONE)
}

/// A value that the user wrote.
pub(crate) fn wrote<T>(value: T) -> Sourced<T> {
    Sourced::written(value, Pos::NONE)
}

/// A value that the user left out.
pub(crate) fn left<T>(value: T) -> Sourced<T> {
    Sourced::default(value, "a test")
}

pub(crate) fn name(text: &str) -> ObjectName {
    ObjectName::new(text)
}

pub(crate) fn label(text: &str) -> DnsLabel {
    DnsLabel::new(text)
}

pub(super) fn host(text: &str) -> Hostname {
    Hostname::new(text)
}

pub(super) fn path(text: &str) -> Located<PathText> {
    at(PathText::new(text))
}

pub(super) fn labels<V>(
    pairs: &[(&str, &str)],
    value: impl Fn(&str) -> V,
) -> BTreeMap<LabelKey, V> {
    let pair = |(k, v): &(&str, &str)| (LabelKey::new(*k), value(v));
    pairs.iter().map(pair).collect()
}

pub(super) fn label_value(text: &str) -> Located<LabelValue> {
    at(LabelValue(text.to_owned()))
}

pub(super) fn annotation(text: &str) -> Located<String> {
    at(text.to_owned())
}

pub(super) fn header(name: &str, value: &str) -> Located<HeaderValue> {
    at(HeaderValue {
        name: at(HeaderName::new(name)),
        value: at(value.to_owned()),
    })
}

pub(super) fn named(name: &str, value: ValueMatch) -> NamedMatch {
    NamedMatch {
        name: at(HeaderName::new(name)),
        value,
    }
}

pub(super) fn exact(value: &str) -> ValueMatch {
    ValueMatch::Exact(at(value.to_owned()))
}

pub(super) fn regex(value: &str) -> ValueMatch {
    ValueMatch::Regex(at(value.to_owned()))
}

/// A model of nothing but a control plane that others own.
pub(crate) fn nothing() -> Model {
    Model {
        name: "edge".to_owned(),
        versions: Versions {
            envoy_gateway: EnvoyGatewayVersion::V1_9,
            gateway_api: GatewayApiVersion::V1_6,
            channel: Channel::Standard,
            istio: IstioVersion::V1_30,
        },
        defaults: left(Defaults::Explicit),
        output: Output::default(),
        control_plane: ControlPlane {
            distribution: wrote(Distribution::Teg),
            namespace: left(label("envoy-gateway-system")),
            deploy_mode: left(DeployMode::ControllerNamespace),
            delivery: left(Delivery::Patch),
            class: GatewayClass {
                name: left(name("teg")),
                manage: left(Manage::Patch),
            },
            xds_is_tls: None,
        },
        mesh: None,
        namespaces: Vec::new(),
        envoy_proxy: None,
        gateways: Vec::new(),
        routes: Vec::new(),
        reference_grants: Vec::new(),
        security_policies: Vec::new(),
        peer_authentications: Vec::new(),
        authorization_policies: Vec::new(),
        virtual_services: Vec::new(),
        service_entries: Vec::new(),
        resources: Vec::new(),
        tests: Vec::new(),
    }
}

pub(crate) fn backend(service: &str, namespace: &str, port: u16) -> Backend {
    Backend {
        service: at(name(service)),
        namespace: left(label(namespace)),
        port: wrote(Port(port)),
        weight: left(1),
        rewrite_host: None,
    }
}

pub(crate) fn rule(matches: Vec<Match>, backends: Vec<Backend>) -> Rule {
    Rule {
        name: None,
        matches,
        request_headers: None,
        response_headers: None,
        redirect: None,
        rewrite_host: None,
        rewrite_path: None,
        mirrors: Vec::new(),
        timeouts: Timeouts::default(),
        backends,
        origin: SOMEWHERE,
    }
}

pub(crate) fn on_prefix(prefix: &str) -> Match {
    Match {
        path: Some(PathMatch::Prefix(path(prefix))),
        ..Match::default()
    }
}

pub(crate) fn route(kind: RouteKind, of: &str, namespace: &str, rules: Vec<Rule>) -> Route {
    Route {
        kind,
        kind_origin: SOMEWHERE,
        name: wrote(name(of)),
        namespace: wrote(label(namespace)),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        parents: vec![ParentRef {
            gateway: 0,
            name: wrote(name("apps")),
            namespace: wrote(label("httpbin")),
            section_name: None,
        }],
        hostnames: vec![at(host("www.example.com"))],
        rules,
    }
}

pub(crate) fn listener(of: &str, protocol: Protocol, port: u16) -> Listener {
    Listener {
        name: at(name(of)),
        protocol: at(protocol),
        port: at(Port(port)),
        hostname: None,
        certificates: Vec::new(),
        allowed_routes: AllowedNamespaces {
            from: left(FromNamespaces::Same),
            selector: None,
        },
        redirects: false,
    }
}

pub(super) fn secret(of: &str, namespace: &str) -> SecretRef {
    SecretRef {
        name: wrote(name(of)),
        namespace: left(label(namespace)),
        hostnames: Vec::new(),
    }
}

pub(crate) fn gateway(of: &str, namespace: &str, listeners: Vec<Listener>) -> Gateway {
    Gateway {
        name: at(name(of)),
        namespace: at(label(namespace)),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        listeners,
        proxy: ProxyIdentity::new(
            DeployMode::ControllerNamespace,
            &label("envoy-gateway-system"),
            &label(namespace),
            &name(of),
            None,
        ),
    }
}

pub(crate) fn namespace(of: &str, manage: Manage, pairs: &[(&str, &str)]) -> Namespace {
    Namespace {
        name: label(of),
        manage: wrote(manage),
        labels: labels(pairs, |value| wrote(value.to_owned())),
        origin: SOMEWHERE,
    }
}

pub(super) fn envoy_proxy(of: &str) -> EnvoyProxy {
    EnvoyProxy {
        name: left(name(of)),
        namespace: left(label("envoy-gateway-system")),
        pod_labels: BTreeMap::new(),
        pod_annotations: BTreeMap::new(),
        routes_to_service: None,
        replicas: None,
        cpu: None,
        memory: None,
        log_level: None,
        service_account: None,
        service: None,
        origin: SOMEWHERE,
    }
}
