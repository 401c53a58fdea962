//! What `diff` reads of git repositories.

mod clones;
mod names;
mod operands;
mod untouched;
