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
}

impl From<RenderArgs> for Render {
    fn from(args: RenderArgs) -> Self {
        let to = match (args.output, args.check) {
            (Some(folder), true) => RenderTo::Check { folder },
            (Some(folder), false) => RenderTo::Folder {
                folder,
                force: args.force,
            },
            (None, _) => RenderTo::Stream {
                format: match args.format {
                    ObjectsFormat::Yaml => StreamFormat::Yaml,
                    ObjectsFormat::Json => StreamFormat::Json,
                },
            },
        };
        Render {
            input: args.input.into(),
            to,
        }
    }
}
