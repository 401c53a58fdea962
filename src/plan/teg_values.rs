//! `install/envoy-gateway-values.yaml` for TEG, whose chart takes the values of Envoy Gateway's chart
//! under the key `gateway-helm`.

use crate::config::Distribution;
use crate::model::Model;

use super::envoy_gateway_values;
use super::plan::Plan;

pub(super) fn plan<'m>(model: &'m Model, plan: &mut Plan<'m>) {
    if model.control_plane.distribution.value == Distribution::Teg {
        envoy_gateway_values::push(model, plan, "teg_values");
    }
}
