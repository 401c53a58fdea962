//! What `origin` will do.

use super::super::args::{OriginArgs, OriginFormat};
use super::Input;

/// What `origin` will do.
#[derive(Debug)]
pub(in crate::cli) struct Origin {
    pub(in crate::cli) input: Input,
    pub(in crate::cli) object: String,
    pub(in crate::cli) field: Option<String>,
    pub(in crate::cli) json: bool,
}

impl From<OriginArgs> for Origin {
    fn from(args: OriginArgs) -> Self {
        Origin {
            input: args.input.into(),
            object: args.object,
            field: args.field,
            json: args.format == OriginFormat::Json,
        }
    }
}
