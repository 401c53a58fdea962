//! The words for what is wrong with a text as YAML.

use super::Diagnostic;
use crate::source::{Issue, IssueKind};

/// The diagnostic for what a reader found.
pub fn word_issue(issue: &Issue) -> Diagnostic {
    let diagnostic = Diagnostic::error(issue.kind.id(), issue.kind.to_string(), issue.span);
    let diagnostic = match &issue.kind {
        IssueKind::Syntax { .. } => {
            diagnostic.because("The rest of this document is not read until this is put right.")
        }
        IssueKind::DuplicateKey { first, .. } => diagnostic
            .label("given again")
            .related(*first, "given first")
            .because("Readers differ about which of the two counts."),
        IssueKind::Ambiguous { ambiguity, .. } => diagnostic
            .label(format!(
                "{} in YAML 1.1, {} in YAML 1.2",
                ambiguity.old, ambiguity.new
            ))
            .because("kubectl and Helm read YAML 1.1, many other tools read YAML 1.2.")
            .help(match ambiguity.old {
                "the boolean `true`" => "Write `true` if the boolean is meant.",
                "the boolean `false`" => "Write `false` if the boolean is meant.",
                _ => "Write plain decimal digits if a number is meant.",
            }),
        IssueKind::TooManyAliases | IssueKind::TooDeep => {
            diagnostic.because("Such a text can stall whoever reads it, so it is refused.")
        }
        IssueKind::UnknownTag { .. } | IssueKind::TagMismatch { .. } => {
            diagnostic.because("Only the core tags of YAML have a meaning in a config.")
        }
        _ => diagnostic,
    };
    diagnostic.maybe_help(issue.kind.help())
}
