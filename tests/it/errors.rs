//! The error corpus: every mistake that a config can hold, and what is said about it.
//!
//! A case is a file of `tests/cases/errors`, or a folder there: its files `edge*.yaml` are named
//! outright, the others lie beside them; without such files the folder itself is named. A case
//! gives one diagnostic unless a comment `# expect: N` in its first lines says otherwise.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use gatewright::diag::render::Format;
use gatewright::diag::{Level, Note, Place, Report};
use gatewright::input::FileSet;
use gatewright::model::Model;
use gatewright::pipeline;
use gatewright::source::Sources;
use regex::Regex;

/// Longer texts are shown in part.
const LINES_SHOWN: usize = 60;

/// Longer lines are shown in part.
const CHARACTERS_SHOWN: usize = 160;

/// Rules that no text can break, with the reason.
const UNREACHABLE: &[(&str, &str)] = &[
    (
        "undecodable",
        "the schema refuses what the types refuse; the decoder has a test of its own",
    ),
    (
        "too-many-mistakes",
        "it takes a thousand mistakes; the tests of hostile input make them",
    ),
];

/// Rules that are wrong about a config as a whole, and so have no place in a text.
const WITHOUT_LINE: &[&str] = &["empty-config", "no-config"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/errors")
}

/// What one case is made of.
struct Case {
    name: String,
    /// What is named, relative to the folder of all cases.
    named: Vec<String>,
    /// Every file, in the order in which it is shown.
    files: Vec<(String, Vec<u8>)>,
}

impl Case {
    fn of(path: &Path) -> Case {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_file() {
            let file = format!("{name}.yaml");
            let files = vec![(file.clone(), fs::read(path).unwrap())];
            let named = vec![file];
            return Case { name, named, files };
        }
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        collect(path, &name, &mut files);
        let (mut ordered, beside): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|(file, _)| file.starts_with(&format!("{name}/edge")));
        let names: Vec<String> = ordered.iter().map(|(file, _)| file.clone()).collect();
        ordered.extend(beside);
        Case {
            named: if names.is_empty() {
                vec![name.clone()]
            } else {
                names
            },
            name,
            files: ordered,
        }
    }

    fn expected(&self) -> usize {
        let first = String::from_utf8_lossy(&self.files[0].1).into_owned();
        first
            .lines()
            .take(2)
            .find_map(|line| line.strip_prefix("# expect: ")?.trim().parse().ok())
            .unwrap_or(1)
    }

    fn resolve(&self) -> (Sources, Report, Option<Model>) {
        let (mut sources, mut report) = (Sources::new(), Report::new());
        let mut stdin = io::empty();
        let files = FileSet::read(&self.named, &folder(), &mut stdin, &mut report).unwrap();
        let model = pipeline::resolve(&files, &mut sources, &mut report).unwrap();
        (sources, report, model)
    }

    /// The files and what is said about them.
    fn shown(&self, sources: &Sources, report: &Report) -> String {
        let mut text = String::new();
        for (name, bytes) in &self.files {
            writeln!(text, "--- {name}").unwrap();
            text += &in_part(&String::from_utf8_lossy(bytes));
        }
        let mut said = Vec::new();
        Format::Human
            .write(report, sources, false, &mut said)
            .unwrap();
        text += "=== diagnostics\n";
        text + String::from_utf8(said).unwrap().trim_end()
    }
}

fn collect(folder: &Path, name: &str, files: &mut Vec<(String, Vec<u8>)>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &name, files);
        } else {
            files.push((name, fs::read(&path).unwrap()));
        }
    }
}

/// A text whose unseen characters are seen, without the rest of what is long.
fn in_part(text: &str) -> String {
    let mut shown = String::new();
    for (count, line) in text.split_inclusive('\n').enumerate() {
        if count == LINES_SHOWN {
            shown += "[…]\n";
            break;
        }
        let line = line.strip_suffix('\n').unwrap_or(line);
        for c in line.chars().take(CHARACTERS_SHOWN) {
            match c {
                '\t' => shown.push('→'),
                '\u{FEFF}' => shown += "<BOM>",
                c if c.is_control() => write!(shown, "<{:02X}>", u32::from(c)).unwrap(),
                c => shown.push(c),
            }
        }
        if line.chars().nth(CHARACTERS_SHOWN).is_some() {
            shown += "[…]";
        }
        shown.push('\n');
    }
    shown
}

fn cases() -> Vec<Case> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    paths.sort();
    paths.iter().map(|path| Case::of(path)).collect()
}

#[test]
fn each_mistake_is_told_once_with_a_place_and_what_to_do() {
    let mut wrong = String::new();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/errors");
    settings.set_omit_expression(true);
    for case in cases() {
        let (sources, report, model) = case.resolve();
        let name = &case.name;
        let mut complain = |what: &str| writeln!(wrong, "{name}: {what}").unwrap();
        let count = report.iter().count();
        if count != case.expected() {
            let said: Vec<&str> = report.iter().map(|d| d.headline.as_str()).collect();
            complain(&format!(
                "{} diagnostics expected: {said:#?}",
                case.expected()
            ));
        }
        if model.is_none() && !report.has_errors() {
            complain("neither a model nor an error");
        }
        for diagnostic in report.iter() {
            let (id, headline) = (diagnostic.id, &diagnostic.headline);
            let has_help = |note: &Note| matches!(note, Note::Help(_));
            if diagnostic.level == Level::Error && !diagnostic.notes.iter().any(has_help) {
                complain(&format!("what to do about it? {id}: {headline}"));
            }
            if headline.starts_with(|c: char| c.is_ascii_uppercase()) || headline.ends_with('.') {
                complain(&format!("not a headline: {headline}"));
            }
            if headline.contains('\n') || headline.chars().count() > 200 {
                complain(&format!("more than a headline: {headline}"));
            }
            let in_text = matches!(
                diagnostic.place,
                Place::Node(_) | Place::Range(_) | Place::Line { .. }
            );
            if !in_text && !WITHOUT_LINE.contains(&id) {
                complain(&format!("where is it? {id}: {headline}"));
            }
        }
        settings.bind(|| insta::assert_snapshot!(name.as_str(), case.shown(&sources, &report)));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The ids of diagnostics that stand in the source of the stages up to resolving.
fn ids_in_source() -> BTreeSet<String> {
    let call =
        Regex::new(r"Diagnostic::(?:error|warning|note|new)\(\s*(?:Level::\w+,\s*)?([^,]*?)\s*,")
            .unwrap();
    let arm = Regex::new(r#"IssueKind::[^"]*=> "([a-z0-9-]+)""#).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for stage in ["source", "diag", "input", "config", "model"] {
        collect(&source.join(stage), stage, &mut files);
    }
    let mut ids = BTreeSet::new();
    for (name, text) in &files {
        if name.contains("test")
            || Path::new(name)
                .extension()
                .is_none_or(|ending| ending != "rs")
        {
            continue;
        }
        let text = String::from_utf8_lossy(text);
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for found in call.captures_iter(text) {
            match found[1]
                .strip_prefix('"')
                .and_then(|id| id.strip_suffix('"'))
            {
                Some(id) => drop(ids.insert(id.to_owned())),
                // The words for what a reader finds take the id from the kind of the mistake.
                None => assert!(
                    &found[1] == "issue.kind.id()",
                    "{name}: `{}` is no id that this test could read",
                    &found[1]
                ),
            }
        }
        if name == "source/issue.rs" {
            let text = text.split("fn help").next().unwrap();
            ids.extend(arm.captures_iter(text).map(|found| found[1].to_owned()));
        }
    }
    assert!(ids.len() > 80, "{ids:?}");
    ids
}

#[test]
fn every_rule_has_a_case() {
    let mut told = BTreeSet::new();
    for case in cases() {
        let (_, report, _) = case.resolve();
        told.extend(report.iter().map(|diagnostic| diagnostic.id.to_owned()));
    }
    let excused = |id: &str| UNREACHABLE.iter().any(|(name, _)| *name == id);
    let missing: Vec<String> = ids_in_source()
        .into_iter()
        .filter(|id| !told.contains(id) && !excused(id))
        .collect();
    assert!(
        missing.is_empty(),
        "no case in tests/cases/errors breaks these rules; add a file for each: {missing:#?}"
    );
    for (id, reason) in UNREACHABLE {
        assert!(!told.contains(*id), "a case breaks `{id}`, though {reason}");
    }
}
