//! What a route attaches to.

use serde::Serialize;

use crate::model::ParentRef;
use crate::source::{Shown, Sourced};

use super::defaulted::elsewhere;
use super::metadata::text;

/// A gateway, or a listener of it.
#[derive(Debug, Serialize)]
pub(super) struct ParentRefView<'m> {
    name: Sourced<&'m str>,
    /// Where it is another than the route's.
    namespace: Option<Shown<&'m str>>,
    section_name: Option<Sourced<&'m str>>,
}

impl<'m> ParentRefView<'m> {
    pub(super) fn list(parents: &'m [ParentRef], home: Sourced<&str>) -> Vec<Self> {
        let view = |parent: &'m ParentRef| ParentRefView {
            name: text(&parent.name),
            namespace: elsewhere(&parent.namespace, home),
            section_name: parent.section_name.as_ref().map(text),
        };
        parents.iter().map(view).collect()
    }
}
