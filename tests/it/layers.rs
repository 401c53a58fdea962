//! The shape of `src`: stages in a line, imports that go left only, files of a readable size.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use walkdir::WalkDir;

/// The stages, in the order in which data passes through them. A stage may use those before it.
/// Some do not exist yet; each has its place already.
const STAGES: &[&str] = &[
    "source", "diag", "input", "kube", "api", "config", "model", "plan", "render", "topology",
    "traffic", "checks", "diff", "sinks", "pipeline", "cli",
];

/// The greatest number of lines of a file, its tests aside.
const MOST_LINES: usize = 300;

/// The greatest number of lines of a `mod.rs`, which declares and re-exports.
const MOST_LINES_OF_A_MOD: usize = 150;

/// Names that say nothing of what is in a file.
const VAGUE: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "misc", "shared",
];

/// A source file: its path below `src`, and its text.
struct File {
    path: PathBuf,
    text: String,
}

impl File {
    /// The name of the stage that the file belongs to; nothing for `lib.rs` and `main.rs`.
    fn stage(&self) -> Option<&str> {
        let first = self.path.iter().next()?.to_str()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (!["lib", "main"].contains(&name)).then_some(name)
    }

    /// How many modules the file's module is below the root of the crate.
    fn depth(&self) -> usize {
        let names = self.path.iter().count();
        if self.path.ends_with("mod.rs") {
            names - 1
        } else {
            names
        }
    }

    /// Whether the file holds nothing but tests.
    fn is_of_tests(&self) -> bool {
        self.path.iter().any(|name| {
            ["tests", "tests.rs", "samples.rs"]
                .iter()
                .any(|tests| name == *tests)
        })
    }

    /// The code above the tests at the end of the file.
    fn code(&self) -> &str {
        let tests = ["\n#[cfg(test)]\nmod ", "\n#[cfg(test)]\n#[expect"];
        let end = tests.iter().filter_map(|start| self.text.find(start)).min();
        &self.text[..end.unwrap_or(self.text.len())]
    }
}

fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for entry in WalkDir::new(&src).sort_by_file_name() {
        let entry = entry.expect("src can be read");
        if entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "rs")
        {
            let text = fs::read_to_string(entry.path()).expect("a source file can be read");
            let path = entry
                .path()
                .strip_prefix(&src)
                .expect("below src")
                .to_owned();
            files.push(File { path, text });
        }
    }
    assert!(files.len() > 20, "the files of src were found");
    files
}

fn rank(stage: &str) -> Option<usize> {
    STAGES.iter().position(|known| *known == stage)
}

/// Fails with every finding at once.
fn assert_none(findings: &str, advice: &str) {
    assert!(findings.is_empty(), "\n{findings}\n{advice}\n");
}

#[test]
fn every_folder_is_a_stage_and_declared() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"));
    let lib = lib.expect("src/lib.rs can be read");
    let mut findings = String::new();
    for file in files() {
        let Some(stage) = file.stage() else {
            continue;
        };
        if rank(stage).is_none() {
            let _ = writeln!(
                findings,
                "src/{}: `{stage}` is no stage",
                file.path.display()
            );
        } else if !lib.contains(&format!("mod {stage};")) {
            let _ = writeln!(findings, "src/lib.rs does not declare `{stage}`");
        }
    }
    assert_none(
        &findings,
        "A new stage gets its place in STAGES here, in the comment of src/lib.rs and in \
         docs/decisions/stages.md. What is no stage belongs into the folder of the one that uses it.",
    );
}

#[test]
fn imports_go_left_only() {
    let single = Regex::new(r"\bcrate::([a-z_]+)").expect("a regular expression");
    let group = Regex::new(r"\bcrate::\{([^}]*)").expect("a regular expression");
    let supers = Regex::new(r"\b(?:super::)+").expect("a regular expression");
    let mut findings = String::new();
    for file in files() {
        let Some(own) = file.stage().and_then(rank) else {
            continue;
        };
        let code = without_comments(&file.text);
        let alone = single.captures_iter(&code).map(|found| found[1].to_owned());
        let grouped = group.captures_iter(&code).flat_map(|found| {
            let names: Vec<String> = found[1]
                .split(',')
                .filter_map(|item| item.trim().split("::").next().map(str::to_owned))
                .collect();
            names
        });
        for used in alone.chain(grouped) {
            if rank(&used).is_some_and(|used| used > own) {
                let path = file.path.display();
                let _ = writeln!(findings, "src/{path} ({}) uses `{used}`", STAGES[own]);
            }
        }
        // `super` out of the stage would hide the direction of an import.
        let limit = file.depth();
        for found in supers.find_iter(&code) {
            if found.as_str().matches("super::").count() >= limit {
                let path = file.path.display();
                let _ = writeln!(
                    findings,
                    "src/{path} leaves its stage by `{}`",
                    found.as_str()
                );
            }
        }
    }
    assert_none(
        &findings,
        "A stage uses only what is left of it in STAGES. Move what both need to the left, or pass \
         it in as an argument; write `crate::` where another stage is meant.",
    );
}

/// The text without its comments, in which other stages may be spoken of.
fn without_comments(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn files_are_small_and_named_for_what_they_hold() {
    let mut findings = String::new();
    for file in files() {
        let path = file.path.display();
        let stem = file
            .path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        if VAGUE.contains(&stem) {
            let _ = writeln!(
                findings,
                "src/{path}: the name says nothing of what is in it"
            );
        }
        let most = if stem == "mod" {
            MOST_LINES_OF_A_MOD
        } else {
            MOST_LINES
        };
        let lines = file.code().lines().count();
        if lines > most && !file.is_of_tests() {
            let _ = writeln!(findings, "src/{path}: {lines} lines, {most} at most");
        }
    }
    assert_none(
        &findings,
        "Split a long file by type, one file for each, and name the file after it. A `mod.rs` \
         declares, re-exports, and holds at most the registry of its folder.",
    );
}

#[test]
fn main_stays_short() {
    let main = files()
        .into_iter()
        .find(|file| file.path == Path::new("main.rs"));
    let lines = main.map_or(0, |file| file.text.lines().count());
    assert!(
        (1..40).contains(&lines),
        "src/main.rs has {lines} lines; everything is in the library"
    );
}
