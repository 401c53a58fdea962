//! Text and what is read from it: sources, positions, the document tree, the readers, the emitter
//! and the merge engine. This stage knows YAML and nothing of Kubernetes; it stands left of
//! `diag`, so its errors are small types of its own.

mod arrange;
mod canonical;
mod compose;
mod emit;
mod issue;
mod line_index;
mod located;
mod merge;
mod origin;
mod plain;
mod position;
mod reader;
#[cfg(test)]
mod samples;
mod scalar;
mod sources;
mod syntax;
mod tag;
mod to_json;
mod tree;

pub use emit::{emit, scalar};
pub use issue::{Issue, IssueKind};
pub use line_index::LineIndex;
pub use located::Located;
pub use merge::{
    Conflict, ConflictKind, ListKeys, MergeMode, MergeRules, MergeTable, Newcomer, merge,
};
pub use origin::{Causes, Origin, Shown, Sourced};
pub use plain::is_plain;
pub use position::{Pos, Span};
pub use reader::{Document, Documents, read, read_general, read_text};
pub use scalar::{Ambiguity, ambiguity, shape_of_plain};
pub use sources::{Source, SourceId, Sources, TooMuchText, token_length};
pub use to_json::write_json;
pub use tree::{Node, NodeId, Shape, Style, Tree, TreeBuilder};
