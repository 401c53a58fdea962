//! Where the config is.

use super::super::args::InputArgs;

/// Where the config and the user's templates are.
#[derive(Debug)]
pub(in crate::cli) struct Input {
    pub(in crate::cli) named: Vec<String>,
    pub(in crate::cli) templates: Option<String>,
}

impl From<InputArgs> for Input {
    fn from(args: InputArgs) -> Self {
        Input {
            named: args.file,
            templates: args.templates,
        }
    }
}
