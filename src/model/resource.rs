//! The user's own manifests.

use crate::source::{Pos, Tree};

/// One object of a file in `spec.resources`, taken up as it is.
#[derive(Debug)]
pub struct Resource {
    /// Its text, comments included, without the line that separates documents.
    pub text: String,
    /// The same as a tree, whose positions are in the file.
    pub tree: Tree,
    /// Where the object begins in its file.
    pub pos: Pos,
    /// The entry of `spec.resources` that names the file.
    pub entry: Pos,
}
