//! What a file that differs was before.

use super::header::{Header, after_header};

/// What a file that differs was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// We wrote it, and nobody touched it since.
    Intact(Header),
    /// We wrote it, it was edited since, and the config now renders what the hand wrote.
    Settled(Header),
    /// We wrote it, and it was edited since.
    Edited(Header),
    /// We wrote it, and a merge of two branches left a conflict in it.
    Conflicting(Header),
    /// It does not say that we wrote it.
    Foreign,
}

impl Before {
    /// What a file with this content was, before this text takes its place.
    pub(super) fn of(content: &[u8], text: &str) -> Self {
        match Header::read(content) {
            Some(header) if header.is_intact(content) => Before::Intact(header),
            Some(header) if after_header(content) == text.as_bytes() => Before::Settled(header),
            Some(header) => Before::Edited(header),
            None => Header::read_conflicting(content).map_or(Before::Foreign, Before::Conflicting),
        }
    }

    /// Why the config of this name does not replace such a file unasked.
    pub(super) fn objection(&self, owner: &str) -> Option<String> {
        let why = match self {
            Before::Intact(header)
            | Before::Settled(header)
            | Before::Edited(header)
            | Before::Conflicting(header)
                if header.owner != owner =>
            {
                return Some(format!(
                    "it comes from another config, `{}`; name another folder, or replace it with \
                     `--force`",
                    header.owner
                ));
            }
            Before::Intact(_) | Before::Settled(_) => return None,
            Before::Edited(_) => {
                "it was edited by hand since it was rendered; put the change into the config and \
                 render again, or drop it with `--force`"
            }
            Before::Conflicting(_) => {
                "it holds the conflict of a merge; merge the config, not this file, and replace \
                 the file with `--force`"
            }
            Before::Foreign => {
                "it was not rendered by gatewright; move it away, or replace it with `--force`"
            }
        };
        Some(why.to_owned())
    }
}
