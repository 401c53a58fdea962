//! Writing into real folders, and onto disks that fail.

mod faults;
mod refusals;
mod scene;
mod writing;

pub(super) use scene::output;
