//! `gatewright diff`.

use clap::{Args, ValueEnum};

use super::switch::switch;
use crate::diff::{Ignore, Look};

/// What operands may be, in the order in which they are told apart.
pub(super) const OPERANDS: &str = "\
Operands, told apart in this order:
  -                   a stream of manifests, or a config, on standard input
  config:OPERAND      a config outright, which is rendered in memory
  manifests:OPERAND   manifests outright, compared as they are
  PATH                a file or a folder, if there is one; `./PATH` is never a revision
  REV[:PATH]          a git revision: `main`, `HEAD~1:clusters/eu`, `v1.2:./edge.yaml`;
                      `git:REV[:PATH]` where a file has that name

A path that holds a config is rendered; where rendered files stand beside the config, those are
compared. A revision without a path has that of the other operand, or else is the whole
repository. Without B, A is compared with the work tree; without both, HEAD is. In folders, what
is hidden and what speaks of no Kubernetes object is left out.

Exit codes: 0 the same; 1 different; 2 no answer, such as where a config has mistakes.

For kubectl:  KUBECTL_EXTERNAL_DIFF=\"gatewright diff\" kubectl diff -f rendered/manifests
For git:      git -c diff.external=\"gatewright diff\" diff
";

/// What `diff` takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// The state before and the state after.
    // Git hands over seven words, or nine.
    #[arg(value_name = "A B", num_args = 0..=9)]
    pub(in crate::cli) operands: Vec<String>,
    /// The form of the differences.
    #[arg(long, value_enum, default_value_t = DiffFormat::Human, env = "GATEWRIGHT_FORMAT")]
    pub(in crate::cli) format: DiffFormat,
    /// A place that does not count, such as `spec.replicas` or `Service:spec.ports[*].nodePort`.
    /// Several add up.
    #[arg(long, value_name = "PATH", env = "GATEWRIGHT_IGNORE")]
    pub(in crate::cli) ignore: Vec<Ignore>,
    /// The most bytes that `markdown` may have; the summary is never cut.
    #[arg(long, value_name = "N", default_value_t = Look::MAX_BYTES, env = "GATEWRIGHT_MAX_BYTES")]
    pub(in crate::cli) max_bytes: usize,
    /// Exit with 0 where there are differences, too.
    #[arg(long, env = "GATEWRIGHT_EXIT_ZERO", value_parser = switch())]
    pub(in crate::cli) exit_zero: bool,
    /// Exit with 1 where there are differences even if git runs it, which needs git's
    /// `trustExitCode`.
    #[arg(
        long,
        conflicts_with = "exit_zero",
        env = "GATEWRIGHT_EXIT_CODE",
        value_parser = switch()
    )]
    pub(in crate::cli) exit_code: bool,
    /// Templates of yours, as for `render`; of a revision, the folder is read from the revision.
    #[arg(long, value_name = "DIR", env = "GATEWRIGHT_TEMPLATES")]
    pub(in crate::cli) templates: Option<String>,
}

/// The form of differences.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    /// For people: by object, with both values and their places.
    Human,
    /// For people: the changed lines of each object, as `diff -u` shows them.
    Unified,
    /// For programs: one versioned document.
    Json,
    /// For a comment on a pull request, of bounded length.
    Markdown,
}
