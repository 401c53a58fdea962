//! Values that are written out only where that is needed or asked for.

use crate::config::{Defaults, DnsLabel};
use crate::model::Model;
use crate::source::{Origin, Shown, Sourced};

/// Whether values that the API server would fill in are written out.
pub(super) fn explicit(model: &Model) -> Sourced<bool> {
    Sourced {
        value: *model.defaults == Defaults::Explicit,
        origin: model.defaults.origin,
    }
}

/// A value to write: one that the user wrote, that differs from what the API server would fill
/// in, or any where all are written out.
pub(super) fn shown<T: Copy + PartialEq>(
    value: &Sourced<T>,
    server: T,
    explicit: Sourced<bool>,
) -> Option<Shown<T>> {
    let left_out = matches!(value.origin, Origin::Default(_)) && value.value == server;
    if !left_out {
        return Some(Shown::from(*value));
    }
    explicit.value.then(|| Shown::new(*value, explicit.origin))
}

/// A namespace to write: one that is another than that of what refers to it.
pub(super) fn elsewhere<'m>(
    namespace: &'m Sourced<DnsLabel>,
    home: Sourced<&str>,
) -> Option<Shown<&'m str>> {
    let other = namespace.as_str() != home.value;
    other.then(|| Shown::new(namespace.as_ref().map(DnsLabel::as_str), home.origin))
}
