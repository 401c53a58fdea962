//! What an object is called in a headline.

use super::place::in_one_line;
use crate::diff::difference::{ChangeKind, Name};

/// The kind and the name: `HTTPRoute prod/web`; of a document without an identity, its file.
pub(super) fn title(name: &Name) -> String {
    let title = match name {
        Name::Object(id) => match &id.namespace {
            Some(namespace) => format!("{} {namespace}/{}", id.kind, id.name),
            None => format!("{} {}", id.kind, id.name),
        },
        Name::File { file, index: 0 } => file.clone(),
        Name::File { file, index } => format!("{file} (document {})", index + 1),
    };
    in_one_line(&title)
}

/// The kind, for counting; documents without an identity are files.
pub(super) fn kind(name: &Name) -> &str {
    match name {
        Name::Object(id) => &id.kind,
        Name::File { .. } => "file",
    }
}

/// The word for what happened.
pub(super) fn word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "added",
        ChangeKind::Removed => "removed",
        ChangeKind::Changed => "changed",
        ChangeKind::Moved => "moved",
        ChangeKind::Renamed => "renamed",
    }
}
