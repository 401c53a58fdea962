//! What differs between two states: of texts, line by line.

mod unified;

pub use unified::{Unified, unified};
