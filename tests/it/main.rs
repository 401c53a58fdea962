//! Integration tests.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do, and clippy only sees the tests themselves"
)]

mod cli;
mod cmp;
mod defaults;
mod dependencies;
mod diff;
mod distil;
mod errors;
mod export;
mod folders;
mod format;
mod generator;
mod git;
mod git_repository;
mod gitops;
mod golden;
mod hostile;
mod integrations;
mod judged_objects;
mod killed;
mod krm;
mod kustomize;
mod layers;
mod layouts;
mod origin;
mod program;
mod properties;
mod readme;
mod rearrange;
mod rendering;
mod runbook;
mod trees;
mod yaml_1_1;
