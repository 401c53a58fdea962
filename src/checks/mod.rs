//! What is wrong with documents, whoever wrote them.

mod document;
mod finding;
mod structure;

pub use document::document;
pub use finding::Finding;
pub use structure::{Extent, IDS, structure};
