//! Integration tests.

mod distil;
