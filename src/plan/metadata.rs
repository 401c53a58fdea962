//! What every object says of itself.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::Serialize;

use crate::config::{LabelKey, LabelValue};
use crate::source::{Located, Sourced};

/// A label or an annotation. Its value may be empty.
#[derive(Debug, Serialize)]
pub(super) struct KeyValue<'m> {
    /// Its key.
    pub key: Sourced<&'m str>,
    /// Its value.
    pub value: Sourced<&'m str>,
}

/// Labels or annotations, in the order of their keys.
pub(super) fn key_values<V: Text>(map: &BTreeMap<LabelKey, V>) -> Vec<KeyValue<'_>> {
    map.iter()
        .map(|(key, value)| KeyValue {
            key: value.text().map(|_| key.as_str()),
            value: value.text(),
        })
        .collect()
}

/// What is a text in the end.
pub(super) trait Text {
    /// The text, and where it comes from.
    fn text(&self) -> Sourced<&str>;
}

impl Text for Located<String> {
    fn text(&self) -> Sourced<&str> {
        Sourced::written(&self.value, self.pos)
    }
}

impl Text for Located<LabelValue> {
    fn text(&self) -> Sourced<&str> {
        Sourced::written(self.value.as_str(), self.pos)
    }
}

impl Text for Sourced<String> {
    fn text(&self) -> Sourced<&str> {
        self.as_ref().map(String::as_str)
    }
}

/// A name in a list; lists of views hold no bare scalars.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Name<'m> {
    /// The name.
    pub name: Sourced<&'m str>,
}

/// Names, in their order.
pub(super) fn names<'m>(list: impl IntoIterator<Item = Sourced<&'m str>>) -> Vec<Name<'m>> {
    list.into_iter().map(|name| Name { name }).collect()
}

/// The text of a value that was written.
pub(super) fn wrote<T: Deref<Target = str>>(value: &Located<T>) -> Sourced<&str> {
    Sourced::written(&value.value, value.pos)
}

/// The text of a value, with its origin.
pub(super) fn text<T: Deref<Target = str>>(value: &Sourced<T>) -> Sourced<&str> {
    value.as_ref().map(|value| &**value)
}
