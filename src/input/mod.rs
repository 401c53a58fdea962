//! What the user gave: the only reader of files.

mod decode;
mod file_set;
mod folder_walk;
mod input_error;
mod parameters;
mod place;
mod reason;
mod stdin;
mod templates;
#[cfg(test)]
mod tests;

pub use decode::{NotUtf8, decode};
pub use file_set::{FileSet, Given, InputFile};
pub use input_error::InputError;
pub use parameters::{ParameterFault, Parameters};
pub use reason::reason;
pub use stdin::read_stdin;
pub use templates::read_templates;
