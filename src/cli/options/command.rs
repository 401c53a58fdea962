//! The command that was chosen, with all it needs.

use crate::diag::render::Format;

use super::super::args::{CommandArgs, FindingsFormat};
use super::{Cmp, Diff, Input, Origin, Render};

/// A command with all it needs.
#[derive(Debug)]
pub(in crate::cli) enum Command {
    /// Render a config.
    Render(Render),
    /// Find mistakes.
    Check { input: Input, format: Format },
    /// Compare two states.
    Diff(Diff),
    /// Print the schema.
    Schema,
    /// Explain a field.
    Explain { field: String, recursive: bool },
    /// Tell where something comes from.
    Origin(Origin),
    /// Run as a KRM function.
    Function,
    /// Answer Argo CD.
    Cmp(Cmp),
}

impl From<CommandArgs> for Command {
    fn from(args: CommandArgs) -> Self {
        match args {
            CommandArgs::Render(args) => Command::Render(args.into()),
            CommandArgs::Check(args) => Command::Check {
                input: args.input.into(),
                format: match args.format {
                    FindingsFormat::Human => Format::Human,
                    FindingsFormat::Concise => Format::Concise,
                    FindingsFormat::Json => Format::Json,
                },
            },
            CommandArgs::Diff(args) => Command::Diff(args.into()),
            CommandArgs::Schema => Command::Schema,
            CommandArgs::Explain(args) => Command::Explain {
                field: args.field,
                recursive: args.recursive,
            },
            CommandArgs::Origin(args) => Command::Origin(args.into()),
            CommandArgs::Fn => Command::Function,
            CommandArgs::Cmp(args) => Command::Cmp(args.step.into()),
        }
    }
}
