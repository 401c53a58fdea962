//! Integration tests.

mod distil;
mod layers;
mod runbook;
