//! Which objects: one file for each kind of thing, with what its template sees and when there is
//! one.

mod argocd_application;
mod argocd_application_set;
mod artifact;
mod authorization_policy;
mod backend_ref;
mod control_plane_service;
mod decoration;
mod defaulted;
mod envoy_gateway_values;
mod envoy_proxy;
mod file_name;
mod filter;
mod flux_kustomization;
mod gateway;
mod gateway_class;
mod gateway_class_patch;
mod grpc_route;
mod http_route;
mod istio_base_values;
mod istio_cni_values;
mod istio_operator;
mod istiod_values;
mod kind;
mod mesh_values;
mod metadata;
mod namespace;
mod namespace_patch;
mod object;
mod parent_ref;
mod parts;
mod patch_uses;
mod peer_authentication;
mod phase;
mod plan;
mod planned;
mod reference_grant;
mod route;
mod route_match;
mod runbook;
#[cfg(test)]
pub(crate) mod samples;
mod security_policy;
mod seen;
mod seen_parts;
mod service_entry;
mod teg_values;
#[cfg(test)]
mod tests;
mod view;
mod virtual_service;
mod ztunnel_values;

pub use artifact::{Artifact, Patch};
pub use decoration::Decoration;
pub use file_name::{file_name, fitted, folder};
pub use kind::{KINDS, Kind};
pub use parts::{PARTS, Part};
pub use patch_uses::{PatchType, PatchUses, patch_uses};
pub use phase::Phase;
pub use plan::{Plan, plan};
pub use planned::{Planned, PlannedResource};
pub use seen::{Seen, SeenError, SeenValue};
pub use view::View;
