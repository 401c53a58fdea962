//! Integration tests.

mod distil;
mod errors;
mod judged_objects;
mod trees;
