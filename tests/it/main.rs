//! Integration tests.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do, and clippy only sees the tests themselves"
)]

mod defaults;
mod distil;
mod generator;
mod judged_objects;
mod layers;
mod properties;
mod rearrange;
mod rendering;
mod trees;
mod yaml_1_1;
