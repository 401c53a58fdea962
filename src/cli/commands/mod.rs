//! The commands, one file each.

pub(super) mod check;
pub(super) mod cmp;
pub(super) mod explain;
pub(super) mod function;
mod inputs;
pub(super) mod origin;
mod origin_map;
mod output_folder;
pub(super) mod render;
pub(super) mod schema;
