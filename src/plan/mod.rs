//! Which objects: one file for each kind of thing, with what its template sees and when there is
//! one.

mod artifact;
mod envoy_gateway_values;
mod istio_base_values;
mod istio_cni_values;
mod istio_operator;
mod istiod_values;
mod kind;
mod metadata;
mod namespace;
mod object;
mod parts;
mod plan;
mod planned;
mod runbook;
mod teg_values;
mod view;
mod ztunnel_values;

pub use artifact::{Artifact, Patch, Strategy};
pub use kind::{KINDS, Kind};
pub use parts::{PARTS, Part};
pub use plan::{Plan, plan};
pub use planned::Planned;
pub use view::View;
