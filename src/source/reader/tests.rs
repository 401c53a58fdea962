use std::time::{Duration, Instant};

use super::*;
use crate::source::{IssueKind, Node, Shape, Sources};

fn general(text: &str) -> Documents {
    read_general(&Arc::from(text), Pos::new(0))
}

fn shown(text: &str) -> Vec<String> {
    let read = general(text);
    assert_eq!(read.issues, [], "{text:?}");
    read.documents
        .iter()
        .map(|d| format!("{:?}", d.tree.root()))
        .collect()
}

/// The issues as `kind-id:start-end headline`.
fn issues(text: &str) -> Vec<String> {
    let show = |i: &Issue| {
        let Span { start, end } = i.span;
        format!("{}-{} {}", start.offset(), end.offset(), i.kind)
    };
    general(text).issues.iter().map(show).collect()
}

use crate::source::Span;

fn one(text: &str) -> Tree {
    let mut read = general(text);
    assert_eq!(read.issues, [], "{text:?}");
    assert_eq!(read.documents.len(), 1, "{text:?}");
    read.documents.remove(0).tree
}

#[test]
fn values_have_their_shapes() {
    assert_eq!(
        shown("a: 1\nb: '1'\nc: [~, null, true, 1.5, x]\nd: |\n  t\n  u\ne: >-\n  f\n  g\n"),
        [r#"{"a": 1, "b": "1", "c": [null, null, true, 1.5, "x"], "d": "t\nu\n", "e": "f g"}"#],
    );
}

#[test]
fn line_ends_tabs_and_a_byte_order_mark_do_no_harm() {
    for text in [
        "a: 1\nb:\n- x\n",
        "a: 1\r\nb:\r\n- x\r\n",
        "a: 1\rb:\r- x\r",
        "\u{FEFF}a:\t1\nb:\t\n- x",
    ] {
        assert_eq!(shown(text), [r#"{"a": 1, "b": ["x"]}"#], "{text:?}");
    }
    let marked = one("\u{FEFF}a: 1\n");
    assert_eq!(marked.root().pos(), Pos::new(3));
}

#[test]
fn empty_documents_are_left_out_and_written_nulls_are_not() {
    assert_eq!(shown("# nothing\n"), [] as [&str; 0]);
    assert_eq!(shown(""), [] as [&str; 0]);
    assert_eq!(
        shown("---\n# c\n---\na: 1\n---\n~\n---\n"),
        [r#"{"a": 1}"#, "null"]
    );
}

#[test]
fn documents_know_their_text() {
    let text = "# head\n---\n# mine\na: 1 # x\n# end\n---  \nb: 2\n...\n# c\nc: 3\n--- |\n d\n";
    let read = general(text);
    let ranges: Vec<&str> = read
        .documents
        .iter()
        .map(|d| &text[d.range.clone()])
        .collect();
    assert_eq!(
        ranges,
        [
            "# mine\na: 1 # x\n# end\n",
            "b: 2\n",
            "# c\nc: 3\n",
            "|\n d\n"
        ]
    );
    assert_eq!(
        &"\u{FEFF}a: 1"[general("\u{FEFF}a: 1").documents[0].range.clone()],
        "a: 1"
    );
}

#[test]
fn positions_are_those_of_the_content() {
    for (text, path, at) in [
        ("a: 'x'", "a", 3),
        ("a: &x !!str  y", "a", 13),
        ("a: | # c\n\n  x\n", "a", 3),
        ("a: &t\n  >-\n  x\n", "a", 8),
        ("a:\n- x\n", "a", 3),
        ("a: # c - d\n  - x\n", "a", 13),
        ("a: !!seq # c\n- x\n", "a", 13),
        ("a: &x\n- - v\n", "a", 6),
        ("a:\n  b: 1\n", "a", 5),
        ("a: {b: 1}\n", "a", 3),
        ("a:\nb: 1\n", "a", 1),
        ("é: è\nb: x\n", "b", 10),
    ] {
        let tree = one(text);
        assert_eq!(
            tree.root().get(path).unwrap().pos(),
            Pos::new(at),
            "{text:?}"
        );
    }
    let tree = one("- a: |\n    x\n- |\n  y\n- - |-\n   z\n");
    let block: Vec<u32> = all(&tree)
        .filter(|n| n.text().ends_with(['\n', 'z']))
        .map(at)
        .collect();
    assert_eq!(block, [5, 15, 25]);
}

fn all(tree: &Tree) -> impl Iterator<Item = Node<'_>> {
    (0..tree.len()).map(|id| tree.node(id as u32))
}

fn at(node: Node<'_>) -> u32 {
    node.pos().offset()
}

#[test]
fn positions_begin_where_the_source_begins() {
    let mut sources = Sources::new();
    sources.add("first", "x: 1\n").unwrap();
    let id = sources.add("second", "a: b\n").unwrap();
    let read = read(sources.get(id));
    let pos = read.documents[0].tree.root().get("a").unwrap().pos();
    assert_eq!(
        sources.locate(pos).map(|(s, at)| (s.name(), at)),
        Some(("second", 3))
    );
}

#[test]
fn core_tags_are_honoured_and_others_are_not() {
    assert_eq!(
        shown(
            "a: !!str 1\nb: ! on\nc: !!int '7'\nd: !!float 1\ne: !!str\nf: !!map {}\ng: !!null\n"
        ),
        [r#"{"a": "1", "b": "on", "c": 7, "d": 1, "e": "", "f": {}, "g": null}"#],
    );
    assert_eq!(
        issues("a: !mine x\nb: !!int y\nc: !!seq {}\nd: !!binary eA==\n"),
        [
            "3-8 unknown tag `!mine`",
            "14-19 the tag `!!int` stands on a string",
            "25-30 the tag `!!seq` stands on a map",
            "37-45 unknown tag `!!binary`",
        ]
    );
}

#[test]
fn duplicate_keys_name_both_places_and_the_first_stays() {
    let text = "a: 1\nb: {c: 1, 'c': 2}\n\"a\": 3\n";
    assert_eq!(
        issues(text),
        [
            "15-18 the key `c` is given twice",
            "23-26 the key `a` is given twice"
        ]
    );
    let read = general(text);
    assert!(matches!(
        &read.issues[1].kind,
        IssueKind::DuplicateKey { first: Span { start, .. }, .. } if *start == Pos::new(0)
    ));
    assert_eq!(
        format!("{:?}", read.documents[0].tree.root()),
        r#"{"a": 1, "b": {"c": 1}}"#
    );
    let many = (0..100_000)
        .map(|n| format!("k{n}: 1\n"))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(issues(&format!("{many}k5: 2\n")).len(), 1);
}

#[test]
fn ambiguous_scalars_are_told() {
    assert_eq!(
        issues("on: 1\na: no\nb: 'no'\nc: 012\n"),
        [
            "0-2 `on` is the boolean `true` to some YAML readers and a string to others",
            "9-11 `no` is the boolean `false` to some YAML readers and a string to others",
            "23-26 `012` is an octal number to some YAML readers and a decimal integer to others",
        ]
    );
}

#[test]
fn aliases_repeat_what_was_anchored() {
    assert_eq!(
        shown("a: &x [1, &y b]\nc: *x\n*y : z\n"),
        [r#"{"a": [1, "b"], "c": [1, "b"], "b": "z"}"#]
    );
    let tree = one("a: &x {k: v}\nb: *x\n");
    assert_eq!(tree.root().get("b").unwrap().pos(), Pos::new(6));
    assert_eq!(
        issues("a: &base 1\nb: *bse\n"),
        ["14-18 there is no anchor `&bse`"]
    );
    let read = general("a: &base 1\nb: *bse\n");
    assert_eq!(read.issues[0].kind.help().unwrap(), "Did you mean `*base`?");
    assert_eq!(
        issues("a: &x [*x]\n"),
        ["7-9 `*x` stands inside the value which it stands for"]
    );
    assert_eq!(
        issues("a: &x 1\n---\nb: *x\n"),
        ["15-17 there is no anchor `&x`"]
    );
}

#[test]
fn merge_keys_are_applied() {
    assert_eq!(
        shown("b: &b {x: 1, w: 2}\nm: {w: 3, <<: *b, z: 4}\n"),
        [r#"{"b": {"x": 1, "w": 2}, "m": {"w": 3, "x": 1, "z": 4}}"#]
    );
    assert_eq!(
        shown("<<: [{a: 1, b: 1}, {b: 2, c: 2}]\nc: 3\n"),
        [r#"{"a": 1, "b": 1, "c": 3}"#]
    );
    assert_eq!(
        shown("a: &a {x: 1}\nb: &b {<<: *a, w: 2}\nc: {<<: *b, z: 3}\n"),
        [r#"{"a": {"x": 1}, "b": {"x": 1, "w": 2}, "c": {"x": 1, "w": 2, "z": 3}}"#]
    );
    assert_eq!(shown("'<<': 1\n"), [r#"{"<<": 1}"#]);
    assert_eq!(
        issues("<<: 1\n"),
        ["4-5 a merge key takes a map or a list of maps, and this is an integer"]
    );
}

#[test]
fn keys_are_text() {
    assert_eq!(shown("1: a\ntrue: b\n"), [r#"{1: "a", true: "b"}"#]);
    assert_eq!(
        issues("[a]: 1\n"),
        ["0-1 a key has to be text, and this one is a list"]
    );
    assert_eq!(issues("? \n: 1\n").len(), 1);
    assert_eq!(
        issues("~: 1\n"),
        ["0-1 a key has to be text, and this one is null"]
    );
}

#[test]
fn every_document_is_read_whatever_the_others_hold() {
    let text = "a: [1\n---\nb: 2\n---\nc: \"x\n---\nd: @e\n---\nf: 6\n";
    assert_eq!(
        issues(text),
        [
            "3-4 `[` is never closed",
            "22-23 a quoted text goes on over the end of its document",
            "32-33 a value without quotes cannot begin with `@`",
        ]
    );
    let roots: Vec<_> = general(text)
        .documents
        .iter()
        .map(|d| format!("{:?}", d.tree.root()))
        .collect();
    assert_eq!(roots, [r#"{"b": 2}"#, r#"{"f": 6}"#]);
}

#[test]
fn syntax_errors_are_told_in_plain_words() {
    for (text, headline) in [
        ("a:\n\tb: 1\n", "a tab is used for indentation"),
        ("a: 'x\n", "a quote is never closed"),
        ("a: {b: 1\n", "`{` is never closed"),
        ("a: [1}\n", "`[` is closed by `}`"),
        ("a: b: c\n", "`: ` is not allowed here"),
        (
            "a: 1\nb\nc: 2\n",
            "a `:` is missing after a key, or the key is not on one line",
        ),
        ("a: \"\\q\"\n", "unknown escape in double quotes"),
        (
            "a: \"x\" y\n",
            "something follows a quoted text on its line",
        ),
        ("a: - b\n", "an item with `- ` is not allowed here"),
        ("a: 1\n  b: 2\n", "`: ` is not allowed here"),
        (
            "  a: 1\n b: 2\n",
            "this does not belong to what stands above it",
        ),
        ("a: b\0c\n", "the control character U+0000 is not allowed"),
        (
            "a: \"b\u{7}\"\n",
            "the control character U+0007 is not allowed",
        ),
        (
            "# \u{1B}\na: 1\n",
            "the control character U+001B is not allowed",
        ),
        (
            "a: b\u{FEFF}\n",
            "a byte-order mark is allowed at the start of a file only",
        ),
        (
            "a: 1\n---\n\u{FEFF}b: 1\n",
            "a byte-order mark is allowed at the start of a file only",
        ),
    ] {
        let found = issues(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert!(found[0].ends_with(headline), "{text:?}: {found:?}");
    }
    assert!(
        general("%YAML 1.1\n%FOO bar\n---\na: 1\n")
            .issues
            .is_empty()
    );
}

#[test]
fn hostile_texts_end_soon() {
    let bomb: String = std::iter::once("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_string())
        .chain((1..10).map(|n| {
            let m = n - 1;
            format!("a{n}: &a{n} [*a{m},*a{m},*a{m},*a{m},*a{m},*a{m},*a{m},*a{m},*a{m}]\n")
        }))
        .collect();
    let mut stairs = vec![format!("a0: &a0 {}x{}\n", "[".repeat(90), "]".repeat(90))];
    for n in 1..10 {
        let (open, close) = ("[".repeat(90), "]".repeat(90));
        stairs.push(format!("a{n}: &a{n} {open}*a{}{close}\n", n - 1));
    }
    let anchors: Vec<_> = (0..20_000)
        .map(|n| format!("- &anchorname{n} v\n"))
        .collect();
    let steps: Vec<_> = (0..5_000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    let heavy = format!(
        "a: &a \"\\x41{}\"\nb: [{}]\n",
        "x".repeat(100_000),
        "*a,".repeat(1000)
    );
    for (text, headline) in [
        (heavy, "too many values"),
        (
            format!("{{{}a: b}}", "a: b, ".repeat(100_000)),
            "given twice",
        ),
        (
            format!("{}{}", anchors.concat(), "- *anchorxame\n".repeat(2_000)),
            "no anchor",
        ),
        ("[".repeat(1_000_000), "nested deeper"),
        ("{a: ".repeat(100_000), "nested deeper"),
        ("- ".repeat(100_000), "nested deeper"),
        ("? ".repeat(100_000), "nested deeper"),
        (steps.concat(), "nested deeper"),
        (bomb, "too many values"),
        (stairs.concat(), "nested deeper"),
        (
            format!("{}: 1\n", "k".repeat(1_000_000)),
            "longer than YAML",
        ),
        ("---\n[\n".repeat(100_000), "never closed"),
        ("a: ".repeat(100_000), "not allowed here"),
    ] {
        let start = Instant::now();
        let found = issues(&text);
        assert!(start.elapsed() < Duration::from_mins(1), "{headline}");
        assert!(
            found.iter().any(|i| i.contains(headline)),
            "{headline}: {found:?}"
        );
    }
    assert_eq!(one("a: 1\n").root().get("a").unwrap().shape(), Shape::Int);
}
