//! What a merge has to know of the meaning of trees.

/// How two trees become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeMode {
    /// Both say a part of the whole, and neither may contradict the other: maps merge, lists are
    /// joined, and whatever is given twice is a conflict.
    Add,
    /// The second changes the first: maps merge, lists with keys merge item by item, other lists
    /// and scalars are replaced, and null deletes.
    Overlay,
}

/// A part of the second tree to which the first has no counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newcomer<'a> {
    /// A key of a map.
    Key(&'a str),
    /// An item of a list with keys.
    Item,
}

/// What the merge engine has to know of the trees' meaning.
///
/// A path is made of the keys of maps, with `*` for any item of a list.
pub trait MergeRules {
    /// How the trees become one.
    fn mode(&self) -> MergeMode;

    /// The keys which name the items of the list at this path; none if they have no names.
    fn list_keys(&self, path: &[&str]) -> &[&str];

    /// Whether the first tree may lack this counterpart; asked for overlays alone.
    fn allows(&self, _path: &[&str], _newcomer: Newcomer<'_>) -> bool {
        true
    }

    /// Whether both trees may give the scalar at this path, if they agree.
    fn may_repeat(&self, _path: &[&str]) -> bool {
        false
    }
}

/// A row of a [`MergeTable`]: the pattern of a list's path, and the keys of its items.
///
/// In a pattern, `*` stands for any key and for the items of a list.
pub type ListKeys = (&'static [&'static str], &'static [&'static str]);

/// Merge rules which are no more than a table of the lists with keys.
#[derive(Clone, Copy, Debug)]
pub struct MergeTable {
    /// How the trees become one.
    pub mode: MergeMode,
    /// The lists whose items have keys; the first row that fits counts.
    pub lists: &'static [ListKeys],
}

impl MergeRules for MergeTable {
    fn mode(&self) -> MergeMode {
        self.mode
    }

    fn list_keys(&self, path: &[&str]) -> &[&str] {
        let fits = |pattern: &[&str]| {
            pattern.len() == path.len()
                && pattern.iter().zip(path).all(|(p, k)| *p == "*" || p == k)
        };
        self.lists
            .iter()
            .find(|(pattern, _)| fits(pattern))
            .map_or(&[], |(_, keys)| keys)
    }
}
