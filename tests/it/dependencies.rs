//! Every dependency has its reason, and every reason its dependency.

use std::collections::BTreeSet;
use std::fs;

use crate::program::repository;

/// The names in the first column of the tables of a page.
fn explained(page: &str) -> BTreeSet<String> {
    page.lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" |"))
        .flat_map(|(names, _)| names.split(", "))
        .filter(|name| *name != "crate" && !name.starts_with('-'))
        .map(str::to_owned)
        .collect()
}

/// The names in the sections of dependencies.
fn declared(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (inside, line.split_once(" = ")) {
            names.insert(name.to_owned());
        }
    }
    names
}

#[test]
fn each_has_one_line_that_says_why() {
    let read = |path: &str| fs::read_to_string(repository().join(path)).unwrap();
    let (why, what) = (
        explained(&read("docs/decisions/dependencies.md")),
        declared(&read("Cargo.toml")),
    );
    let missing: Vec<_> = what.difference(&why).collect();
    let left: Vec<_> = why.difference(&what).collect();
    assert!(
        missing.is_empty() && left.is_empty(),
        "docs/decisions/dependencies.md: add a line for {missing:?}, take out {left:?}"
    );
    assert!(what.len() > 10, "{what:?}");
}
