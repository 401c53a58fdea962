//! The commands, one file each.

pub(super) mod check;
pub(super) mod cmp;
pub(super) mod diff;
mod diff_notes;
pub(super) mod explain;
mod external_diff;
pub(super) mod function;
mod inputs;
pub(super) mod origin;
mod origin_map;
mod output_folder;
pub(super) mod render;
pub(super) mod schema;
