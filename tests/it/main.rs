//! Integration tests.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do, and clippy only sees the tests themselves"
)]

mod distil;
mod judged_objects;
mod layers;
mod trees;
