//! The class-wide settings of the proxies.

use serde::Serialize;

use crate::config::{ExternalTrafficPolicy, LogLevel, ServiceType};
use crate::model::{EnvoyProxy, Model, ProxyService};
use crate::source::{Located, Shown, Sourced};

use super::artifact::Artifact;
use super::defaulted::{explicit, shown};
use super::metadata::{KeyValue, key_values, text, wrote};
use super::object::{ENVOY_GATEWAY, object_id};
use super::plan::Plan;
use super::planned::Planned;

const DEFAULT_LEVEL: Sourced<LogLevel> = Sourced::default(LogLevel::Warn, "spec.proxy.logLevel");

const DEFAULT_POLICY: Sourced<ExternalTrafficPolicy> = Sourced::default(
    ExternalTrafficPolicy::Local,
    "spec.proxy.service.externalTrafficPolicy",
);

/// What `envoy_proxy.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct EnvoyProxyView<'m> {
    name: Shown<&'m str>,
    namespace: Sourced<&'m str>,
    /// Whether the Deployment is spoken of at all.
    deployment: Option<DeploymentView<'m>>,
    service: Option<ServiceView<'m>>,
    service_account: Option<Sourced<&'m str>>,
    log_level: Option<Shown<LogLevel>>,
    routes_to_service: Option<Sourced<bool>>,
}

#[derive(Debug, Serialize)]
struct DeploymentView<'m> {
    replicas: Option<Located<u32>>,
    labels: Vec<KeyValue<'m>>,
    annotations: Vec<KeyValue<'m>>,
    cpu: Option<Sourced<&'m str>>,
    memory: Option<Sourced<&'m str>>,
}

#[derive(Debug, Serialize)]
struct ServiceView<'m> {
    r#type: Option<Shown<ServiceType>>,
    external_traffic_policy: Option<Shown<ExternalTrafficPolicy>>,
    annotations: Vec<KeyValue<'m>>,
}

impl<'m> EnvoyProxyView<'m> {
    fn new(proxy: &'m EnvoyProxy, explicit: Sourced<bool>) -> Self {
        EnvoyProxyView {
            name: Shown::new(text(&proxy.name), proxy.origin),
            namespace: text(&proxy.namespace),
            deployment: DeploymentView::new(proxy),
            service: proxy
                .service
                .as_ref()
                .and_then(|service| ServiceView::new(service, explicit)),
            service_account: proxy.service_account.as_ref().map(wrote),
            log_level: match proxy.log_level {
                Some(level) => Some(Shown::from(Sourced::from(level))),
                None => shown(&DEFAULT_LEVEL, LogLevel::Warn, explicit),
            },
            routes_to_service: (proxy.routes_to_service).map(|origin| Sourced {
                value: true,
                origin,
            }),
        }
    }
}

impl<'m> DeploymentView<'m> {
    fn new(proxy: &'m EnvoyProxy) -> Option<Self> {
        let view = DeploymentView {
            replicas: proxy.replicas,
            labels: key_values(&proxy.pod_labels),
            annotations: key_values(&proxy.pod_annotations),
            cpu: proxy.cpu.as_ref().map(wrote),
            memory: proxy.memory.as_ref().map(wrote),
        };
        let empty = view.replicas.is_none()
            && view.labels.is_empty()
            && view.annotations.is_empty()
            && view.cpu.is_none()
            && view.memory.is_none();
        (!empty).then_some(view)
    }
}

impl<'m> ServiceView<'m> {
    /// The API server fills in only what is below something that is written.
    fn new(service: &'m ProxyService, explicit: Sourced<bool>) -> Option<Self> {
        let ProxyService {
            service_type,
            external_traffic_policy: policy,
            annotations,
        } = service;
        let view = |explicit| ServiceView {
            r#type: shown(service_type, ServiceType::LoadBalancer, explicit),
            external_traffic_policy: match policy {
                Some(policy) => shown(policy, ExternalTrafficPolicy::Local, explicit),
                None => shown(&DEFAULT_POLICY, ExternalTrafficPolicy::Local, explicit),
            },
            annotations: key_values(annotations),
        };
        let ServiceView {
            r#type,
            external_traffic_policy: policy,
            annotations,
        } = view(explicit.map(|_| false));
        let empty = r#type.is_none() && policy.is_none() && annotations.is_empty();
        (!empty).then(|| view(explicit))
    }
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let explicit = explicit(model);
    if let Some(proxy) = &model.envoy_proxy {
        let id = object_id(
            ENVOY_GATEWAY,
            "EnvoyProxy",
            Some(&proxy.namespace),
            &proxy.name,
        );
        plan.push(Planned::new(
            Artifact::Object(id),
            "envoy_proxy",
            proxy.origin,
            move || EnvoyProxyView::new(proxy, explicit),
        ));
    }
}
