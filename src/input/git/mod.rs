//! Revisions of a git repository, read through the `git` program.
//!
//! Only plumbing is run, and none of it writes: no work tree, no index, no ref and no lock is
//! touched, no filter, hook or text conversion of the repository's config runs, and nothing is
//! fetched.

mod blobs;
mod git_error;
mod links;
mod program;
mod repository;
mod rev_path;
mod revision;
mod tree;

pub use git_error::GitError;
pub use repository::Repository;
pub use rev_path::RevPath;
pub use revision::{InRevision, Revision};
