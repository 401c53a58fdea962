//! Integration tests.

mod distil;
mod layers;
