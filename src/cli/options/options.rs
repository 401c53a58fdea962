//! The options of the program.

use super::super::args::Args;
use super::super::terminal::Terminal;
use super::Command;

/// What we will do.
#[derive(Debug)]
pub(in crate::cli) struct Options {
    /// How to write to the terminal.
    pub(in crate::cli) terminal: Terminal,
    /// The command.
    pub(in crate::cli) command: Command,
}

impl From<Args> for Options {
    fn from(args: Args) -> Self {
        Options {
            terminal: Terminal::new(args.color),
            command: Command::from(args.command),
        }
    }
}
