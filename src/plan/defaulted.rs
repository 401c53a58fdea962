//! Values that the API server would fill in.

use crate::config::Defaults;
use crate::model::Model;
use crate::source::{Origin, Sourced};

/// Whether values that the API server would fill in are written out.
pub(super) fn explicit(model: &Model) -> bool {
    *model.defaults == Defaults::Explicit
}

/// A value to write: one that the user wrote, that differs from what the API server would fill
/// in, or any where all are written out.
pub(super) fn shown<T: Copy + PartialEq>(
    value: &Sourced<T>,
    server: T,
    explicit: bool,
) -> Option<T> {
    let left_out = matches!(value.origin, Origin::Default(_)) && value.value == server;
    (explicit || !left_out).then_some(value.value)
}
