//! Where the fields of a rendered document come from.
//!
//! The document is rendered once more, with a view that notes what is read and a template that
//! notes which of its tags is evaluated. What was read since a tag began belongs to that tag; the
//! tags around a piece of the output are its conditions.

mod field;
mod log;
mod marks;
mod replay;
mod tag_scanner;
mod tracer;
mod watched;

pub use field::{Field, TemplateLine, Traced};
pub use tracer::{TraceError, Tracer};
