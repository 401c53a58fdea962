//! What a check of a document finds.

use crate::diag::Diagnostic;
use crate::kube::Pointer;

/// Something found in a document, with its place in the document.
///
/// The diagnostic's own place is where the text was written; the pointer stays the same when the
/// text is laid out anew, so it is what findings are known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where in the document.
    pub pointer: Pointer,
    /// What is wrong there.
    pub diagnostic: Diagnostic,
}
