//! Switches of the command line.

use clap::builder::BoolishValueParser;

/// What a switch may be set to in the environment: `1`, `yes`, `true`, and their opposites.
pub(super) fn switch() -> BoolishValueParser {
    BoolishValueParser::new()
}
