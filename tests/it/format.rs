//! Format `v1`, byte for byte: each case has its input and beside it what the emitter makes of it.
//!
//! A new case is written by `GATEWRIGHT_BLESS=1 cargo test`, which leaves cases alone that are
//! there: their bytes are a promise.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use gatewright::source::{IssueKind, Pos, emit, read_general, read_text};
use serde_json::Value;

use crate::program::repository;
use crate::rendering::{assert_plain, value};

/// What the file of the expected bytes ends with.
const GOLDEN: &str = ".v1.yaml";

fn inputs() -> Vec<PathBuf> {
    let folder = repository().join("tests/cases/format");
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut inputs: Vec<PathBuf> = entries
        .filter(|path| !path.to_str().unwrap().ends_with(GOLDEN))
        .collect();
    inputs.sort();
    inputs
}

#[test]
fn the_bytes_of_v1_never_change() {
    for path in inputs() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text: Arc<str> = fs::read_to_string(&path).unwrap().into();
        let read = read_general(&text, Pos::new(0));
        let mut issues = read.issues.iter();
        let wrong = issues.find(|issue| !matches!(issue.kind, IssueKind::Ambiguous { .. }));
        assert_eq!(wrong, None, "{name}");
        // Numbers may have a notation in which readers differ, and are written in another.
        let numbers = name == "numbers.yaml";
        let tree = &read.documents[0].tree;
        let written = emit(tree.root());
        let golden = path.with_extension(GOLDEN.trim_start_matches('.'));
        if std::env::var_os("GATEWRIGHT_BLESS").is_some() && !golden.exists() {
            fs::write(&golden, &written).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap();
        assert!(
            written == expected,
            "{name}: a new format needs a new number, not new bytes\n{written}"
        );

        // What was written is read back the same, by each reader, and written the same again.
        let written: Arc<str> = written.into();
        for again in [
            read_text(&written, Pos::new(0)),
            read_general(&written, Pos::new(0)),
        ] {
            assert!(again.issues.is_empty(), "{name}: {:?}", again.issues);
            let root = again.documents[0].tree.root();
            assert_eq!(
                value(root),
                value(tree.root()),
                "{name} is read back otherwise"
            );
            assert_eq!(*emit(root), *written, "{name}");
            if !numbers {
                assert_plain(root, name);
            }
        }
        // The independent reader has no numbers beyond 64 bits.
        if !numbers {
            let independent: Value = serde_yaml::from_str(&written).unwrap();
            assert_eq!(value(tree.root()), independent, "{name}");
        }
    }
}
