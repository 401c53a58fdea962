//! gatewright renders one typed config into the Kubernetes manifests of a service mesh's edge.
//!
//! The modules are the stages which the data passes through, and imports between them go left
//! only:
//!
//! ```text
//! source ← diag ← input ← kube ← config ← model ← plan ← render ← checks ← diff ← sinks ← pipeline ← cli
//! ```

pub mod checks;
pub mod cli;
pub mod config;
pub mod diag;
pub mod diff;
pub mod input;
pub mod kube;
pub mod model;
pub mod pipeline;
pub mod plan;
pub mod render;
pub mod sinks;
pub mod source;
