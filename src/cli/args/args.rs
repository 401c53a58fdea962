//! The program's arguments: the list of the commands.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::diff::OPERANDS;
use super::invocation::definition;
use super::{CheckArgs, CmpArgs, DiffArgs, ExplainArgs, OriginArgs, RenderArgs};

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
pub(in crate::cli) struct Args {
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, env = "GATEWRIGHT_COLOR")]
    pub(in crate::cli) color: Color,
    #[command(subcommand)]
    pub(in crate::cli) command: CommandArgs,
}

impl Args {
    /// Reads what was typed, and what the environment says.
    pub(in crate::cli) fn read(words: Vec<OsString>) -> Result<Self, clap::Error> {
        let matches = definition(&words).try_get_matches_from(words)?;
        let args = Args::from_arg_matches(&matches)?;
        match &args.command {
            CommandArgs::Render(render) => match render.contradiction() {
                Some((kind, why)) => Err(Self::mistake("render", kind, why)),
                None => Ok(args),
            },
            _ => Ok(args),
        }
    }

    /// A mistake in the arguments of a command.
    fn mistake(name: &str, kind: ErrorKind, why: String) -> clap::Error {
        let mut main = Args::command();
        main.build();
        match main.find_subcommand_mut(name) {
            Some(command) => command.error(kind, why),
            None => main.error(kind, why),
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CommandArgs {
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
    /// Compare two states by object: folders, files, streams, configs, git revisions.
    #[command(override_usage = "gatewright diff [OPTIONS] [A [B]]", after_help = format!("{OPERANDS}\nExamples:\n  \
        gatewright diff HEAD\n  \
        gatewright diff main:clusters/eu rendered/eu --format markdown"))]
    Diff(DiffArgs),
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
    /// Tell where a rendered object, or a field of it, comes from: config line, default or rule.
    #[command(after_help = "Examples:\n  \
        gatewright origin -f examples/httpbin httproute/httpbin 'spec.hostnames[0]'\n  \
        gatewright origin -f examples/httpbin gateway/httpbin/apps --format json")]
    Origin(OriginArgs),
    /// Run as a KRM function of kustomize or kpt: a `ResourceList` in, a `ResourceList` out.
    #[command(after_help = "Examples:\n  \
        kpt fn eval --exec 'gatewright fn' --fn-config edge.yaml\n  \
        gatewright fn < list.yaml > rendered.yaml")]
    Fn,
    /// Answer Argo CD as a config management plugin.
    ///
    /// The config is what the working folder holds. Parameters come from Argo CD alone:
    /// `ARGOCD_APP_PARAMETERS`, else `PARAM_ENVIRONMENT` and `PARAM_CLUSTER`.
    #[command(after_help = "Examples:\n  \
        gatewright cmp discover\n  \
        gatewright cmp generate")]
    Cmp(CmpArgs),
}

#[cfg(test)]
mod tests {
    use super::*;

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
