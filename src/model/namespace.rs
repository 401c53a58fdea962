//! Namespaces.

use std::collections::BTreeMap;

use crate::config::{DnsLabel, LabelKey, Manage};
use crate::source::{Origin, Sourced};

/// A namespace to create or to label. One that is left alone, or patched with nothing, is not in
/// the model.
#[derive(Debug)]
pub struct Namespace {
    /// Its name.
    pub name: DnsLabel,
    /// Whether it is created or patched.
    pub manage: Sourced<Manage>,
    /// Its labels: the user's, and the mesh's.
    pub labels: BTreeMap<LabelKey, Sourced<String>>,
    /// What called for it.
    pub origin: Origin,
}
