//! Standard output and standard error.

use std::io::{self, ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};

use super::args::Color;
use super::failure::Failure;

/// How to write: where colours are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    /// Whether standard output gets colours.
    pub(super) color_out: bool,
    /// Whether standard error gets colours.
    pub(super) color_err: bool,
}

impl Terminal {
    /// Settles the question of colours: what was typed, else `NO_COLOR`, `CLICOLOR_FORCE` and
    /// whether a terminal is there.
    pub(super) fn new(color: Color) -> Self {
        let wanted = |auto: ColorChoice| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => auto != ColorChoice::Never,
        };
        Terminal {
            color_out: wanted(AutoStream::choice(&io::stdout())),
            color_err: wanted(AutoStream::choice(&io::stderr())),
        }
    }

    /// Writes data to standard output. Whoever reads it may stop reading when they like.
    pub(super) fn data(
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match write(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Stdout(error)),
            _ => Ok(()),
        }
    }

    /// Writes words to standard error. Where they cannot be written there is nobody to tell.
    pub(super) fn words(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let mut err = io::BufWriter::new(io::stderr().lock());
        let _ = write(&mut err).and_then(|()| err.flush());
    }
}
