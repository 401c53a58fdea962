//! What `render` will do.

use std::path::PathBuf;

use crate::sinks::StreamFormat;

use super::super::args::{ObjectsFormat, RenderArgs};
use super::Input;

/// What `render` will do.
#[derive(Debug)]
pub(in crate::cli) struct Render {
    pub(in crate::cli) input: Input,
    pub(in crate::cli) to: RenderTo,
    /// Where to tell what every field comes from; `-` is standard output.
    pub(in crate::cli) map: Option<PathBuf>,
}

/// Where what is rendered goes.
#[derive(Debug)]
pub(in crate::cli) enum RenderTo {
    /// The objects go to standard output.
    Stream { format: StreamFormat },
    /// Everything is written into a folder.
    Folder { folder: PathBuf, force: bool },
    /// Everything is compared with a folder.
    Check { folder: PathBuf },
    /// What would be written into a folder is listed.
    DryRun { folder: PathBuf, force: bool },
}

impl From<RenderArgs> for Render {
    fn from(args: RenderArgs) -> Self {
        let force = args.force;
        let to = match args.output {
            None => RenderTo::Stream {
                format: match args.format {
                    ObjectsFormat::Yaml => StreamFormat::Yaml,
                    ObjectsFormat::Json => StreamFormat::Json,
                },
            },
            Some(folder) if args.check => RenderTo::Check { folder },
            Some(folder) if args.dry_run => RenderTo::DryRun { folder, force },
            Some(folder) => RenderTo::Folder { folder, force },
        };
        Render {
            input: args.input.into(),
            to,
            map: args.map,
        }
    }
}
