//! What a function has to say of an item.

use crate::diag::{Diagnostic, Place};
use crate::kube::krm::ListItem;

/// A finding about an item of the list, or about none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// The index of the item.
    pub item: Option<usize>,
}

/// The file of an item as a place to show, if it is known.
pub(super) fn place_of(item: &ListItem<'_>) -> Place {
    item.path()
        .map_or(Place::Nowhere, |path| Place::File(path.to_owned()))
}
