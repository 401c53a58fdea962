//! What the user gave: the only reader of files.

mod decode;
mod disk_reader;
mod file_names;
mod file_set;
mod folder_walk;
mod git;
mod input_error;
mod manifests;
mod material;
mod operand;
mod operands;
mod parameters;
mod place;
mod reason;
mod stdin;
mod store;
mod templates;
#[cfg(test)]
mod tests;

pub use decode::{NotUtf8, decode};
pub use file_set::{FileSet, Given, InputFile};
pub use git::{GitError, InRevision, Repository, RevPath, Revision};
pub use input_error::InputError;
pub use manifests::{Manifest, Manifests};
pub use material::{LeftOut, LeftOutReason, Material, MaterialFile};
pub use operand::{Operand, Way, Whence};
pub use operands::Operands;
pub use parameters::{ParameterFault, Parameters};
pub use reason::reason;
pub use stdin::read_stdin;
pub use templates::{read_templates, read_templates_of};
