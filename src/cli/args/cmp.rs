//! `gatewright cmp`.

use clap::{Args, Subcommand};

/// What `cmp` takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct CmpArgs {
    #[command(subcommand)]
    pub(in crate::cli) step: CmpStep,
}

/// What Argo CD asks for.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(in crate::cli) enum CmpStep {
    /// Print the files that hold a config; nothing where there is none.
    Discover,
    /// Print the objects of the config.
    Generate,
}
