//! `gatewright check`.

use clap::{Args, ValueEnum};

use super::input::InputArgs;

/// What `check` takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub(in crate::cli) input: InputArgs,
    /// The form of the findings.
    #[arg(long, value_enum, default_value_t = FindingsFormat::Human, env = "GATEWRIGHT_FORMAT")]
    pub(in crate::cli) format: FindingsFormat,
}

/// The form of findings.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum FindingsFormat {
    /// For people: the text with what is wrong underlined.
    Human,
    /// One line each, for editors and `grep`.
    Concise,
    /// For programs: one versioned document.
    Json,
}
