//! What every object says of itself.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{LabelKey, LabelValue};
use crate::source::Sourced;

/// A label or an annotation. Its value may be empty.
#[derive(Debug, Serialize)]
pub(super) struct KeyValue<'m> {
    /// Its key.
    pub key: &'m str,
    /// Its value.
    pub value: &'m str,
}

/// Labels or annotations, in the order of their keys.
pub(super) fn key_values<V: Text>(map: &BTreeMap<LabelKey, V>) -> Vec<KeyValue<'_>> {
    map.iter()
        .map(|(key, value)| KeyValue {
            key,
            value: value.text(),
        })
        .collect()
}

/// What is a text in the end.
pub(super) trait Text {
    /// The text.
    fn text(&self) -> &str;
}

impl Text for String {
    fn text(&self) -> &str {
        self
    }
}

impl Text for LabelValue {
    fn text(&self) -> &str {
        self.as_str()
    }
}

impl<T: Text> Text for Sourced<T> {
    fn text(&self) -> &str {
        self.value.text()
    }
}

/// A name in a list; lists of views hold no bare scalars.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Name<'m> {
    /// The name.
    pub name: &'m str,
}

/// Names, in their order.
pub(super) fn names<'m>(list: impl IntoIterator<Item = &'m str>) -> Vec<Name<'m>> {
    list.into_iter().map(|name| Name { name }).collect()
}
