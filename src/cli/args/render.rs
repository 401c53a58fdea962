//! `gatewright render`.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};
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
    /// Write nothing, and fail if the folder is not what would be written.
    #[arg(long, requires = "output", env = "GATEWRIGHT_CHECK", value_parser = switch())]
    pub(in crate::cli) check: bool,
    /// Replace files too that were edited by hand, or that this config did not render.
    #[arg(long, requires = "output", env = "GATEWRIGHT_FORCE", value_parser = switch())]
    pub(in crate::cli) force: bool,
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
