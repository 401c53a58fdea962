//! Repositories of other shapes, and machines without one.

use std::fs;
use std::path::Path;

use crate::git_repository::{Repository, config_map};
use crate::program::gatewright;

fn two_commits(flags: &[&str]) -> Repository {
    let repository = Repository::with(flags);
    repository
        .write("a/x.yaml", &config_map("x", "one"))
        .commit();
    repository
        .write("a/x.yaml", &config_map("x", "two"))
        .commit();
    repository
}

/// The folder of a clone beside the repository's own.
fn clone(repository: &Repository, flags: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repository.path().display());
    let to = folder.path().to_str().unwrap();
    let words = [&["clone", "--quiet"], flags, &[from.as_str(), to]].concat();
    repository.git(&words);
    folder
}

fn said(folder: &Path, words: &[&str]) -> (i32, String) {
    let run = gatewright(&[&["diff"], words].concat()).within(folder);
    let run = run
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    let said = run.said();
    (said.code, said.err)
}

#[test]
fn objects_with_names_of_sha_256() {
    let repository = two_commits(&["--object-format", "sha256"]);
    assert!(repository.differs(&["HEAD~1", "HEAD"]));
    assert!(!repository.differs(&["HEAD:a", "a"]));
}

#[test]
fn a_bare_repository_has_revisions_and_no_work_tree() {
    let bare = clone(&two_commits(&[]), &["--bare"]);
    assert_eq!(said(bare.path(), &["HEAD~1", "HEAD"]), (1, String::new()));
    assert_eq!(said(bare.path(), &["HEAD~1:a", "HEAD"]), (1, String::new()));
    let (code, err) = said(bare.path(), &["HEAD"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "gatewright: the repository is bare: there is no work tree\n  help: Name both operands.\n"
    );
}

#[test]
fn git_dir_is_heeded() {
    let repository = two_commits(&[]);
    let elsewhere = tempfile::tempdir().unwrap();
    let git_dir = repository.join(".git");
    let run = |words: &[&str]| {
        let run = gatewright(&[&["diff"], words].concat()).within(elsewhere.path());
        run.env("GIT_DIR", git_dir.to_str().unwrap())
            .env("GIT_WORK_TREE", repository.path().to_str().unwrap())
            .said()
    };
    let two = run(&["HEAD~1", "HEAD"]);
    assert_eq!(two.code, 1, "{}", two.err);
    let path = repository.join("a");
    let own = run(&["HEAD:a", path.to_str().unwrap()]);
    assert_eq!(own.code, 0, "{}", own.err);
}

#[test]
fn another_work_tree_of_a_repository() {
    let repository = two_commits(&[]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tree");
    repository.git(&[
        "worktree",
        "add",
        "--quiet",
        path.to_str().unwrap(),
        "HEAD~1",
    ]);
    assert_eq!(said(&path, &["HEAD"]), (0, String::new()));
    assert_eq!(said(&path, &["main"]), (1, String::new()));
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let shallow = clone(&two_commits(&[]), &["--depth", "1"]);
    assert_eq!(said(shallow.path(), &["HEAD"]), (0, String::new()));
    let (code, err) = said(shallow.path(), &["HEAD~1"]);
    assert_eq!(code, 2);
    assert!(
        err.contains("The clone is shallow and lacks older commits"),
        "{err}"
    );
}

#[test]
fn a_partial_clone_fetches_nothing() {
    let repository = two_commits(&[]);
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let partial = clone(&repository, &["--filter", "blob:none"]);
    assert_eq!(said(partial.path(), &["HEAD"]), (0, String::new()));
    let (code, err) = said(partial.path(), &["HEAD~1"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("its content is not in this clone"), "{err}");
}

#[test]
fn a_lost_object_is_told() {
    let repository = two_commits(&[]);
    let object = repository.git(&["rev-parse", "HEAD:a/x.yaml"]);
    let (folder, file) = object.trim().split_at(2);
    fs::remove_file(repository.join(&format!(".git/objects/{folder}/{file}"))).unwrap();
    let said = repository.diff(&["HEAD", "a"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .contains("cannot read `HEAD:a/x.yaml`: its content is not in this clone"),
        "{}",
        said.err
    );
}

#[test]
fn where_there_is_no_repository_or_no_git() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.yaml"), config_map("a", "one")).unwrap();
    let run = |words: &[&str], path: Option<&str>| {
        let run = gatewright(&[&["diff"], words].concat()).within(folder.path());
        let run = run.env("GIT_CEILING_DIRECTORIES", "/");
        let said = path
            .into_iter()
            .fold(run, |run, path| run.env("PATH", path))
            .said();
        (said.code, said.err)
    };
    let (code, err) = run(&["HEAD", "a.yaml"], None);
    assert_eq!(code, 2);
    assert!(err.contains("this folder is in no git repository"), "{err}");
    let (code, err) = run(&["HEAD", "a.yaml"], Some("/nowhere"));
    assert_eq!(code, 2);
    assert!(err.contains("there is no program `git`"), "{err}");
    let (code, err) = run(&["b.yaml", "a.yaml"], Some("/nowhere"));
    assert_eq!(code, 2);
    assert!(
        err.contains("cannot read `b.yaml`: there is no such file or folder"),
        "{err}"
    );
    // Files need no git.
    assert_eq!(
        run(&["a.yaml", "a.yaml"], Some("/nowhere")),
        (0, String::new())
    );
}

#[test]
fn a_repository_without_a_commit() {
    let repository = Repository::new();
    repository.write("a.yaml", &config_map("a", "one"));
    let said = repository.diff(&["HEAD"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("cannot read `HEAD`"), "{}", said.err);
}
