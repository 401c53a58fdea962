//! `gatewright diff` from end to end.

mod callers;
mod configs;
mod flow;
mod folders;
mod rendered;
