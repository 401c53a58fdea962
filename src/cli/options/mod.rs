//! What we will do: the arguments with everything about the machine settled.

mod command;
mod diff;
mod input;
mod options;
mod render;

pub(super) use command::Command;
pub(super) use diff::{Diff, DiffWhat, GitPath};
pub(super) use input::Input;
pub(super) use options::Options;
pub(super) use render::{Render, RenderTo};
