//! What we will do: the arguments with everything about the machine settled.

mod cmp;
mod command;
mod diff;
mod input;
mod options;
mod origin;
mod render;

pub(super) use cmp::{AppParameters, Cmp};
pub(super) use command::Command;
pub(super) use diff::{Diff, DiffWhat, GitPath};
pub(super) use input::Input;
pub(super) use options::Options;
pub(super) use origin::Origin;
pub(super) use render::{Render, RenderTo};
