//! Under which name the program is called, and for whom.

use std::ffi::OsString;
use std::path::Path;

use clap::{Command, CommandFactory};

use super::Args;

/// The name by which kubectl finds a plugin.
const PLUGIN: &str = "kubectl-gatewright";

/// The commands that answer another tool, which alone says what they do.
const FOR_TOOLS: &[&str] = &["cmp", "fn"];

/// The definition of the arguments for a run with these words, the program's own name first.
///
/// Called by kubectl, the program speaks of itself as `kubectl gatewright`. For another tool no
/// variable of the environment counts.
pub(super) fn definition(words: &[OsString]) -> Command {
    let mut definition = Args::command();
    if words.first().is_some_and(is_plugin) {
        definition = definition.bin_name("kubectl gatewright");
        definition = with_plugin_examples(definition);
    }
    if is_for_a_tool(words) {
        definition = definition.mut_args(|arg| arg.env(None::<&str>));
    }
    definition
}

fn is_plugin(program: &OsString) -> bool {
    Path::new(program)
        .file_stem()
        .is_some_and(|name| name == PLUGIN)
}

/// Whether the command is one for another tool: the first word that is no flag.
fn is_for_a_tool(words: &[OsString]) -> bool {
    let mut words = words.iter().skip(1);
    while let Some(word) = words.next() {
        if word == "--color" {
            words.next();
        } else if !word.to_string_lossy().starts_with('-') {
            return FOR_TOOLS.iter().any(|name| word == name);
        }
    }
    false
}

/// The same with examples as they are typed behind `kubectl`.
fn with_plugin_examples(command: Command) -> Command {
    let rewritten = |command: Command| match command.get_after_help() {
        Some(help) => {
            let help = help
                .to_string()
                .replace("\n  gatewright ", "\n  kubectl gatewright ");
            command.after_help(help)
        }
        None => command,
    };
    let command = rewritten(command).mut_subcommands(rewritten);
    // The one usage that is written by hand.
    command.mut_subcommand("diff", |diff| {
        diff.override_usage("kubectl gatewright diff [OPTIONS] [A [B]]")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn the_environment_says_nothing_to_commands_for_tools() {
        for (line, for_a_tool) in [
            ("gatewright cmp generate", true),
            ("gatewright --color never fn", true),
            ("gatewright --color=never fn", true),
            ("gatewright render", false),
            ("gatewright explain cmp", false),
            ("gatewright", false),
        ] {
            let definition = definition(&words(line));
            let color = definition
                .get_arguments()
                .find(|arg| arg.get_id() == "color");
            assert_eq!(color.unwrap().get_env().is_none(), for_a_tool, "{line}");
        }
    }

    #[test]
    fn kubectl_plugins_are_called_through_kubectl() {
        let mut plugin = definition(&words("/usr/bin/kubectl-gatewright render --help"));
        plugin.build();
        let render = plugin.find_subcommand_mut("render").unwrap();
        let help = render.render_help().to_string();
        assert!(help.contains("Usage: kubectl gatewright render"), "{help}");
        assert!(
            help.contains("\n  kubectl gatewright render -f examples/httpbin | kubectl"),
            "{help}"
        );
        assert!(definition(&words("gatewright")).get_bin_name().is_none());
    }
}
