//! `install/envoy-gateway-values.yaml`: values for Envoy Gateway's chart.

use serde::Serialize;

use crate::config::{Delivery, DeployMode, Distribution, Inject};
use crate::model::{MeshMode, Model};
use crate::source::{Causes, Origin, Pos, Shown, Sourced};

use super::artifact::Artifact;
use super::metadata::text;
use super::plan::Plan;
use super::planned::Planned;

/// The view of the values.
///
/// Source: Envoy Gateway 1.7 to 1.9, `charts/gateway-helm/values.tmpl.yaml`; the list of ports is
/// the same in all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct EnvoyGatewayValues<'m> {
    /// Whether the Service's port 18000 is declared as TLS. Helm replaces lists, so that all four
    /// ports are said again.
    pub xds_is_tls: Sourced<bool>,
    /// Whether the Job that makes the control plane's certificates is kept out of the mesh: one
    /// with a sidecar that is not native never ends, and the hook of the chart waits for it.
    pub certgen_outside: Sourced<bool>,
    /// Whether proxies run in the namespace of their gateway.
    pub gateway_namespace: Shown<bool>,
    /// The cluster's DNS domain where it is not the usual one: the control plane's certificate is
    /// made for its name in it.
    pub cluster_domain: Option<Shown<&'m str>>,
}

impl<'m> EnvoyGatewayValues<'m> {
    /// The values, if the chart needs any.
    pub(super) fn new(model: &'m Model) -> Option<Self> {
        let control = &model.control_plane;
        let mesh = model.mesh.as_ref();
        let by_values = control.delivery.value == Delivery::HelmValues;
        let injected = control_plane_is_injected(model);
        let native = mesh.is_none_or(|mesh| mesh.native_sidecars.value);
        let domain = mesh.map(|mesh| text(&mesh.cluster_domain));
        let of_mesh = mesh.map_or(Causes::NONE, |mesh| mesh.mode.pos.into());
        let delivery = control.delivery.pos();
        let xds = control.xds_is_tls;
        let chart = control.distribution.origin;
        let asked = Causes::of([delivery, chart.pos()]);
        let xds_causes = asked.and_all(xds.map_or(of_mesh, Origin::causes));
        let certgen = asked
            .and(mesh.map_or(Pos::NONE, |mesh| mesh.native_sidecars.pos()))
            .and_all(xds_causes)
            .and_all(of_mesh);
        let mut values = EnvoyGatewayValues {
            xds_is_tls: Sourced::derived(
                by_values && xds.is_some(),
                "the control plane's port 18000 speaks TLS, and the chart declares it otherwise",
                xds_causes,
            ),
            certgen_outside: Sourced::derived(
                injected && (by_values || !native),
                "a Job with a sidecar that is not native never ends",
                certgen,
            ),
            gateway_namespace: Shown::new(
                (control.deploy_mode).map(|mode| mode == DeployMode::GatewayNamespace),
                chart,
            ),
            cluster_domain: domain
                .filter(|domain| domain.value != "cluster.local")
                .map(|domain| {
                    let rule = "the chart makes certificates for names in the mesh's domain";
                    let from = of_mesh.and(chart.pos());
                    Shown::new(domain, Origin::derived(rule, from))
                }),
        };
        let wanted = values.xds_is_tls.value
            || values.certgen_outside.value
            || values.gateway_namespace.value.value
            || values.cluster_domain.is_some();
        values.certgen_outside.value = injected && wanted;
        wanted.then_some(values)
    }
}

/// Whether pods of the control plane's namespace get sidecars.
pub(super) fn control_plane_is_injected(model: &Model) -> bool {
    let Some(mesh) = &model.mesh else {
        return false;
    };
    let home = &model.control_plane.namespace.value;
    let labelled = model.namespaces.iter().any(|namespace| {
        namespace.name == *home && namespace.labels.contains_key(&mesh.namespace_label.0)
    });
    let proxies = mesh.inject.value == Inject::Namespace
        && model
            .gateways
            .iter()
            .any(|gateway| gateway.proxy.namespace == *home);
    mesh.mode.value == MeshMode::Sidecar && (labelled || proxies)
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    if model.control_plane.distribution.value == Distribution::EnvoyGateway {
        push(model, plan, "envoy_gateway_values");
    }
}

/// Plans the values file by the template of this stem.
pub(super) fn push<'m>(model: &'m Model, plan: &mut Plan<'m>, template: &'static str) {
    if let Some(values) = EnvoyGatewayValues::new(model) {
        let file = "install/envoy-gateway-values.yaml".to_owned();
        let control = &model.control_plane;
        let origin = match control.delivery.origin {
            Origin::Default(_) => control.distribution.origin,
            written => written,
        };
        let view = move || values;
        plan.push(Planned::new(
            Artifact::ToolInput { file },
            template,
            origin,
            view,
        ));
    }
}
