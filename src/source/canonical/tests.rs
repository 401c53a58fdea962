use proptest::prelude::*;

use super::*;
use crate::source::samples::{human, slipped, soup, tree_of, value};
use crate::source::{emit, read_general};

/// If the fast reader accepts a text, the general reader gives the same and has no complaints; and
/// what is called exact is what the emitter writes. The answer says whether it was accepted.
fn check(text: &str) -> Result<bool, TestCaseError> {
    let text: Arc<str> = Arc::from(text);
    let Some(fast) = read_canonical(&text, Pos::new(7)) else {
        return Ok(false);
    };
    let general = read_general(&text, Pos::new(7));
    prop_assert_eq!(&general.issues, &[], "{:?}", text);
    prop_assert_eq!(general.documents.len(), fast.len(), "{:?}", text);
    for (ours, theirs) in fast.iter().zip(&general.documents) {
        prop_assert_eq!(&ours.range, &theirs.range, "{:?}", text);
        prop_assert_eq!(&ours.tree, &theirs.tree, "{:?}", text);
        for id in 0..ours.tree.len() as u32 {
            let (a, b) = (ours.tree.node(id), theirs.tree.node(id));
            prop_assert_eq!(a.pos(), b.pos(), "{:?} {:?}", text, a);
            prop_assert_eq!(a.style(), b.style(), "{:?} {:?}", text, a);
        }
        if ours.exact {
            let written = emit(ours.tree.root());
            prop_assert_eq!(&written, &text[ours.range.clone()], "exact {:?}", text);
        }
    }
    Ok(true)
}

proptest! {
    #[test]
    fn emitted_texts_are_accepted_as_exact(value in value()) {
        let tree = tree_of(&value);
        let text = emit(tree.root());
        let accepted = check(&text)?;
        // A block at the root, odd spaces and keys are left to the other reader.
        if accepted {
            let read = read_canonical(&Arc::from(text.as_str()), Pos::new(0)).unwrap();
            prop_assert!(read[0].exact, "{:?}", text);
            prop_assert_eq!(&read[0].tree, &tree, "{:?}", text);
        } else {
            prop_assert!(text.starts_with('|') || text.contains(['\t', '\\']), "{:?}", text);
        }
    }

    #[test]
    fn texts_of_people_are_read_alike(text in human()) {
        check(&text)?;
    }

    #[test]
    fn texts_with_slips_are_read_alike(text in slipped(human())) {
        check(&text)?;
    }

    #[test]
    fn texts_of_ours_with_slips_are_read_alike(text in slipped(value().prop_map(|value| emit(tree_of(&value).root())))) {
        check(&text)?;
    }

    #[test]
    fn any_bits_are_read_alike(text in soup()) {
        check(&text)?;
    }
}

#[test]
fn what_people_write_takes_the_fast_way() {
    for text in [
        "a: 1\n",
        "a: 1",
        "# c\n\na:\n    b: c # d\n    e: {f: g, h: [1, 2, \"x y\"]}\n",
        "a:\n- b\n- c: d\n  e: f\n-   - g\n    - h\n",
        "a:\n  - b\n\n  # c\n  - c\n",
        "a: |\n  x\n   y\n\n  z\nb: |-\n   x\nc: |+\n  x\n\nd: e\n",
        "---\na: 1\n---\nb: 2\n---\n",
        "a:\nb:\n  c:\n",
        "url: http://x:80/y?z=1#frag\nt: it's \"so\"\n",
        "'a b': 'it''s'\n\"c\": \"\\u00e9\\n\"\n",
        "- -x\n- --flag=1\n- a]b\n",
        "-\n  a: 1\n",
        "a:\n  b\n",
        "{a: b}\n",
        "a: é\n",
        "- a\n- b\n",
        "a: ''\nb: \"\"\n",
    ] {
        assert!(check(text).unwrap(), "{text:?}");
    }
}

#[test]
fn the_unusual_is_left_to_the_general_reader() {
    for text in [
        "a: &x b\n",
        "a: *x\n",
        "a: !!str b\n",
        "? a\n",
        "a: b\n  c\n",
        "a: \"b\n  c\"\n",
        "a: [b,\n  c]\n",
        "a:\tb\n",
        "a: b\r\n",
        "a: >\n  b\n",
        "%YAML 1.2\n---\na: 1\n",
        "\u{FEFF}a: 1\n",
        "a: 1\na: 2\n",
        "<<: {a: 1}\n",
        "a: on\n",
        "on: a\n",
        "a: 012\n",
        "a: b: c\n",
        "a: 'b' c\n",
        "a: b\n...\n",
        "a: |2\n  b\n",
        "a: |\n",
        "a: |\n  b",
        "a: \"\\q\"\n",
        "a : b\n",
        "{a: 1, a: 2}\n",
        "[a: b]\n",
        "a: 1\n b: 2\n",
        "~: 1\n",
        "a: `b\n",
        "a: - b\n",
        "- a\nb: c\n",
        "a\nb\n",
        "--- a\n",
        "a: {b}\n",
        "a: [b c\n",
        "a: |\n    b\n  c\n",
    ] {
        assert!(!check(text).unwrap(), "{text:?}");
    }
}

#[test]
fn the_exact_is_told_from_the_similar() {
    let exact = |text: &str| read_canonical(&Arc::from(text), Pos::new(0)).unwrap()[0].exact;
    for text in [
        "a: 1\n",
        "a:\n- b: c\n  d: {}\n- []\n- - x\n  - w\n",
        "a: |\n  x\n  y\nb: \"\"\n",
        "x\n",
        "a: \"012\"\n",
        "a: null\nb: ~\nc: 1.5e+3\n",
        "a:\n  b: \"x: y\"\n",
    ] {
        assert!(exact(text), "{text:?}");
    }
    for text in [
        "a: 1",
        "a:  1\n",
        "a: 1 \n",
        "a: 1 # c\n",
        "# c\na: 1\n",
        "a: 1\n\n",
        "a:\n  - b\n",
        "a:\n    b: 1\n",
        " a: 1\n",
        "a: 'b'\n",
        "a: \"b\"\n",
        "a: {b: c}\n",
        "a: [ ]\n",
        "a:\n",
        "a: \"x\\ny\"\n",
        "a: |\n    x\n    y\n",
        "a: |\n  x\n  y\n\n",
        "a: |-\n  x\n",
        "-   a: b\n",
        "a: 2001-12-14\n",
        "a: -.5\n",
        "a: |\n  x \n  y\n",
    ] {
        assert!(!exact(text), "{text:?}");
    }
}
