//! From where the facts of a kind are looked at.

use super::editions::Edition;

/// An edition of a product, and the version that a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The edition.
    pub edition: Edition,
    /// The version, by its index among the kind's versions.
    pub version: u8,
}
