//! What we will do: the arguments with everything about the machine settled.

use std::path::PathBuf;

use crate::diag::render::Format;

use super::args::{Args, CommandArgs, FindingsFormat, InputArgs};
use super::terminal::Terminal;

/// What we will do.
#[derive(Debug)]
pub(super) struct Options {
    /// How to write to the terminal.
    pub(super) terminal: Terminal,
    /// The command.
    pub(super) command: Command,
}

/// A command with all it needs.
#[derive(Debug)]
pub(super) enum Command {
    /// Render to standard output.
    RenderStream(Input),
    /// Render into a folder.
    RenderFolder {
        input: Input,
        folder: PathBuf,
        force: bool,
    },
    /// Compare a folder with what would be rendered into it.
    RenderCheck { input: Input, folder: PathBuf },
    /// Find mistakes.
    Check { input: Input, format: Format },
    /// Print the schema.
    Schema,
    /// Explain a field.
    Explain { field: String, recursive: bool },
}

/// Where the config and the user's templates are.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) named: Vec<String>,
    pub(super) templates: Option<String>,
}

impl From<InputArgs> for Input {
    fn from(args: InputArgs) -> Self {
        Input {
            named: args.file,
            templates: args.templates,
        }
    }
}

impl From<Args> for Options {
    fn from(args: Args) -> Self {
        let command = match args.command {
            CommandArgs::Render(render) => {
                let input = Input::from(render.input);
                match (render.output, render.check) {
                    (Some(folder), true) => Command::RenderCheck { input, folder },
                    (Some(folder), false) => Command::RenderFolder {
                        input,
                        folder,
                        force: render.force,
                    },
                    (None, _) => Command::RenderStream(input),
                }
            }
            CommandArgs::Check(check) => Command::Check {
                input: Input::from(check.input),
                format: match check.format {
                    FindingsFormat::Human => Format::Human,
                    FindingsFormat::Concise => Format::Concise,
                    FindingsFormat::Json => Format::Json,
                },
            },
            CommandArgs::Schema => Command::Schema,
            CommandArgs::Explain(explain) => Command::Explain {
                field: explain.field,
                recursive: explain.recursive,
            },
        };
        Options {
            terminal: Terminal::new(args.color),
            command,
        }
    }
}
