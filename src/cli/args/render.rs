//! `gatewright render`.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, ValueEnum};

use super::input::InputArgs;
use super::switch::switch;

/// What `render` takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct RenderArgs {
    #[command(flatten)]
    pub(in crate::cli) input: InputArgs,
    /// The folder to write to. Without it, the objects go to standard output.
    #[arg(short, long, value_name = "DIR", env = "GATEWRIGHT_OUTPUT", value_parser = output_folder())]
    pub(in crate::cli) output: Option<PathBuf>,
    /// The form of the objects on standard output; files are YAML.
    #[arg(long, value_enum, default_value_t = ObjectsFormat::Yaml, env = "GATEWRIGHT_FORMAT")]
    pub(in crate::cli) format: ObjectsFormat,
    /// Write nothing; show as a diff how the folder differs from what would be written, and fail if
    /// it does.
    #[arg(long, env = "GATEWRIGHT_CHECK", value_parser = switch())]
    pub(in crate::cli) check: bool,
    /// Write nothing; list what would be added, changed, removed and refused.
    #[arg(long, env = "GATEWRIGHT_DRY_RUN", value_parser = switch())]
    pub(in crate::cli) dry_run: bool,
    /// Replace and remove files too that were edited by hand, and replace those that this config
    /// did not render.
    #[arg(long, env = "GATEWRIGHT_FORCE", value_parser = switch())]
    pub(in crate::cli) force: bool,
    /// Also write where every field of every file comes from, as JSON; `-` is standard output.
    #[arg(long, value_name = "FILE|-", env = "GATEWRIGHT_MAP")]
    pub(in crate::cli) map: Option<PathBuf>,
}

impl RenderArgs {
    /// What cannot be meant together.
    ///
    /// The parser would take a switch that the environment turns off for one that is there.
    pub(super) fn contradiction(&self) -> Option<(ErrorKind, String)> {
        let switches = [
            ("--check", self.check),
            ("--dry-run", self.dry_run),
            ("--force", self.force),
        ];
        let on = switches.iter().find(|(_, on)| *on);
        if self.check && self.dry_run {
            let why = "`--check` and `--dry-run` cannot be used together: `--check` fails if the \
                       folder differs, `--dry-run` does not";
            return Some((ErrorKind::ArgumentConflict, why.to_owned()));
        }
        match (on, &self.output) {
            (Some((switch, _)), None) => {
                let why = format!("`{switch}` needs `--output`, the folder that it is about");
                Some((ErrorKind::MissingRequiredArgument, why))
            }
            _ => None,
        }
    }
}

/// The form of objects.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum ObjectsFormat {
    /// Documents between `---`.
    Yaml,
    /// One document of kind `List`.
    Json,
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
