//! Why two states could not be compared.

use crate::diag::Report;
use crate::source::Sources;

/// What stood in the way of an answer: texts that are no YAML, or too much text.
#[derive(Debug)]
pub struct Trouble {
    /// What is wrong, and where.
    pub report: Report,
    /// The texts that the report speaks of. In those that speak of a Secret only keys can be read,
    /// since messages show lines.
    pub sources: Sources,
}
