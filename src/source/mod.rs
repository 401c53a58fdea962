//! Text and what is read from it: sources, positions, and the document tree.
//!
//! This stage knows YAML and nothing of Kubernetes. It stands left of `diag`, so its errors are
//! small types of its own.

mod line_index;
mod located;
mod position;
mod scalar;
mod sources;
mod tree;

pub use line_index::LineIndex;
pub use located::{Located, Origin, Sourced};
pub use position::{Pos, Span};
pub use scalar::{Ambiguity, ambiguity, shape_of_plain};
pub use sources::{Source, SourceId, Sources, TooMuchText};
pub use tree::{Node, NodeId, Shape, Style, Tree, TreeBuilder};
