//! `gatewright explain`.

use crate::config::{explain, explain_outline};

use super::super::failure::Failure;
use super::super::run::Outcome;
use super::super::terminal::Terminal;

/// Prints what a field means, or all fields below it.
pub(in crate::cli) fn run(field: &str, recursive: bool) -> Result<Outcome, Failure> {
    let text = if recursive {
        explain_outline(field)
    } else {
        explain(field)
    };
    let text = text.map_err(Failure::Field)?;
    Terminal::data(|out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Fine)
}
