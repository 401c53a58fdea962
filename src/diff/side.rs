//! One of the two states that are compared.

use std::sync::Arc;

/// One file of a side.
#[derive(Clone, Debug)]
pub struct SideFile {
    /// Its name below the side's root, with `/` between folders. Documents without an identity are
    /// paired by it.
    pub name: String,
    /// What a person calls it, such as `main:clusters/eu/service-web.yaml`.
    pub shown: String,
    /// Its text, of any number of YAML documents.
    pub text: Arc<str>,
}

/// The files of one state.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// What a person calls the state, such as `main` or `rendered`.
    pub name: String,
    /// The files, in any order; no two have one name.
    pub files: Vec<SideFile>,
}
