//! A run of the real program that is killed at any moment of a write of a thousand files.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use gatewright::sinks::{Folder, Output};
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::program::binary;
use crate::rendering::accepted;

/// How many files differ between the two states.
const FILES: usize = 1000;

/// How often the program is killed.
const KILLS: u32 = 50;

/// Numbers below 1000 that are the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        u32::try_from((self.0 >> 33) % 1000).unwrap()
    }
}

/// One of two states of a config with a file for each of many namespaces.
struct State {
    config: PathBuf,
    output: Output,
    files: BTreeMap<String, Vec<u8>>,
}

impl State {
    fn new(scratch: &Path, version: &str) -> Self {
        let mut text = String::from(
            "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: {name: many}\nspec:\n  \
             namespaces:\n",
        );
        for number in 0..FILES {
            writeln!(
                text,
                "    - {{name: team-{number:04}, manage: create, labels: {{version: {version}}}}}"
            )
            .unwrap();
        }
        let config = scratch.join(format!("{version}.yaml"));
        fs::write(&config, &text).unwrap();
        let output = accepted(&text).output;
        let folder = scratch.join(version);
        Folder::new(&folder).write(&output).unwrap();
        State {
            config,
            output,
            files: files(&folder),
        }
    }

    /// Starts to write this state, and returns when the first of its files is begun.
    fn begin(&self, folder: &Path) -> Child {
        let busy = folder.join("manifests/_cluster");
        let changed = || fs::metadata(&busy).unwrap().modified().unwrap();
        let before = changed();
        let mut child = Command::new(binary())
            .args(["render", "--output"])
            .arg(folder)
            .arg("--file")
            .arg(&self.config)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while changed() == before && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_micros(100));
        }
        child
    }
}

/// All files below a folder, with their contents.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let read = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap();
        let content = fs::read(entry.path()).unwrap();
        (path.to_str().unwrap().to_owned(), content)
    });
    read.collect()
}

/// A folder in memory, where there is one: what a kill leaves behind does not depend on the disk,
/// and a thousand files take a while on some.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

#[test]
fn killed_at_any_moment_no_file_is_torn_and_the_next_run_completes_the_set() {
    let scratch = scratch();
    let states = ["a", "b"].map(|version| State::new(scratch.path(), version));
    let out = scratch.path().join("out");
    Folder::new(&out).write(&states[0].output).unwrap();
    let started = Instant::now();
    let mut child = states[1].begin(&out);
    let started = started.elapsed().min(Duration::from_secs(5));
    let writing = Instant::now();
    assert!(child.wait().unwrap().success());
    let writing = writing.elapsed().min(Duration::from_secs(5));
    assert_eq!(files(&out), states[1].files);

    let foreign = [
        ("own.yaml", "mine: 1\n"),
        ("manifests/_cluster/own.yaml", "mine: 2\n"),
    ];
    for (path, text) in foreign {
        fs::write(out.join(path), text).unwrap();
    }
    let (mut dice, mut caught) = (Dice(7), 0);
    for kill in 0..KILLS {
        let (new, old) = match kill % 2 {
            0 => (&states[0], &states[1]),
            _ => (&states[1], &states[0]),
        };
        let mut child = new.begin(&out);
        thread::sleep(writing * dice.roll() / 1000);
        // It may be done by now.
        let _ = child.kill();
        child.wait().unwrap();

        let mut found = files(&out);
        for (path, text) in foreign {
            assert_eq!(
                found.remove(path).as_deref(),
                Some(text.as_bytes()),
                "{path}"
            );
        }
        let whole = found.len();
        found.retain(|path, _| !path.contains("/.gatewright-"));
        let left_over = whole - found.len();
        assert!(
            found.keys().eq(new.files.keys()),
            "kill {kill}: {:?}",
            found.keys()
        );
        for (path, content) in &found {
            assert!(
                [old, new].iter().any(|state| state.files[path] == *content),
                "kill {kill}: {path} is torn"
            );
        }
        let complete = found == new.files && left_over == 0;
        caught += u32::from(found != old.files && !complete || left_over > 0);
        let folder = Folder::new(&out);
        assert_eq!(
            folder.check(&new.output).unwrap().is_empty(),
            complete,
            "kill {kill}"
        );

        folder.write(&new.output).unwrap();
        let mut found = files(&out);
        for (path, _) in foreign {
            found.remove(path);
        }
        assert!(
            found == new.files,
            "kill {kill}: the next run completes the set"
        );
    }
    println!("{caught} of {KILLS} kills came while files were written; {started:?} {writing:?}");
    assert!(
        caught >= KILLS / 5,
        "only {caught} kills came while files were written"
    );
}
