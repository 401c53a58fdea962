//! The class-wide settings of the proxies.

use serde::Serialize;

use crate::config::{ExternalTrafficPolicy, LogLevel, ServiceType};
use crate::model::{EnvoyProxy, Model, ProxyService};

use super::artifact::Artifact;
use super::defaulted::{explicit, shown};
use super::metadata::{KeyValue, key_values};
use super::object::{ENVOY_GATEWAY, object_id};
use super::plan::Plan;
use super::planned::Planned;

/// What `envoy_proxy.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct EnvoyProxyView<'m> {
    name: &'m str,
    namespace: &'m str,
    /// Whether the Deployment is spoken of at all.
    deployment: Option<DeploymentView<'m>>,
    service: Option<ServiceView<'m>>,
    service_account: Option<&'m str>,
    log_level: Option<LogLevel>,
    routes_to_service: bool,
}

#[derive(Debug, Serialize)]
struct DeploymentView<'m> {
    replicas: Option<u32>,
    labels: Vec<KeyValue<'m>>,
    annotations: Vec<KeyValue<'m>>,
    cpu: Option<&'m str>,
    memory: Option<&'m str>,
}

#[derive(Debug, Serialize)]
struct ServiceView<'m> {
    r#type: Option<ServiceType>,
    external_traffic_policy: Option<ExternalTrafficPolicy>,
    annotations: Vec<KeyValue<'m>>,
}

impl<'m> EnvoyProxyView<'m> {
    fn new(proxy: &'m EnvoyProxy, explicit: bool) -> Self {
        EnvoyProxyView {
            name: &proxy.name.value,
            namespace: &proxy.namespace.value,
            deployment: DeploymentView::new(proxy),
            service: proxy
                .service
                .as_ref()
                .and_then(|service| ServiceView::new(service, explicit)),
            service_account: proxy.service_account.as_ref().map(|name| name.as_str()),
            log_level: (proxy.log_level.as_deref().copied()).or(explicit.then_some(LogLevel::Warn)),
            routes_to_service: proxy.routes_to_service.is_some(),
        }
    }
}

impl<'m> DeploymentView<'m> {
    fn new(proxy: &'m EnvoyProxy) -> Option<Self> {
        let view = DeploymentView {
            replicas: proxy.replicas.as_deref().copied(),
            labels: key_values(&proxy.pod_labels),
            annotations: key_values(&proxy.pod_annotations),
            cpu: proxy.cpu.as_ref().map(|quantity| quantity.as_str()),
            memory: proxy.memory.as_ref().map(|quantity| quantity.as_str()),
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
    fn new(service: &'m ProxyService, explicit: bool) -> Option<Self> {
        let ProxyService {
            service_type,
            external_traffic_policy: policy,
            annotations,
        } = service;
        let view = |explicit| ServiceView {
            r#type: shown(service_type, ServiceType::LoadBalancer, explicit),
            external_traffic_policy: match policy {
                Some(policy) => shown(policy, ExternalTrafficPolicy::Local, explicit),
                None => explicit.then_some(ExternalTrafficPolicy::Local),
            },
            annotations: key_values(annotations),
        };
        let ServiceView {
            r#type,
            external_traffic_policy: policy,
            annotations,
        } = view(false);
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
