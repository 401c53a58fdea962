//! Writing into real folders, and onto disks that fail.

mod disks;
mod faults;
mod locking;
mod pruning;
mod refusals;
mod scene;
mod writing;

pub(super) use scene::output;
