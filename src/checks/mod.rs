//! What is wrong with documents, whoever wrote them.

mod finding;
mod structure;

pub use finding::Finding;
pub use structure::{Extent, IDS, structure};
