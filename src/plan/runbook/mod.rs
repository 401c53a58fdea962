//! `RUNBOOK.md`: every step from an empty cluster to the state of the rendered files, with the
//! commands for this config.

mod attached;
mod certificates;
mod checks;
mod control_plane;
mod mesh;
mod page;
mod releases;
mod request;
mod shell;
mod wanted;
mod winner;

pub(super) use mesh::is_strict;
pub(super) use page::plan;
