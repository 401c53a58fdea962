//! From arguments to an exit code.

use std::env;
use std::panic;
use std::process::ExitCode;

use super::args::{Args, Callers};
use super::commands;
use super::failure::Failure;
use super::options::{Command, Options};
use super::terminal::Terminal;

/// How a command that was done came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Fine.
    Fine,
    /// There are findings of level error, or differences.
    Findings,
}

/// Runs the program: the one place where exit codes are made and failures are printed.
pub fn main() -> ExitCode {
    let words = Callers::of_environment().in_order(env::args_os().collect());
    let args = match Args::read(words) {
        Ok(args) => args,
        Err(error) => {
            // Help and the version are what was asked for; everything else is a mistake.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    panic::set_hook(Box::new(|info| {
        Terminal::words(|err| {
            writeln!(err, "gatewright: internal error: {info}")?;
            writeln!(
                err,
                "  help: This is a bug; nothing was written by the failed step."
            )
        });
    }));
    let options = Options::from(args);
    match panic::catch_unwind(|| run(options)) {
        Ok(Ok(Outcome::Fine)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Findings)) => ExitCode::from(1),
        Ok(Err(failure)) => {
            Terminal::words(|err| writeln!(err, "gatewright: {failure}"));
            ExitCode::from(2)
        }
        Err(_) => ExitCode::from(3),
    }
}

fn run(options: Options) -> Result<Outcome, Failure> {
    let terminal = options.terminal;
    match options.command {
        Command::Render(render) => commands::render::run(&render, terminal),
        Command::Check { input, format } => commands::check::run(&input, format, terminal),
        Command::Origin(origin) => commands::origin::run(&origin, terminal),
        Command::Function => commands::function::run(terminal),
        Command::Cmp(cmp) => commands::cmp::run(&cmp, terminal),
        Command::Diff(diff) => commands::diff::run(&diff, terminal),
        Command::Schema => commands::schema::run(),
        Command::Explain { field, recursive } => commands::explain::run(&field, recursive),
    }
}
