//! The steps for Envoy Gateway's control plane.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::config::{Delivery, DeployMode, Distribution, Manage};
use crate::model::{Model, Namespace};

use super::super::envoy_gateway_values::{EnvoyGatewayValues, control_plane_is_injected};
use super::super::file_name::folder;

/// The control plane, as the steps need it.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a condition of a template"
)]
pub(super) struct ControlPlaneSteps {
    /// Its namespace.
    pub namespace: String,
    /// The folder of its objects.
    pub folder: String,
    /// Whether it is TEG.
    pub teg: bool,
    /// The class of the gateways.
    pub class: String,
    /// Whether the class is patched.
    pub class_patched: bool,
    /// Whether gatewright renders the class.
    pub class_created: bool,
    /// The name of the `EnvoyProxy`, if there is one.
    pub envoy_proxy: Option<String>,
    /// Whether the chart gets a values file.
    pub values: bool,
    /// Whether that file has more than a patch could say.
    pub certgen_outside: bool,
    /// Whether the control plane's pods get sidecars.
    pub injected: bool,
    /// Whether the Service's xDS port is declared as TLS.
    pub xds_is_tls: bool,
    /// Whether that is a patch.
    pub service_patched: bool,
    /// Whether proxies run in the namespace of their gateway.
    pub gateway_namespace: bool,
    /// The Deployments to restart when the namespace gets sidecars.
    pub deployments: Vec<Deployment>,
}

/// A Deployment of the control plane.
#[derive(Debug, Serialize)]
pub(super) struct Deployment {
    /// Its name.
    pub name: &'static str,
}

impl ControlPlaneSteps {
    /// The steps for the model's control plane.
    pub(super) fn new(model: &Model) -> Self {
        let control = &model.control_plane;
        let teg = control.distribution.value == Distribution::Teg;
        let values = EnvoyGatewayValues::new(model);
        let injected = control_plane_is_injected(model);
        let xds_is_tls = control.xds_is_tls.is_some();
        ControlPlaneSteps {
            namespace: control.namespace.to_string(),
            folder: folder(Some(&control.namespace)).into_owned(),
            teg,
            class: control.class.name.to_string(),
            class_patched: control.class.manage.value == Manage::Patch
                && model.envoy_proxy.is_some(),
            class_created: control.class.manage.value == Manage::Create,
            envoy_proxy: model
                .envoy_proxy
                .as_ref()
                .map(|proxy| proxy.name.to_string()),
            values: values.is_some(),
            certgen_outside: values.is_some_and(|values| values.certgen_outside.value),
            injected,
            xds_is_tls,
            service_patched: xds_is_tls && control.delivery.value == Delivery::Patch,
            gateway_namespace: control.deploy_mode.value == DeployMode::GatewayNamespace,
            deployments: if injected {
                deployments(teg)
            } else {
                Vec::new()
            },
        }
    }
}

/// What the charts run: Envoy Gateway's own chart has a rate limit service only where global rate
/// limits are set up, TEG's sets them up and has Redis for them.
fn deployments(teg: bool) -> Vec<Deployment> {
    let names: &[&'static str] = if teg {
        &[
            "envoy-gateway",
            "envoy-ratelimit",
            "teg-envoy-gateway",
            "teg-redis",
        ]
    } else {
        &["envoy-gateway"]
    };
    names.iter().map(|&name| Deployment { name }).collect()
}

/// A namespace, as the steps need it.
#[derive(Debug, Serialize)]
pub(super) struct NamespaceSteps {
    /// Its name.
    pub name: String,
    /// Whether gatewright renders it whole.
    pub created: bool,
    /// Whether it holds applications whose pods have to be restarted for sidecars.
    pub applications: bool,
    /// Whether it has the mesh's label.
    pub in_mesh: bool,
}

/// The namespaces to create or to label.
pub(super) fn namespaces(model: &Model) -> Vec<NamespaceSteps> {
    let steps = |namespace: &Namespace| {
        let in_mesh = model
            .mesh
            .as_ref()
            .is_some_and(|mesh| namespace.labels.contains_key(&mesh.namespace_label.0));
        NamespaceSteps {
            name: namespace.name.to_string(),
            created: namespace.manage.value == Manage::Create,
            applications: in_mesh && namespace.name != model.control_plane.namespace.value,
            in_mesh,
        }
    };
    model.namespaces.iter().map(steps).collect()
}

/// A namespace that no step makes.
#[derive(Debug, Serialize)]
pub(super) struct NeededNamespace<'m> {
    /// Its name.
    pub name: &'m str,
}

/// Namespaces that objects, Secrets or backends are in and that no other step makes.
pub(super) fn needed(model: &Model) -> Vec<NeededNamespace<'_>> {
    let mut needed = BTreeSet::new();
    for gateway in &model.gateways {
        needed.insert(gateway.namespace.as_str());
        let listeners = gateway.listeners.iter();
        let secrets = listeners.flat_map(|listener| &listener.certificates);
        needed.extend(secrets.map(|secret| secret.namespace.as_str()));
    }
    for route in &model.routes {
        needed.insert(route.namespace.as_str());
        for rule in &route.rules {
            needed.extend(rule.backends.iter().map(|of| of.namespace.as_str()));
            needed.extend(rule.mirrors.iter().map(|of| of.namespace.as_str()));
        }
    }
    for policy in &model.security_policies {
        needed.insert(policy.namespace.as_str());
        needed.insert(policy.oidc.secret_namespace.as_str());
    }
    for grant in &model.reference_grants {
        needed.insert(grant.namespace.as_str());
        needed.insert(grant.from_namespace.as_str());
    }
    let own = model.resources.iter();
    needed.extend(own.filter_map(|own| own.id.namespace.as_deref()));
    let peers = model.peer_authentications.iter();
    needed.extend(peers.map(|policy| policy.namespace.as_str()));
    let callers = model.authorization_policies.iter();
    needed.extend(callers.map(|policy| policy.namespace.as_str()));
    let services = model.virtual_services.iter();
    needed.extend(services.map(|service| service.namespace.as_str()));
    let entries = model.service_entries.iter();
    needed.extend(entries.map(|entry| entry.namespace.as_str()));

    for namespace in &model.namespaces {
        needed.remove(namespace.name.as_str());
    }
    if let Some(mesh) = &model.mesh {
        needed.remove("istio-system");
        needed.remove(mesh.root_namespace.as_str());
    }
    // The chart's installation makes its own, and the others are in every cluster.
    needed.remove(model.control_plane.namespace.as_str());
    needed.remove("default");
    needed.remove("kube-system");
    let names = needed.into_iter();
    names.map(|name| NeededNamespace { name }).collect()
}
