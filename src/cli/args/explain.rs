//! `gatewright explain`.

use clap::Args;

use super::switch::switch;

/// What `explain` takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    /// The field, such as `spec.routes.rules`. Without it, the config as a whole.
    #[arg(value_name = "FIELD", default_value = "")]
    pub(in crate::cli) field: String,
    /// List all fields below it.
    #[arg(long, env = "GATEWRIGHT_RECURSIVE", value_parser = switch())]
    pub(in crate::cli) recursive: bool,
}
