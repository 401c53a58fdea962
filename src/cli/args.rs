//! What can be typed.

use std::path::PathBuf;

use clap::builder::{BoolishValueParser, PathBufValueParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Renders one typed config into the Kubernetes manifests of a service mesh's edge.
#[derive(Debug, Parser)]
#[command(
    name = "gatewright",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 fine; 1 findings of level error, or differences; 2 it could not be \
                  done; 3 a bug.\n\nExamples:\n  \
                  gatewright render -f examples/httpbin -o rendered\n  \
                  gatewright explain spec.gateways.listeners"
)]
pub(super) struct Args {
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, env = "GATEWRIGHT_COLOR")]
    pub(super) color: Color,
    #[command(subcommand)]
    pub(super) command: CommandArgs,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum CommandArgs {
    /// Render the manifests of a config, to standard output or into a folder.
    #[command(after_help = "Examples:\n  \
        gatewright render -f examples/httpbin | kubectl apply -f -\n  \
        gatewright render -f examples/httpbin -o rendered --check")]
    Render(RenderArgs),
    /// Find every mistake in a config, and in what it renders to.
    #[command(after_help = "Examples:\n  \
        gatewright check -f examples/httpbin\n  \
        gatewright check -f edge.yaml -f routes/ --format concise")]
    Check(CheckArgs),
    /// Print the JSON Schema of the config, for editors and other tools.
    #[command(after_help = "Examples:\n  \
        gatewright schema > edge.schema.json\n  \
        gatewright schema | jq '.\"$defs\".Listener'")]
    Schema,
    /// Explain a field of the config: what it means, its type, its default and an example.
    #[command(after_help = "Examples:\n  \
        gatewright explain spec.gateways.listeners.tls\n  \
        gatewright explain spec.mesh --recursive")]
    Explain(ExplainArgs),
}

/// What a switch may be set to in the environment: `1`, `yes`, `true`, and their opposites.
fn switch() -> BoolishValueParser {
    BoolishValueParser::new()
}

/// A folder, but for `-`, which elsewhere means a stream.
fn output_folder() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| {
        if path.as_os_str() == "-" {
            Err("standard output is where objects go without `-o`; leave it out")
        } else {
            Ok(path)
        }
    })
}

/// Where the config is.
#[derive(Debug, ClapArgs)]
pub(super) struct InputArgs {
    /// A config: a file, a folder of files, or `-` for standard input. Several add up. Without it,
    /// the `gatewright.yaml` here or in a folder above.
    #[arg(
        short,
        long = "file",
        value_name = "FILE|DIR|-",
        env = "GATEWRIGHT_FILE"
    )]
    pub(super) file: Vec<String>,
    /// Templates of yours, by the file names of the built-in ones, to render with in their place.
    #[arg(long, value_name = "DIR", env = "GATEWRIGHT_TEMPLATES")]
    pub(super) templates: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct RenderArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// The folder to write to. Without it, the objects go to standard output.
    #[arg(short, long, value_name = "DIR", env = "GATEWRIGHT_OUTPUT", value_parser = output_folder())]
    pub(super) output: Option<PathBuf>,
    /// Write nothing, and fail if the folder is not what would be written.
    #[arg(long, requires = "output", env = "GATEWRIGHT_CHECK", value_parser = switch())]
    pub(super) check: bool,
    /// Replace files too that were edited by hand, or that this config did not render.
    #[arg(long, requires = "output", env = "GATEWRIGHT_FORCE", value_parser = switch())]
    pub(super) force: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// The form of the findings.
    #[arg(long, value_enum, default_value_t = FindingsFormat::Human, env = "GATEWRIGHT_FORMAT")]
    pub(super) format: FindingsFormat,
}

/// The form of findings.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FindingsFormat {
    /// For people: the text with what is wrong underlined.
    Human,
    /// One line each, for editors and `grep`.
    Concise,
    /// For programs: one versioned document.
    Json,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    /// The field, such as `spec.routes.rules`. Without it, the config as a whole.
    #[arg(value_name = "FIELD", default_value = "")]
    pub(super) field: String,
    /// List all fields below it.
    #[arg(long, env = "GATEWRIGHT_RECURSIVE", value_parser = switch())]
    pub(super) recursive: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_flag_has_its_twin_and_every_help_ends_with_two_examples() {
        let main = Args::command();
        for command in main.get_subcommands().chain([&main]) {
            for flag in command.get_opts().chain(command.get_arguments()) {
                if let Some(long) = flag.get_long()
                    && !["help", "version"].contains(&long)
                {
                    let twin = format!("GATEWRIGHT_{}", long.replace('-', "_").to_uppercase());
                    assert_eq!(flag.get_env().unwrap().to_str(), Some(twin.as_str()));
                }
            }
            let help = command.get_after_help().unwrap().to_string();
            let examples = help.split("Examples:\n").nth(1).unwrap();
            assert_eq!(examples.lines().count(), 2, "{}", command.get_name());
        }
    }
}
