//! All paths of a revision.

use std::cmp::Ordering;
use std::ops::Range;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A file.
    File,
    /// A symbolic link, whose content is where it leads.
    Link,
    /// A commit of another repository.
    Submodule,
}

/// One path of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The path from the root of the tree, with `/` between folders.
    pub(super) path: String,
    pub(super) kind: EntryKind,
    /// The name of its content, in hexadecimal digits.
    pub(super) object: String,
}

/// All paths of a revision but the folders, in the order in which a walk of the same folders on
/// disk finds them.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    entries: Vec<Entry>,
}

/// What a path of a tree is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    Entry(&'a Entry),
    /// A folder, with what is below it.
    Folder(&'a [Entry]),
    Nothing,
}

impl Tree {
    /// Reads what `git ls-tree -r -z` writes: `<mode> <type> <object>\t<path>\0` for each.
    pub(super) fn parse(listing: &[u8]) -> Self {
        let mut entries: Vec<Entry> = listing.split(|byte| *byte == 0).filter_map(entry).collect();
        entries.sort_by(|a, b| by_parts(&a.path, &b.path));
        Tree { entries }
    }

    /// What stands at a path without `.`, `..` and slashes at its ends; an empty one is the root.
    pub(super) fn find(&self, path: &str) -> Found<'_> {
        if path.is_empty() {
            return Found::Folder(&self.entries);
        }
        let search = self.entries.binary_search_by(|e| by_parts(&e.path, path));
        if let Ok(at) = search {
            return Found::Entry(&self.entries[at]);
        }
        let below = self.below(path);
        if below.is_empty() {
            Found::Nothing
        } else {
            Found::Folder(&self.entries[below])
        }
    }

    /// The shortest part of a path at which there is an entry rather than a folder, and the rest
    /// of the path behind it.
    pub(super) fn stop<'p>(&self, path: &'p str) -> Option<(&Entry, &'p str)> {
        let ends = path.match_indices('/').map(|(at, _)| at);
        ends.into_iter()
            .find_map(|end| match self.find(&path[..end]) {
                Found::Entry(entry) => Some((entry, &path[end + 1..])),
                _ => None,
            })
    }

    /// The names of files and folders in a folder.
    pub(super) fn names_in<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a str> {
        let (entries, skipped) = match folder {
            "" => (&self.entries[..], 0),
            folder => (&self.entries[self.below(folder)], folder.len() + 1),
        };
        entries
            .iter()
            .map(move |entry| entry.path[skipped..].split('/').next().unwrap_or_default())
    }

    fn below(&self, folder: &str) -> Range<usize> {
        let start = self
            .entries
            .partition_point(|e| by_parts(&e.path, folder) == Ordering::Less);
        let length = self.entries[start..].partition_point(|e| {
            e.path
                .strip_prefix(folder)
                .is_some_and(|r| r.starts_with('/'))
        });
        start..start + length
    }
}

/// Paths are ordered by their parts, so that a folder stands together and before what its name
/// begins.
fn by_parts(a: &str, b: &str) -> Ordering {
    a.split('/').cmp(b.split('/'))
}

fn entry(line: &[u8]) -> Option<Entry> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let head = std::str::from_utf8(&line[..tab]).ok()?;
    let mut words = head.split(' ');
    let (mode, _, object) = (words.next()?, words.next()?, words.next()?);
    let kind = match mode {
        "120000" => EntryKind::Link,
        "160000" => EntryKind::Submodule,
        _ => EntryKind::File,
    };
    Some(Entry {
        path: String::from_utf8_lossy(&line[tab + 1..]).into_owned(),
        kind,
        object: object.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> Tree {
        let lines = paths.iter().map(|path| format!("100644 blob 0a\t{path}\0"));
        Tree::parse(lines.collect::<String>().as_bytes())
    }

    #[test]
    fn paths_are_found_and_folders_stand_together() {
        let tree = tree(&["a-b.yaml", "a/x.yaml", "a/b/y.yaml", "a.yaml", "ab/z.yaml"]);
        let order: Vec<_> = tree.entries.iter().map(|e| e.path.as_str()).collect();
        assert_eq!(
            order,
            ["a/b/y.yaml", "a/x.yaml", "a-b.yaml", "a.yaml", "ab/z.yaml"]
        );
        assert!(matches!(tree.find("a"), Found::Folder(below) if below.len() == 2));
        assert!(matches!(tree.find("a/b"), Found::Folder(below) if below.len() == 1));
        assert!(matches!(tree.find("a/x.yaml"), Found::Entry(_)));
        assert_eq!(tree.find("a/x"), Found::Nothing);
        assert_eq!(
            tree.stop("a/x.yaml/k")
                .map(|(e, rest)| (e.path.as_str(), rest)),
            Some(("a/x.yaml", "k"))
        );
        assert_eq!(tree.names_in("a").collect::<Vec<_>>(), ["b", "x.yaml"]);
    }

    #[test]
    fn odd_names_are_names() {
        let tree = Tree::parse(b"120000 blob 1f\t-a\tb\n\"c\"\x00160000 commit 2f\tsub\xFF\0");
        assert_eq!(tree.entries[0].path, "-a\tb\n\"c\"");
        assert_eq!(tree.entries[0].kind, EntryKind::Link);
        assert_eq!(
            (tree.entries[1].kind, tree.entries[1].path.as_str()),
            (EntryKind::Submodule, "sub\u{FFFD}")
        );
    }
}
