//! The control plane's Service, whose port for the proxies is declared as TLS.
//!
//! Its chart names the port `grpc`, which makes sidecars expect HTTP/2 where there is TLS.

use serde::Serialize;

use crate::config::Delivery;
use crate::model::Model;

use super::artifact::Artifact;
use super::object::object_id;
use super::plan::Plan;
use super::planned::Planned;

/// The name that the chart gives the Service.
const SERVICE: &str = "envoy-gateway";

/// The port on which proxies get their configuration.
const XDS_PORT: u16 = 18000;

/// What `control_plane_service.yaml.j2` sees.
#[derive(Debug, Serialize)]
struct ControlPlaneServiceView<'m> {
    name: &'static str,
    namespace: &'m str,
    port: u16,
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let control_plane = &model.control_plane;
    let Some(origin) = control_plane.xds_is_tls else {
        return;
    };
    if *control_plane.delivery != Delivery::Patch {
        return;
    }
    let view = || ControlPlaneServiceView {
        name: SERVICE,
        namespace: &control_plane.namespace.value,
        port: XDS_PORT,
    };
    let id = object_id("", "Service", Some(&control_plane.namespace), SERVICE);
    plan.push(Planned::new(
        Artifact::patch(id, "service"),
        "control_plane_service",
        origin,
        view,
    ));
}
