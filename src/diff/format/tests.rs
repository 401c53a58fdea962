//! Every form of one realistic pair of states.

use serde_json::Value;

use super::{Differences, Format, Look};
use crate::diff::tests::diff;
use crate::diff::{Diff, Options, Side, SideFile, compare};

fn sample() -> Diff {
    let side = |name: &str, text: &str| Side {
        name: name.to_owned(),
        files: vec![SideFile {
            name: "all.yaml".to_owned(),
            shown: format!("{name}/all.yaml"),
            text: text.into(),
        }],
    };
    let before = side("main", include_str!("samples/before.yaml"));
    let after = side("rendered", include_str!("samples/after.yaml"));
    compare(before, after, &Options::default()).unwrap()
}

fn shown(diff: &Diff, format: Format, look: Look) -> String {
    let mut out = Vec::new();
    format.write(diff, look, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn human() {
    insta::assert_snapshot!(shown(&sample(), Format::Human, Look::default()));
}

#[test]
fn human_in_colour() {
    let look = Look {
        color: true,
        ..Look::default()
    };
    insta::assert_snapshot!(shown(&sample(), Format::Human, look).replace('\x1b', "ESC"));
}

#[test]
fn unified() {
    insta::assert_snapshot!(shown(&sample(), Format::Unified, Look::default()));
}

#[test]
fn json() {
    insta::assert_snapshot!(shown(&sample(), Format::Json, Look::default()));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(shown(&sample(), Format::Markdown, Look::default()));
}

#[test]
fn markdown_without_room_for_all() {
    let look = |max_bytes| Look {
        max_bytes,
        ..Look::default()
    };
    let short = shown(&sample(), Format::Markdown, look(2600));
    assert!(short.len() <= 2600);
    insta::assert_snapshot!(short);
    for (max_bytes, begin) in [
        (600, "### 7 objects differ (1 added"),
        (
            130,
            "### 7 objects differ (1 added, 1 removed, 4 changed, 1 renamed) from",
        ),
        (
            80,
            "7 objects differ (1 added, 1 removed, 4 changed, 1 renamed)\n",
        ),
        (20, ""),
        (0, ""),
    ] {
        let short = shown(&sample(), Format::Markdown, look(max_bytes));
        assert!(short.len() <= max_bytes, "{max_bytes}: {short}");
        assert!(short.starts_with(begin), "{max_bytes}: {short}");
    }
}

#[test]
fn a_state_that_does_not_differ() {
    let same = || diff(&["a: 1"], &["a: 1"]);
    let shown = |format| shown(&same(), format, Look::default());
    assert_eq!(shown(Format::Human), "no differences\n");
    assert_eq!(shown(Format::Unified), "");
    assert!(shown(Format::Markdown).starts_with("### No differences"));
    let document: Value = serde_json::from_str(&shown(Format::Json)).unwrap();
    assert_eq!(document["objects"], Value::Array(Vec::new()));
}

#[test]
fn nothing_in_a_comment_is_markup_but_what_we_write() {
    let object = |text: &str| {
        let text = Value::from(text);
        format!(
            "apiVersion: v1\nkind: \"a|b<img src=x>@all`\"\n\
             metadata: {{name: \"@octocat](http://x)</code></summary>*b*\\u001b[31m\\u202e\"}}\n\
             text: {text}\nmore: {text}\n"
        )
    };
    let evil = "```\n````diff\n</details>\n<script>\n@octocat | ~~~\n";
    let found = diff(&[object("a")], &[object(evil)]);
    insta::assert_snapshot!(shown(&found, Format::Markdown, Look::default()));
    let human = shown(&found, Format::Human, Look::default());
    assert!(!human.contains(['\x1b', '\u{202e}']), "{human}");
}

#[test]
fn unified_has_a_diff_for_every_object() {
    let texts = shown(&sample(), Format::Unified, Look::default());
    let heads = texts.lines().filter(|line| line.starts_with("# ")).count();
    let hunks = texts.lines().filter(|line| line.starts_with("@@ ")).count();
    assert_eq!(heads, 7);
    assert!(hunks >= heads);
    assert_eq!(texts.matches("--- /dev/null\n").count(), 1);
    assert_eq!(texts.matches("+++ /dev/null\n").count(), 1);
}

#[test]
fn long_values_are_shown_in_part() {
    let text = |end: &str| {
        let lines: Vec<String> = (0..200).map(|n| format!("  k{n}: {end}{n}\n")).collect();
        format!("a:\n{}b: {}{end}\n", lines.concat(), "x".repeat(300))
    };
    let (before, after) = (text("p"), text("q"));
    let human = shown(&diff(&[""], &[&after]), Format::Human, Look::default());
    assert!(
        human.contains("... 162 more lines") && human.len() < 4000,
        "{human}"
    );
    let human = shown(&diff(&[&before], &[&after]), Format::Human, Look::default());
    assert!(human.lines().all(|line| line.len() < 200), "{human}");
}

#[test]
fn the_committed_schema_of_json_is_the_generated_one() {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/diff.schema.json");
    let schema = schemars::schema_for!(Differences);
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("GATEWRIGHT_BLESS").is_some() {
        std::fs::write(FILE, &text).unwrap();
    }
    let committed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        committed == text,
        "schema/diff.schema.json is out of date: run GATEWRIGHT_BLESS=1 cargo test"
    );
    let document: Value =
        serde_json::from_str(&shown(&sample(), Format::Json, Look::default())).unwrap();
    let schema = serde_json::from_str(&committed).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&document), "{document:#}");
    let mut wrong = document;
    wrong["objects"][0]["change"] = "lost".into();
    assert!(!validator.is_valid(&wrong));
}
