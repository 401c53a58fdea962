//! What a comparison leaves out of account.

use super::ignore::Ignore;

/// How two states are compared.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The places that do not count, beside those that belong to the server.
    pub ignore: Vec<Ignore>,
}
