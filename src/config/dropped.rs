//! What was written but could not be used.

use std::collections::BTreeSet;

use crate::source::Pos;

/// What of the config was dropped because it is wrong and reported, so that nobody complains
/// about its absence.
#[derive(Debug, Default)]
pub struct Dropped {
    fields: BTreeSet<(Pos, String)>,
    names: BTreeSet<(String, String)>,
}

impl Dropped {
    /// Whether this field of the map at `parent`, or an item of that field, was dropped.
    pub fn field(&self, parent: Pos, key: &str) -> bool {
        self.fields.contains(&(parent, key.to_owned()))
    }

    /// The names of the items that were dropped from a list such as `spec.gateways`.
    pub fn names<'a>(&'a self, list: &'a str) -> impl Iterator<Item = &'a str> {
        self.names
            .iter()
            .filter(move |(of, _)| of == list)
            .map(|(_, name)| name.as_str())
    }
}
