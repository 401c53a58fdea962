//! What is said to the user: diagnostics as data, and the forms in which they are shown.

mod diagnostic;
pub mod render;
mod report;
mod similar;
mod tidy;
mod yaml;

pub use diagnostic::{Diagnostic, Level, Note, Place};
pub use report::Report;
pub use similar::{closest, did_you_mean};
pub use yaml::word_issue;
