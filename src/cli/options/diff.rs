//! What `diff` will do.

use crate::diff::{Format, Look, Options};

use super::super::args::{Callers, DiffArgs, DiffFormat, is_of_git};

/// What `diff` will do.
#[derive(Debug)]
pub(in crate::cli) struct Diff {
    pub(in crate::cli) what: DiffWhat,
    pub(in crate::cli) templates: Option<String>,
    pub(in crate::cli) options: Options,
    pub(in crate::cli) format: Format,
    /// The most bytes of a text of bounded length.
    pub(in crate::cli) max_bytes: usize,
    /// Whether differences are no reason for another exit code.
    pub(in crate::cli) exit_zero: bool,
    /// Whether the operands are the temporary folders of kubectl.
    pub(in crate::cli) for_kubectl: bool,
}

/// What is compared.
#[derive(Debug)]
pub(in crate::cli) enum DiffWhat {
    /// Two operands, or what stands for them.
    Operands(Option<String>, Option<String>),
    /// One path, as git hands it over.
    Path(GitPath),
    /// A path that git has not merged.
    Unmerged(String),
    /// Too many operands.
    TooMany(usize),
}

/// One path in two states, as git hands it over.
#[derive(Debug)]
pub(in crate::cli) struct GitPath {
    /// The path in the repository.
    pub(in crate::cli) before: String,
    /// The path after a rename, or else the same.
    pub(in crate::cli) after: String,
    /// The file that holds the state before; `/dev/null` where there was none.
    pub(in crate::cli) before_file: String,
    /// The file that holds the state after.
    pub(in crate::cli) after_file: String,
    /// What git says of a rename, in lines.
    pub(in crate::cli) words: String,
}

impl From<DiffArgs> for Diff {
    fn from(args: DiffArgs) -> Self {
        let callers = Callers::of_environment();
        let format = match args.format {
            DiffFormat::Human => Format::Human,
            DiffFormat::Unified => Format::Unified,
            DiffFormat::Json => Format::Json,
            DiffFormat::Markdown => Format::Markdown,
        };
        let what = DiffWhat::of(args.operands, callers.git);
        // Git stops at the first program that ends with anything else, unless it is told not to.
        let of_git = callers.git || matches!(what, DiffWhat::Path(_));
        Diff {
            what,
            templates: args.templates,
            options: Options {
                ignore: args.ignore,
            },
            format,
            max_bytes: args.max_bytes,
            exit_zero: args.exit_zero || (of_git && !args.exit_code),
            for_kubectl: callers.kubectl,
        }
    }
}

impl DiffWhat {
    fn of(words: Vec<String>, of_git: bool) -> Self {
        let count = words.len();
        let is_path = is_of_git(&words);
        let mut words = words.into_iter();
        match count {
            1 if of_git => DiffWhat::Unmerged(words.next().unwrap_or_default()),
            0..=2 => DiffWhat::Operands(words.next(), words.next()),
            _ if is_path => {
                let words: Vec<_> = words.collect();
                DiffWhat::Path(GitPath {
                    before: words[0].clone(),
                    after: words.get(7).unwrap_or(&words[0]).clone(),
                    before_file: words[1].clone(),
                    after_file: words[4].clone(),
                    words: words.get(8).cloned().unwrap_or_default(),
                })
            }
            _ => DiffWhat::TooMany(count),
        }
    }
}

impl Diff {
    /// How differences are to look.
    pub(in crate::cli) fn look(&self, color: bool) -> Look {
        Look {
            color,
            max_bytes: self.max_bytes,
        }
    }
}
