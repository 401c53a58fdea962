//! The command line: what was typed, what we will do, and thin commands that do it.

mod args;
mod commands;
mod failure;
mod options;
mod progress;
mod run;
mod terminal;

pub use run::main;
