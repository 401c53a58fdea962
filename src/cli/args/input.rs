//! Where the config is.

use clap::Args;

/// Where the config is.
#[derive(Debug, Args)]
pub(in crate::cli) struct InputArgs {
    /// A config: a file, a folder of files, or `-` for standard input. Several add up. Without it,
    /// the `gatewright.yaml` here or in a folder above.
    #[arg(
        short,
        long = "file",
        value_name = "FILE|DIR|-",
        env = "GATEWRIGHT_FILE"
    )]
    pub(in crate::cli) file: Vec<String>,
    /// Templates of yours, by the file names of the built-in ones, to render with in their place.
    #[arg(long, value_name = "DIR", env = "GATEWRIGHT_TEMPLATES")]
    pub(in crate::cli) templates: Option<String>,
}
