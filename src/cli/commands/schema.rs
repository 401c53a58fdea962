//! `gatewright schema`.

use crate::config::published_schema_text;

use super::super::failure::Failure;
use super::super::run::Outcome;
use super::super::terminal::Terminal;

/// Prints the JSON Schema of the config.
pub(in crate::cli) fn run() -> Result<Outcome, Failure> {
    Terminal::data(|out| out.write_all(published_schema_text().as_bytes()))?;
    Ok(Outcome::Fine)
}
