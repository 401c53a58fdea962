//! What a route attaches to.

use serde::Serialize;

use crate::model::ParentRef;

/// A gateway, or a listener of it.
#[derive(Debug, Serialize)]
pub(super) struct ParentRefView<'m> {
    name: &'m str,
    /// Where it is another than the route's.
    namespace: Option<&'m str>,
    section_name: Option<&'m str>,
}

impl<'m> ParentRefView<'m> {
    pub(super) fn list(parents: &'m [ParentRef], namespace: &str) -> Vec<Self> {
        let view = |parent: &'m ParentRef| ParentRefView {
            name: &parent.name,
            namespace: Some(&*parent.namespace).filter(|own| *own != namespace),
            section_name: parent.section_name.as_ref().map(|name| name.as_str()),
        };
        parents.iter().map(view).collect()
    }
}
