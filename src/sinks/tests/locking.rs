//! Two runs at once on one folder.

#![cfg(unix)]

use std::fs::{self, File};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::scene::{contents, output, tree};
use crate::sinks::Folder;

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_second_run_waits_a_while_and_then_says_so() {
    let dir = TempDir::new().unwrap();
    let held = File::open(dir.path()).unwrap();
    held.lock().unwrap();
    let set = output(&[("a.yaml", "")]);
    let impatient = Folder::new(dir.path()).patience(Duration::from_millis(30));
    for error in [
        impatient.write(&set).unwrap_err(),
        impatient.check(&set).unwrap_err(),
        impatient.plan(&set).unwrap_err(),
    ] {
        let said = error
            .to_string()
            .replace(dir.path().to_str().unwrap(), "out");
        assert_eq!(
            said,
            "another gatewright is at work on `out`; nothing was done; try again when it is done"
        );
    }
    assert_eq!(tree(dir.path()), Vec::<String>::new());
    let waiting = thread::spawn({
        let folder = Folder::new(dir.path()).patience(LONG);
        move || folder.write(&output(&[("a.yaml", "")]))
    });
    thread::sleep(Duration::from_millis(60));
    held.unlock().unwrap();
    assert_eq!(waiting.join().unwrap().unwrap().added, ["a.yaml"]);
}

#[test]
fn readers_do_not_wait_for_each_other() {
    let dir = TempDir::new().unwrap();
    let reader = File::open(dir.path()).unwrap();
    reader.lock_shared().unwrap();
    let set = output(&[("a.yaml", "")]);
    let impatient = Folder::new(dir.path()).patience(Duration::ZERO);
    assert_eq!(impatient.check(&set).unwrap().len(), 1);
    assert!(impatient.write(&set).is_err(), "a writer waits for readers");
}

#[test]
fn a_folder_that_another_run_took_away_meanwhile_is_made_again() {
    let dir = TempDir::new().unwrap();
    let root = dir.path().join("out");
    fs::create_dir(&root).unwrap();
    let held = File::open(&root).unwrap();
    held.lock().unwrap();
    let waiting = thread::spawn({
        let folder = Folder::new(&root).patience(LONG);
        move || folder.write(&output(&[("a.yaml", "")]))
    });
    thread::sleep(Duration::from_millis(60));
    fs::remove_dir(&root).unwrap();
    held.unlock().unwrap();
    waiting.join().unwrap().unwrap();
    assert_eq!(tree(&root), ["a.yaml: "]);
}

#[test]
fn sets_that_are_written_at_once_never_mix() {
    let names: Vec<String> = (0..40).map(|n| format!("f{}/{n}.yaml", n % 4)).collect();
    let set = |text: &str| {
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), text)).collect();
        output(&files)
    };
    for _ in 0..5 {
        let dir = TempDir::new().unwrap();
        let root = dir.path().join("out");
        thread::scope(|scope| {
            for text in ["a: 1\n", "b: 2\n", "c: 3\n"] {
                let (folder, set) = (Folder::new(&root).patience(LONG), set(text));
                scope.spawn(move || folder.write(&set).unwrap());
            }
        });
        let found = contents(&root);
        let texts: std::collections::BTreeSet<&String> = found.values().collect();
        assert_eq!((found.len(), texts.len()), (40, 1), "{texts:?}");
    }
}
