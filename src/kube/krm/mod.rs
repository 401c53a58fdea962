//! The lists that KRM functions take and give.
//!
//! Source: kustomize `cmd/config/docs/api-conventions/functions-spec.md`.

mod config_text;
mod frame;
mod list_fault;
mod orchestration;
mod resource_list;
#[cfg(test)]
mod tests;

pub use list_fault::ListFault;
pub use orchestration::{bare, is_orchestration, same_value, with_annotations};
pub use resource_list::{ListItem, ResourceList};
