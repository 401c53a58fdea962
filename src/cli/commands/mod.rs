//! The commands, one file each.

pub(super) mod check;
pub(super) mod explain;
mod inputs;
pub(super) mod origin;
mod origin_map;
mod output_folder;
pub(super) mod render;
pub(super) mod schema;
