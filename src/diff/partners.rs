//! Which objects of two sides are the same.

use std::collections::BTreeMap;

use super::difference::Name;
use super::document::Document;
use super::likeness::Leaves;

/// Objects that share fewer of their values than this, of 1000, their names aside, are not the same
/// one renamed.
const SAME: usize = 750;

/// With fewer values than this, objects are alike by chance.
const FEW_VALUES: usize = 4;

/// A value that so many added objects have says little about which of them is meant.
const COMMON: usize = 16;

/// An object of the first state, of the second, or of both.
pub(super) type Partners = (Option<Document>, Option<Document>);

/// Pairs the documents of two sides: by their names, those of one name by their files and then in
/// their order; what is left by being nearly the same.
pub(super) fn partners(before: Vec<Document>, after: Vec<Document>) -> Vec<Partners> {
    let mut by_name: BTreeMap<Name, [Vec<Document>; 2]> = BTreeMap::new();
    for (side, documents) in [before, after].into_iter().enumerate() {
        for document in documents {
            let name = document.name.clone();
            by_name.entry(name).or_default()[side].push(document);
        }
    }
    let mut pairs = Vec::new();
    let mut left = [Vec::new(), Vec::new()];
    for [before, after] in by_name.into_values() {
        let (before, after) = by_file(before, after, &mut pairs);
        let mut after = after.into_iter();
        for document in before {
            match after.next() {
                Some(other) => pairs.push((Some(document), Some(other))),
                None => left[0].push(document),
            }
        }
        left[1].extend(after);
    }
    renamed(left, &mut pairs);
    pairs
}

/// Pairs documents of one name that are in one file, in their order.
fn by_file(
    before: Vec<Document>,
    after: Vec<Document>,
    pairs: &mut Vec<Partners>,
) -> (Vec<Document>, Vec<Document>) {
    let mut after: Vec<Option<Document>> = after.into_iter().map(Some).collect();
    let mut left = Vec::new();
    for document in before {
        let same = |other: &&mut Option<Document>| {
            other
                .as_ref()
                .is_some_and(|other| other.file == document.file)
        };
        match after.iter_mut().find(same).and_then(Option::take) {
            Some(other) => pairs.push((Some(document), Some(other))),
            None => left.push(document),
        }
    }
    (left, after.into_iter().flatten().collect())
}

/// Pairs what is nearly the same under another name, the most alike first.
fn renamed([before, after]: [Vec<Document>; 2], pairs: &mut Vec<Partners>) {
    let content = |document: &Document| Leaves::of_content(document.tree.root());
    let of_before: Vec<Leaves> = before.iter().map(content).collect();
    let of_after: Vec<Leaves> = after.iter().map(content).collect();
    let mut found = Vec::new();
    for (first, second) in candidates(&before, &of_before, &after, &of_after) {
        let share = of_before[first].share(&of_after[second]);
        let values = of_before[first].len().min(of_after[second].len());
        if share >= SAME && values >= FEW_VALUES {
            let names = [&before[first].name, &after[second].name];
            // The same key from either side, so that the way back pairs the same objects.
            let key = (names[0].min(names[1]), names[0].max(names[1]));
            found.push((std::cmp::Reverse(share), key, first, second));
        }
    }
    found.sort();
    let found: Vec<(usize, usize)> = found.into_iter().map(|f| (f.2, f.3)).collect();
    let mut before: Vec<Option<Document>> = before.into_iter().map(Some).collect();
    let mut after: Vec<Option<Document>> = after.into_iter().map(Some).collect();
    for (first, second) in found {
        if before[first].is_some() && after[second].is_some() {
            pairs.push((before[first].take(), after[second].take()));
        }
    }
    pairs.extend(before.into_iter().flatten().map(|old| (Some(old), None)));
    pairs.extend(after.into_iter().flatten().map(|new| (None, Some(new))));
}

/// Which removed and added objects are worth a comparison: those of one kind that share a value
/// which few have. So many objects are compared with few others each, not with all.
fn candidates(
    before: &[Document],
    of_before: &[Leaves],
    after: &[Document],
    of_after: &[Leaves],
) -> Vec<(usize, usize)> {
    let mut holders: BTreeMap<(Kind<'_>, u64), Vec<usize>> = BTreeMap::new();
    for (second, leaves) in of_after.iter().enumerate() {
        let kind = kind(&after[second].name);
        for value in leaves.values() {
            let holders = holders.entry((kind, *value)).or_default();
            if holders.last() != Some(&second) {
                holders.push(second);
            }
        }
    }
    let mut wanted: BTreeMap<(Kind<'_>, u64), usize> = BTreeMap::new();
    for (first, leaves) in of_before.iter().enumerate() {
        let mut values = leaves.values().to_vec();
        values.dedup();
        for value in values {
            *wanted
                .entry((kind(&before[first].name), value))
                .or_default() += 1;
        }
    }
    let mut found = Vec::new();
    for (first, leaves) in of_before.iter().enumerate() {
        let kind = kind(&before[first].name);
        for value in leaves.values() {
            let key = (kind, *value);
            let few = wanted.get(&key).is_some_and(|count| *count <= COMMON);
            let holders = holders.get(&key).filter(|h| few && h.len() <= COMMON);
            found.extend(holders.into_iter().flatten().map(|second| (first, *second)));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What two objects have to share to be one renamed: nothing, for documents without an identity.
type Kind<'d> = Option<(&'d str, &'d str)>;

fn kind(name: &Name) -> Kind<'_> {
    match name {
        Name::Object(id) => Some((&id.group, &id.kind)),
        Name::File { .. } => None,
    }
}
