//! What the user gave: the only reader of files.

mod decode;
mod file_set;
mod folder_walk;
mod input_error;
mod place;
mod reason;
mod templates;
#[cfg(test)]
mod tests;

pub use decode::{NotUtf8, decode};
pub use file_set::{FileSet, Given, InputFile};
pub use input_error::InputError;
pub use reason::reason;
pub use templates::read_templates;
