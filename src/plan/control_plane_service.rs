//! The control plane's Service, whose port for the proxies is declared as TLS.
//!
//! Its chart names the port `grpc`, which makes sidecars expect HTTP/2 where there is TLS.

use serde::Serialize;

use crate::config::Delivery;
use crate::model::Model;
use crate::source::{Shown, Sourced};

use super::artifact::Artifact;
use super::metadata::text;
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
    name: Sourced<&'static str>,
    namespace: Shown<&'m str>,
    port: Sourced<u16>,
}

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    let control_plane = &model.control_plane;
    let Some(origin) = control_plane.xds_is_tls else {
        return;
    };
    if *control_plane.delivery != Delivery::Patch {
        return;
    }
    let view = move || ControlPlaneServiceView {
        name: Sourced {
            value: SERVICE,
            origin,
        },
        namespace: Shown::new(
            text(&control_plane.namespace),
            control_plane.delivery.origin,
        ),
        port: Sourced {
            value: XDS_PORT,
            origin,
        },
    };
    let id = object_id("", "Service", Some(&control_plane.namespace), SERVICE);
    plan.push(Planned::new(
        Artifact::patch(id, "service"),
        "control_plane_service",
        origin,
        view,
    ));
}
