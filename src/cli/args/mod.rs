//! What can be typed, one file per command.

mod args;
mod callers;
mod check;
mod cmp;
mod diff;
mod explain;
mod input;
mod invocation;
mod origin;
mod render;
mod switch;

pub(super) use args::{Args, Color, CommandArgs};
pub(super) use callers::{Callers, is_of_git};
pub(super) use check::{CheckArgs, FindingsFormat};
pub(super) use cmp::{CmpArgs, CmpStep};
pub(super) use diff::{DiffArgs, DiffFormat};
pub(super) use explain::ExplainArgs;
pub(super) use input::InputArgs;
pub(super) use origin::{OriginArgs, OriginFormat};
pub(super) use render::{ObjectsFormat, RenderArgs};
