//! Integration tests.

mod distil;
mod judged_objects;
mod trees;
