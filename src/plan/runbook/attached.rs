//! Which routes attach to which gateway.

use crate::model::{Model, Route};

/// The routes of every gateway, found once: most of the page is told gateway by gateway.
pub(super) struct Attached<'m>(Vec<Vec<&'m Route>>);

impl<'m> Attached<'m> {
    /// The routes of the model by gateway.
    pub(super) fn new(model: &'m Model) -> Self {
        let mut routes: Vec<Vec<&Route>> = vec![Vec::new(); model.gateways.len()];
        for route in &model.routes {
            for (at, parent) in route.parents.iter().enumerate() {
                let known = route.parents[..at]
                    .iter()
                    .any(|before| before.gateway == parent.gateway);
                if let (false, Some(routes)) = (known, routes.get_mut(parent.gateway)) {
                    routes.push(route);
                }
            }
        }
        Attached(routes)
    }

    /// The routes of the gateway at this index, each once and in the order of the model.
    pub(super) fn to(&self, gateway: usize) -> &[&'m Route] {
        self.0.get(gateway).map_or(&[], Vec::as_slice)
    }
}
