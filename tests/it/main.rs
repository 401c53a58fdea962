//! Integration tests.

mod distil;
mod errors;
mod hostile;
mod judged_objects;
mod trees;
