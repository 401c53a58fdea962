//! Which objects: one file for each kind of thing, with what its template sees and when there is
//! one.

mod artifact;
mod kind;
mod metadata;
mod namespace;
mod object;
mod plan;
mod planned;
mod view;

pub use artifact::{Artifact, Patch, Strategy};
pub use kind::{KINDS, Kind};
pub use plan::{Plan, plan};
pub use planned::Planned;
pub use view::View;
