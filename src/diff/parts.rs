//! What is left of two sides when the texts that both have are dropped.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use super::side::SideFile;

/// What is left of one file: whole documents.
#[derive(Debug)]
pub(super) struct Rest {
    /// The file.
    pub(super) file: SideFile,
    /// The bytes of the documents that are left, in order.
    pub(super) documents: Vec<Range<usize>>,
}

/// Drops what both sides have, before anything is read: files of one name and text, equal documents
/// of files of one name, and then equal objects wherever they lie. The files come by name.
///
/// Comments before a document do not count, so that a header which names another target does not
/// make every file differ.
pub(super) fn rest(before: Vec<SideFile>, after: Vec<SideFile>) -> [Vec<Rest>; 2] {
    let mut sides = without_equal_files(before, after).map(|files| {
        let rest = files.into_iter().map(|file| Rest {
            documents: documents(&file.text),
            file,
        });
        rest.collect::<Vec<_>>()
    });
    drop_equal(&mut sides, |name, body| Some((name, body)));
    // A document without an identity is known by its file, so it is not the same in another one.
    drop_equal(&mut sides, |_, body| {
        has_identity(body).then_some(("", body))
    });
    sides.map(|mut rest| {
        rest.retain(|rest| !rest.documents.is_empty());
        rest
    })
}

fn without_equal_files(mut before: Vec<SideFile>, mut after: Vec<SideFile>) -> [Vec<SideFile>; 2] {
    before.sort_by(|a, b| a.name.cmp(&b.name));
    after.sort_by(|a, b| a.name.cmp(&b.name));
    let [mut left, mut right] = [Vec::new(), Vec::new()];
    let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
    while let (Some(a), Some(b)) = (before.peek(), after.peek()) {
        match a.name.cmp(&b.name) {
            Ordering::Less => left.extend(before.next()),
            Ordering::Greater => right.extend(after.next()),
            Ordering::Equal => {
                let (a, b) = (before.next(), after.next());
                let text = |file: &Option<SideFile>| file.as_ref().map(|file| file.text.clone());
                if text(&a) != text(&b) {
                    left.extend(a);
                    right.extend(b);
                }
            }
        }
    }
    left.extend(before);
    right.extend(after);
    [left, right]
}

/// The ranges of a text's documents, each without the `---` before it; the text as a whole where it
/// takes a reader to tell them apart.
fn documents(text: &str) -> Vec<Range<usize>> {
    let whole = || std::iter::once(0..text.len()).collect();
    if text.starts_with('%') || text.contains("\n%") || text.contains("\n...") {
        return whole();
    }
    let mut ranges = Vec::new();
    let mut start = 0;
    let markers = text.match_indices("\n---").map(|(at, _)| at + 1);
    for at in text
        .starts_with("---")
        .then_some(0)
        .into_iter()
        .chain(markers)
    {
        let rest = &text[at + 3..];
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = &rest[..end];
        if !line.trim().is_empty() {
            if line.starts_with([' ', '\t']) && line.trim_start().starts_with('#') {
                // A comment, as Helm writes it; it is no part of the document.
            } else if line.starts_with([' ', '\t']) {
                return whole();
            } else {
                // A longer word, which is no marker.
                continue;
            }
        }
        ranges.push(start..at);
        start = at + 3 + end;
    }
    ranges.push(start..text.len());
    ranges.retain(|range| !body(&text[range.clone()]).is_empty());
    ranges
}

/// A document from its first line that is neither empty nor a comment.
fn body(document: &str) -> &str {
    let mut rest = document;
    while let Some((line, next)) = rest.split_once('\n') {
        if !line.trim_ascii().is_empty() && !line.starts_with('#') {
            return rest;
        }
        rest = next;
    }
    if rest.starts_with('#') { "" } else { rest }
}

/// Whether a document names an object in the way that nearly all do.
fn has_identity(body: &str) -> bool {
    let has = |key: &str| {
        let mut lines = body.lines();
        lines.any(|line| line.starts_with(key))
    };
    has("apiVersion:") && has("kind:") && has("metadata:")
}

/// Drops documents of the same key from both sides, as often as both have them.
fn drop_equal(
    sides: &mut [Vec<Rest>; 2],
    key: impl for<'k> Fn(&'k str, &'k str) -> Option<(&'k str, &'k str)>,
) {
    let doomed = {
        let [before, after] = sides.each_ref().map(|side| keys(side, &key));
        let mut left: HashMap<_, usize> = HashMap::new();
        for key in before.iter().flatten() {
            *left.entry(*key).or_default() += 1;
        }
        let mut both: HashMap<_, usize> = HashMap::new();
        let mut take = |key: &Option<_>| {
            let Some(count) = key.and_then(|key| left.get_mut(&key)).filter(|n| **n > 0) else {
                return false;
            };
            *count -= 1;
            *both.entry(*key).or_default() += 1;
            true
        };
        let after: Vec<bool> = after.iter().map(&mut take).collect();
        let mut take = |key: &Option<_>| {
            let count = both.get_mut(key).filter(|n| **n > 0);
            count.map(|count| *count -= 1).is_some()
        };
        let before: Vec<bool> = before.iter().map(&mut take).collect();
        [before, after]
    };
    for (side, doomed) in sides.iter_mut().zip(doomed) {
        let mut doomed = doomed.into_iter();
        for rest in side {
            rest.documents.retain(|_| doomed.next() != Some(true));
        }
    }
}

/// The keys of all documents of a side, in order.
fn keys<'k>(
    side: &'k [Rest],
    key: &impl Fn(&'k str, &'k str) -> Option<(&'k str, &'k str)>,
) -> Vec<Option<(&'k str, &'k str)>> {
    let documents = side.iter().flat_map(|rest| {
        let ranges = rest.documents.iter();
        ranges.map(|range| key(&rest.file.name, body(&rest.file.text[range.clone()])))
    });
    documents.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(files: &[(&str, &str)]) -> Vec<SideFile> {
        let file = |(name, text): &(&str, &str)| SideFile {
            name: (*name).to_owned(),
            shown: format!("shown/{name}"),
            text: (*text).into(),
        };
        files.iter().map(file).collect()
    }

    fn left(before: &[(&str, &str)], after: &[(&str, &str)]) -> [Vec<(String, String)>; 2] {
        rest(side(before), side(after)).map(|rest| {
            let texts = rest.into_iter().flat_map(|rest| {
                let text = rest.file.text;
                let texts = rest.documents.into_iter().map(move |r| text[r].to_owned());
                let name = rest.file.name;
                texts.map(move |text| (name.clone(), text))
            });
            texts.collect()
        })
    }

    const X: &str = "apiVersion: v1\nkind: A\nmetadata: {name: x}\n";
    const Y: &str = "apiVersion: v1\nkind: A\nmetadata: {name: y}\n";

    #[test]
    fn documents_are_told_apart_as_a_reader_does() {
        for (text, parts) in [
            ("a: 1\n---\nb: 2\n", vec!["a: 1\n", "b: 2\n"]),
            (
                "---\na: 1\n--- # two\nb: |\n  --- x\n---",
                vec!["a: 1\n", "b: |\n  --- x\n"],
            ),
            ("a: 1\r\n---\r\nb: 2\r\n", vec!["a: 1\r\n", "b: 2\r\n"]),
            ("a: 1\n--- {b: 2}\n", vec!["a: 1\n--- {b: 2}\n"]),
            ("a: 1\n----: 2\n", vec!["a: 1\n----: 2\n"]),
            ("a: 1\n...\nb: 2\n", vec!["a: 1\n...\nb: 2\n"]),
            ("%YAML 1.2\n---\na: 1\n", vec!["%YAML 1.2\n---\na: 1\n"]),
            ("# nothing\n---\n\n---\n# b\nb: 2", vec!["# b\nb: 2"]),
            ("", vec![]),
        ] {
            let found = documents(text).into_iter().map(|r| &text[r]);
            assert_eq!(found.collect::<Vec<_>>(), parts, "{text:?}");
            let read =
                |text: &str| crate::source::read_text(&text.into(), crate::source::Pos::NONE);
            let one_by_one: Vec<_> = parts.iter().flat_map(|p| read(p).documents).collect();
            let at_once = read(text).documents;
            assert!(
                at_once
                    .iter()
                    .map(|d| &d.tree)
                    .eq(one_by_one.iter().map(|d| &d.tree)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_both_have_is_dropped() {
        let a = format!("# header of a\n{X}---\n{Y}");
        let b = format!("{Y}---\n{X}");
        assert_eq!(left(&[("a", &a)], &[("a", &b)]), [vec![], vec![]]);
        assert_eq!(left(&[("a", &a)], &[("b", X), ("c", Y)]), [vec![], vec![]]);
        let own = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let twice = format!("{X}---\n{X}");
        assert_eq!(
            left(&[("a", &twice)], &[("a", X)]),
            [vec![own("a", X)], vec![]]
        );
    }

    #[test]
    fn what_is_known_by_its_file_is_only_the_same_in_that_file() {
        let values = "replicas: 2\n";
        let own = |name: &str| vec![(name.to_owned(), values.to_owned())];
        assert_eq!(
            left(&[("a", values)], &[("b", values)]),
            [own("a"), own("b")]
        );
        let with = format!("{values}---\n{X}");
        assert_eq!(left(&[("a", values)], &[("a", &with)])[0], []);
    }
}
