//! Reading a revision changes nothing and runs nothing.

use std::fs;
use std::time::Duration;

use crate::git_repository::{Repository, config_map};

#[test]
fn the_index_and_the_work_tree_stay_as_they_are() {
    let repository = Repository::new();
    repository.write("a.yaml", &config_map("a", "one")).commit();
    // The index is older than the file, which makes git wish to refresh it.
    std::thread::sleep(Duration::from_millis(20));
    repository.write("a.yaml", &config_map("a", "one"));
    let index = repository.join(".git/index");
    let seen = || {
        let files = walkdir::WalkDir::new(repository.path()).sort_by_file_name();
        let names = files.into_iter().map(|entry| entry.unwrap().into_path());
        let modified = fs::metadata(&index).unwrap().modified().unwrap();
        (
            names.collect::<Vec<_>>(),
            fs::read(&index).unwrap(),
            modified,
        )
    };
    let before = seen();
    assert!(!repository.differs(&["HEAD"]));
    assert!(!repository.differs(&["HEAD:a.yaml", "a.yaml"]));
    assert_eq!(seen(), before);
}

#[test]
fn no_program_of_the_config_runs() {
    let repository = Repository::new();
    repository
        .write("a.yaml", &config_map("a", "one"))
        .write(".gitattributes", "*.yaml diff=told filter=told\n")
        .commit();
    let ran = repository.join("ran");
    let touch = format!("touch {}", ran.display());
    for name in [
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.told.textconv",
        "diff.told.command",
        "filter.told.smudge",
        "filter.told.clean",
        "filter.told.process",
        "core.sshCommand",
        "core.askPass",
    ] {
        repository.git(&["config", name, &touch]);
    }
    // Writing the config itself may have asked the monitor.
    let _ = fs::remove_file(&ran);
    assert!(!repository.differs(&["HEAD"]));
    assert!(!repository.differs(&["HEAD", "a.yaml"]));
    assert_eq!(repository.diff(&["nothing"]).code, 2);
    assert!(!ran.exists());
}
