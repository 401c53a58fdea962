use proptest::prelude::*;
use regex::RegexSet;

use super::*;
use crate::source::samples::{human, text, tree_of, value};
use crate::source::{Pos, Style, Tree, TreeBuilder, is_plain, read_general, read_text};

fn read(text: &str) -> Tree {
    let mut read = read_general(&text.into(), Pos::new(0));
    assert_eq!(read.issues, [], "{text:?}");
    assert_eq!(read.documents.len(), 1, "{text:?}");
    read.documents.remove(0).tree
}

/// Whether another reader's value is the same.
fn same(node: Node<'_>, value: &serde_yaml::Value) -> bool {
    use serde_yaml::Value as V;

    match (node.shape(), value) {
        (Shape::Null, V::Null) => true,
        (Shape::Bool, V::Bool(bool)) => node.as_bool() == Some(*bool),
        (Shape::Int, V::Number(n)) => node.as_i64() == n.as_i64(),
        (Shape::Float, V::Number(n)) => {
            let (ours, theirs) = (node.as_f64(), n.as_f64());
            ours == theirs || ours.is_some_and(f64::is_nan) && theirs.is_some_and(f64::is_nan)
        }
        (Shape::Str, V::String(text)) => node.text() == text,
        (Shape::Seq, V::Sequence(items)) => {
            node.items().count() == items.len() && node.items().zip(items).all(|(a, b)| same(a, b))
        }
        (Shape::Map, V::Mapping(map)) => {
            node.entries().count() == map.len()
                && node
                    .entries()
                    .zip(map)
                    .all(|((k, v), (a, b))| same(k, a) && same(v, b))
        }
        _ => false,
    }
}

/// What YAML 1.1 readers take for something else than a string: `PyYAML`'s resolvers, and what
/// kubectl's reader adds to them.
fn yaml_1_1() -> RegexSet {
    RegexSet::new([
        r"^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$",
        r"^(?:y|Y|n|N)$",
        r"^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?)$",
        r"^(?:\.[0-9_]+(?:[eE][-+][0-9]+)?)$",
        r"^(?:[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$",
        r"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        r"^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+)$",
        r"^(?:[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$",
        r"^(?:<<|=)$",
        r"^(?:~|null|Null|NULL|)$",
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}",
        r"^[-+]?0[xXoObB][0-9a-fA-F_]+$",
        r"^[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9_]+)?$",
    ])
    .unwrap()
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in value()) {
        let tree = tree_of(&value);
        let text = emit(tree.root());
        prop_assert!(text.ends_with('\n'));
        let back = read(&text);
        prop_assert_eq!(&back, &tree, "{:?}", text);
        prop_assert_eq!(emit(back.root()), text.clone());
        let other: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        prop_assert!(same(tree.root(), &other), "{:?} {:?}", text, other);
    }

    #[test]
    fn emitting_is_a_projection(text in human()) {
        let read_in = read_text(&text.as_str().into(), Pos::new(0));
        // A key that is null cannot be written as anything else.
        let documents = if read_in.issues.is_empty() { read_in.documents } else { Vec::new() };
        for document in documents {
            let once = emit(document.tree.root());
            prop_assert_eq!(emit(read(&once).root()), once);
        }
    }

    #[test]
    fn plain_texts_are_strings_to_old_readers(text in text()) {
        if is_plain(&text) {
            let meanings: Vec<_> = yaml_1_1().matches(&text).into_iter().collect();
            prop_assert!(meanings.is_empty(), "{:?} {:?}", text, meanings);
        }
    }

    #[test]
    fn numbers_are_written_as_all_read_them(text in "[-+]?(0|00|0o|0x|[0-9])?[0-7]{0,3}[.]?[0-7]{0,2}([eE][-+]?[0-9])?") {
        let mut builder = TreeBuilder::detached();
        builder.plain(&text, Pos::NONE);
        let tree = builder.finish();
        if matches!(tree.root().shape(), Shape::Int | Shape::Float) {
            let written = emit(tree.root());
            let back = read(&written);
            prop_assert_eq!(back.root().shape(), tree.root().shape(), "{:?}", written);
            prop_assert_eq!(back.root().as_f64(), tree.root().as_f64(), "{:?}", written);
            let old = yaml_1_1().matches(written.trim_end()).iter().any(|which| (2..8).contains(&which));
            prop_assert!(old, "{:?}", written);
        }
    }
}

fn emitted(text: &str) -> String {
    emit(
        read_text(&text.into(), Pos::new(0)).documents[0]
            .tree
            .root(),
    )
}

#[test]
fn numbers_that_readers_differ_about_are_normalised() {
    for (text, written) in [
        ("012", "12\n"),
        ("0o14", "12\n"),
        ("-007", "-7\n"),
        ("00", "0\n"),
        ("1e3", "1.0e+3\n"),
        ("1.5E3", "1.5E+3\n"),
        ("-.5", "-0.5\n"),
        (".5", ".5\n"),
        ("0x1F", "0x1F\n"),
        ("+1", "+1\n"),
        ("!!float 1", "1.0\n"),
        ("a:", "a: null\n"),
        ("~", "~\n"),
        ("True", "True\n"),
        ("99999999999999999999", "99999999999999999999\n"),
    ] {
        assert_eq!(emitted(text), written, "{text:?}");
    }
    let large = format!("0o{}", "7".repeat(60));
    assert_eq!(emitted(&large), format!("0x{}\n", "f".repeat(45)));
}

#[test]
fn long_keys_take_the_long_form() {
    let long = "k".repeat(2000);
    let mut builder = TreeBuilder::detached();
    builder.open(Shape::Map, Style::Plain, Pos::NONE);
    builder.string(&long, Pos::NONE);
    builder.open(Shape::Map, Style::Plain, Pos::NONE);
    builder.string(&long, Pos::NONE);
    builder.open(Shape::Seq, Style::Plain, Pos::NONE);
    builder.string("a\nb", Pos::NONE);
    builder.close();
    builder.close();
    builder.close();
    let tree = builder.finish();
    let text = emit(tree.root());
    assert_eq!(
        text,
        format!("? {long}\n:\n  ? {long}\n  :\n  - |-\n    a\n    b\n")
    );
    assert_eq!(read(&text), tree);
}

/// The format is a promise: these bytes change with a new format number alone.
#[test]
fn format_v1_is_golden() {
    let golden = include_str!("golden.yaml");
    let written = emitted(include_str!("golden_input.yaml"));
    if std::env::var_os("GATEWRIGHT_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/source/emit/golden.yaml");
        std::fs::write(path, &written).unwrap();
        return;
    }
    assert_eq!(
        written, golden,
        "a new format needs a new number, not new golden bytes"
    );
    assert_eq!(emitted(golden), golden);
}
