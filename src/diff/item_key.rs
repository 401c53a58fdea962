//! What the items of a list are known by, as numbers that are equal where that is.

use super::alignment::List;
use super::digest::{hash, mix};
use super::site::{Keys, Site};
use crate::source::Node;

/// What an item is known by, if it has all of that.
pub(super) fn key_of<'t>(item: Node<'t>, keys: Keys<'t>, site: Site<'t>) -> Option<u64> {
    item.is_map().then_some(())?;
    keys.iter().try_fold(0, |all, key| {
        let written = item.get(key).filter(|value| !value.is_null());
        let text = match written {
            Some(value) if value.is_map() || value.is_seq() => return None,
            Some(value) => value.text(),
            None if key == "protocol" => "TCP",
            None => site.default_of(key)?,
        };
        Some(mix(all ^ hash(text)))
    })
}

/// The values of some fields, the first of which is there.
pub(super) fn name_of(item: Node<'_>, fields: &[&str]) -> Option<u64> {
    item.get(fields[0]).and_then(Node::as_str)?;
    let values = fields
        .iter()
        .map(|field| item.get(field).map_or(0, |value| hash(value.text())));
    Some(values.fold(0, |all, value| mix(all ^ value)))
}

/// What a rule of a route matches.
pub(super) fn matches_of(list: List<'_>, rule: Node<'_>) -> Option<u64> {
    let matches = rule.get("matches").or_else(|| rule.get("match"))?;
    Some(list.digests.of(matches.id()))
}
