//! The forms, side by side.

use std::sync::Arc;

use super::{Counts, Findings, Format};
use crate::diag::{Diagnostic, Place, Report};
use crate::source::{Pos, Sources, Span};

struct Scene {
    sources: Sources,
    report: Report,
}

impl Scene {
    fn new(texts: &[(&str, &str)]) -> Self {
        let mut sources = Sources::new();
        for (name, text) in texts {
            sources.add(*name, *text).unwrap();
        }
        Scene {
            sources,
            report: Report::new(),
        }
    }

    /// The position of the nth byte of a source.
    fn at(&self, source: usize, offset: usize) -> Pos {
        self.sources
            .iter()
            .nth(source)
            .unwrap()
            .start()
            .plus(offset as u32)
    }

    /// The position where a text is first found in a source.
    fn find(&self, source: usize, wanted: &str) -> Pos {
        let offset = self
            .sources
            .iter()
            .nth(source)
            .unwrap()
            .text()
            .find(wanted)
            .unwrap();
        self.at(source, offset)
    }

    fn show(&self, format: Format) -> String {
        let mut bytes = Vec::new();
        format
            .write(&self.report, &self.sources, false, &mut bytes)
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }
}

const EDGE: &str = "\
apiVersion: gatewright.dev/v1alpha1
kind: Edge
spec:
  gateways:
    - name: apps
      listeners: [{name: http, port: 80}]
    - name: apps
  routez: []
";

fn scene() -> Scene {
    let mut scene = Scene::new(&[
        ("edge.yaml", EDGE),
        ("more/team.yaml", "spec:\n  routes:\n    - name: x\n"),
    ]);
    let unknown = Diagnostic::error(
        "unknown-field",
        "unknown field `routez`",
        scene.find(0, "routez"),
    )
    .label("not a field of `spec`")
    .because("Every field of the config is known, so that a slip is not silently ignored.")
    .help("Did you mean `routes`?");
    let second = Pos::new(scene.at(0, EDGE.rfind("apps").unwrap()).offset());
    let twice = Diagnostic::error("duplicate-name", "two gateways are named `apps`", second)
        .label("named again here")
        .related(scene.find(0, "apps"), "first named here")
        .related(scene.find(1, "x\n"), "and here in another file");
    let listeners = scene.find(0, "[{name").offset();
    let warning = Diagnostic::warning(
        "plaintext-listener",
        "listener `http` takes plaintext",
        Span::new(Pos::new(listeners), Pos::new(listeners + 24)),
    );
    let nowhere = Diagnostic::note("no-tests", "the config has no tests", Place::Nowhere)
        .help("Write some under `spec.tests`.");
    let file = Diagnostic::error("not-utf-8", "not UTF-8", Place::File("bad.yaml".into()));
    let line = Place::Line {
        name: "<template gateway.yaml.j2>".into(),
        text: Arc::from("a: 1\nb: {{ x }}\n"),
        range: 8..15,
    };
    let template = Diagnostic::error("template", "`x` is not defined", line);
    for diagnostic in [
        nowhere.clone(),
        file,
        template,
        unknown.clone(),
        warning,
        twice,
        unknown,
        nowhere,
    ] {
        scene.report.push(diagnostic);
    }
    scene
}

#[test]
fn human() {
    insta::assert_snapshot!(scene().show(Format::Human));
}

#[test]
fn concise() {
    insta::assert_snapshot!(scene().show(Format::Concise));
}

#[test]
fn json() {
    insta::assert_snapshot!(scene().show(Format::Json));
}

#[test]
fn the_committed_schema_of_json_is_the_generated_one() {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/findings.schema.json");
    let schema = schemars::schema_for!(Findings);
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("GATEWRIGHT_BLESS").is_some() {
        std::fs::write(FILE, &text).unwrap();
    }
    let committed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        committed == text,
        "schema/findings.schema.json is out of date: run GATEWRIGHT_BLESS=1 cargo test"
    );
}

#[test]
fn json_is_valid_under_its_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(Findings)).unwrap();
    let document: serde_json::Value = serde_json::from_str(&scene().show(Format::Json)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&document), "{document:#}");
    assert!(!document["findings"].as_array().unwrap().is_empty());
}

#[test]
fn counts_in_words() {
    let scene = scene();
    let counts = Counts::of(&scene.report, &scene.sources);
    assert_eq!(counts.to_string(), "4 errors, 1 warning, 1 note");
    assert_eq!(Counts::default().to_string(), "no findings");
    assert_eq!(
        Counts {
            notes: 2,
            ..Counts::default()
        }
        .to_string(),
        "2 notes"
    );
}

#[test]
fn awkward_texts() {
    let long = format!(
        "key: [{}wrong{}]\nnext: 1\n",
        "é, ".repeat(3000),
        ", b".repeat(3000)
    );
    let mut scene = Scene::new(&[
        ("empty.yaml", ""),
        ("end.yaml", "a: 1\n"),
        ("no-newline.yaml", "a: 1\nb:"),
        ("crlf.yaml", "a: 1\r\nbad: 2\r\nc: 3\r\n"),
        ("tabs.yaml", "a:\n\t\tbad: 1\n"),
        ("wide.yaml", "名前: 日本語 bad # 終\n"),
        ("long.yaml", &long),
        ("control.yaml", "a: \u{7}\u{202e}bad\u{0} z\n"),
        ("block.yaml", "text: |\n  one\n  two\n  three\nend: 1\n"),
    ]);
    let spots = [
        scene.at(0, 0),
        scene.at(1, 5),
        scene.at(2, 7),
        scene.find(3, "bad"),
        scene.find(4, "bad"),
        scene.find(5, "bad"),
        scene.find(6, "wrong"),
        scene.find(7, "bad"),
    ];
    for pos in spots {
        scene
            .report
            .push(Diagnostic::error("awkward", "see here", pos).label("this"));
    }
    let block = scene.find(8, "one").offset();
    let span = Span::new(Pos::new(block), Pos::new(block + 15));
    scene
        .report
        .push(Diagnostic::error("awkward", "several lines", span).label("all this"));
    let shown = format!(
        "{}\n{}",
        scene.show(Format::Concise),
        scene.show(Format::Human)
    );
    insta::assert_snapshot!(shown);
}

#[test]
fn far_places_and_long_ranges_are_shown_in_part() {
    let text = (1..=500)
        .map(|n| format!("line{n}: {n}\n"))
        .collect::<Vec<_>>()
        .concat();
    let mut scene = Scene::new(&[("big.yaml", &text)]);
    let (first, last) = (scene.find(0, "line20:"), scene.find(0, "line480:"));
    let near = Diagnostic::error(
        "near",
        "two lines near each other",
        scene.find(0, "line33:"),
    )
    .related(scene.find(0, "line30:"), "the other");
    let far = Diagnostic::error("far", "two lines far apart", last).related(first, "the other");
    let wide = Diagnostic::error("wide", "many lines", Span::new(first, last)).label("all this");
    for diagnostic in [near, far, wide] {
        scene.report.push(diagnostic);
    }
    insta::assert_snapshot!(scene.show(Format::Human));
}

#[test]
fn colour_is_the_callers_choice() {
    let scene = scene();
    let mut bytes = Vec::new();
    Format::Human
        .write(&scene.report, &scene.sources, true, &mut bytes)
        .unwrap();
    let colored = String::from_utf8(bytes).unwrap();
    assert!(colored.contains("\u{1b}["));
    assert!(!scene.show(Format::Human).contains('\u{1b}'));
}
