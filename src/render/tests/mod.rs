//! Tests of rendering as a whole.

mod golden;
mod mistakes;
mod run;
