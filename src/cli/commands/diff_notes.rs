//! What there is to say beside the differences.

use std::collections::{BTreeMap, BTreeSet};

use crate::input::{LeftOutReason, Operands};

use super::super::terminal::Terminal;

/// How many names a note lists.
const NAMES_AT_MOST: usize = 3;

/// Writes what there is to say about how two operands were compared, in notes of one line.
pub(super) fn write(
    operands: &Operands,
    absent: [bool; 2],
    left_out: &BTreeMap<LeftOutReason, BTreeSet<String>>,
    differ: bool,
) {
    let mut notes = operands.notes.clone();
    for (operand, absent) in [&operands.before, &operands.after].into_iter().zip(absent) {
        if absent {
            notes.push(format!(
                "there is no `{}`; that side is empty",
                operand.name()
            ));
        }
    }
    for (reason, names) in left_out {
        notes.extend(told(*reason, names, differ));
    }
    Terminal::words(|err| {
        notes
            .iter()
            .try_for_each(|note| writeln!(err, "note: {note}"))
    });
}

fn told(reason: LeftOutReason, names: &BTreeSet<String>, differ: bool) -> Option<String> {
    let listed = listed(names);
    let why = match reason {
        LeftOutReason::NoObject => "hold no Kubernetes object",
        LeftOutReason::Template => "are templates, not YAML",
        LeftOutReason::NotUtf8 => "are not UTF-8",
        // As long as the output differs too, it speaks for the config.
        LeftOutReason::Config if differ => return None,
        LeftOutReason::Config => {
            return Some(format!(
                "the config differs ({listed}), and what was rendered from it does not; \
                 `gatewright render` brings it up to date, `config:PATH` compares configs"
            ));
        }
    };
    Some(format!("not compared, for they {why}: {listed}"))
}

fn listed(names: &BTreeSet<String>) -> String {
    let mut listed: Vec<_> = names
        .iter()
        .take(NAMES_AT_MOST)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = names.len().saturating_sub(NAMES_AT_MOST);
    if more > 0 {
        listed.push(format!("{more} more"));
    }
    listed.join(", ")
}
