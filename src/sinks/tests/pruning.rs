//! What is no longer rendered is removed, and nothing else is.

use std::fs;

use tempfile::TempDir;

use super::scene::{output, refusals, targets, tree};
use crate::sinks::{Folder, Output};

#[test]
fn stale_files_go_and_so_do_the_folders_that_they_leave_empty() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    let old = [
        ("a/b/x.yaml", ""),
        ("a/b/c/y.yaml", ""),
        ("d/z.yaml", ""),
        ("e.yaml", ""),
    ];
    folder.write(&output(&old)).unwrap();
    fs::write(dir.path().join("d/mine"), "").unwrap();
    let plan_of = output(&[("e.yaml", "")]);
    let plan = folder.plan(&plan_of).unwrap();
    assert_eq!(plan.emptied, ["a/b/c", "a/b", "a"]);
    let written = folder.write(&plan_of).unwrap();
    assert_eq!(written.removed, ["a/b/c/y.yaml", "a/b/x.yaml", "d/z.yaml"]);
    assert_eq!(tree(dir.path()), ["d", "d/mine: ", "e.yaml: "]);
    fs::remove_file(dir.path().join("d/mine")).unwrap();
    folder.write(&output(&[])).unwrap();
    assert_eq!(
        tree(dir.path()),
        ["d"],
        "only folders of removed files are removed"
    );
    fs::remove_dir(dir.path().join("d")).unwrap();
    folder.write(&output(&[("e.yaml", "")])).unwrap();
    folder.write(&output(&[])).unwrap();
    assert!(dir.path().exists(), "the output folder itself stays");
}

#[test]
fn files_that_move_leave_nothing_behind() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    folder
        .write(&output(&[("by-kind/x.yaml", "x: 1\n")]))
        .unwrap();
    folder
        .write(&output(&[("by-name/x.yaml", "x: 1\n")]))
        .unwrap();
    assert_eq!(tree(dir.path()), ["by-name", "by-name/x.yaml: x: 1\n"]);
    // A folder takes over from a file, and a file from a folder.
    let refused = refusals(&folder, &output(&[("by-name/x.yaml/y.yaml", "")]));
    assert!(
        refused.contains("it is a file where a folder must be"),
        "{refused}"
    );
}

#[test]
fn what_is_of_other_configs_and_targets_or_of_nobody_stays() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    let both: [(&str, &[(&str, &str)]); 2] =
        [("dev", &[("x.yaml", "")]), ("prod", &[("x.yaml", "")])];
    folder.write(&targets(&both)).unwrap();
    fs::write(dir.path().join("own.yaml"), "mine: 1\n").unwrap();
    fs::write(dir.path().join("empty.yaml"), "").unwrap();
    let set = targets(&[("prod", &[("y.yaml", "")])]);
    let other = Output::new("other", set.targets().to_vec()).unwrap();
    assert!(folder.plan(&other).unwrap().stale.is_empty());
    assert_eq!(folder.write(&set).unwrap().removed, ["prod/x.yaml"]);
    assert!(dir.path().join("dev/x.yaml").exists());
    assert!(dir.path().join("own.yaml").exists() && dir.path().join("empty.yaml").exists());
}

#[test]
fn a_stale_file_that_was_edited_is_removed_by_force_alone() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    folder
        .write(&output(&[
            ("a.yaml", "a: 1\n"),
            ("b.yaml", ""),
            ("c.yaml", ""),
        ]))
        .unwrap();
    let file = dir.path().join("b.yaml");
    let edited = fs::read_to_string(&file).unwrap() + "# mine\n";
    fs::write(&file, &edited).unwrap();
    let before = tree(dir.path());
    let set = output(&[("a.yaml", "a: 2\n"), ("d.yaml", "")]);
    let said = refusals(&folder, &set).replace(dir.path().to_str().unwrap(), "out");
    assert_eq!(
        said,
        "nothing was written, because of what stands in the way\n  \
         `out/b.yaml`: it was edited by hand, and the config no longer renders it; move elsewhere \
         what you need of it, or remove it with `--force`"
    );
    assert_eq!(tree(dir.path()), before, "nothing at all is done");
    let forced = folder.force(true).write(&set).unwrap();
    assert_eq!(forced.removed, ["b.yaml", "c.yaml"]);
    assert_eq!(tree(dir.path()), ["a.yaml: a: 2\n", "d.yaml: "]);
}

#[test]
fn hidden_folders_and_other_repositories_are_not_entered() {
    let dir = TempDir::new().unwrap();
    for below in [".git", "submodule", "worktree"] {
        let copy = dir.path().join(below);
        Folder::new(&copy)
            .write(&output(&[("x.yaml", "")]))
            .unwrap();
    }
    fs::create_dir(dir.path().join("submodule/.git")).unwrap();
    fs::write(dir.path().join("worktree/.git"), "gitdir: elsewhere\n").unwrap();
    let folder = Folder::new(dir.path());
    assert_eq!(
        folder.write(&output(&[])).unwrap().removed,
        Vec::<String>::new()
    );
    // The output folder itself may be a repository.
    fs::remove_file(dir.path().join("worktree/.git")).unwrap();
    assert_eq!(
        folder.write(&output(&[])).unwrap().removed,
        ["worktree/x.yaml"]
    );
}

#[test]
fn what_the_set_was_made_from_is_neither_replaced_nor_removed() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path()).force(true);
    let both = output(&[("a.yaml", "a: 1\n"), ("b.yaml", "b: 1\n")]);
    folder.write(&both).unwrap();
    let before = tree(dir.path());
    let input = fs::canonicalize(dir.path().join("b.yaml")).unwrap();
    let without = output(&[("a.yaml", "a: 1\n")]).made_from([input.clone()]);
    assert_eq!(
        folder.write(&without).unwrap().removed,
        Vec::<String>::new()
    );
    assert_eq!(folder.check(&without).unwrap(), []);
    let over = output(&[("a.yaml", "a: 2\n"), ("b.yaml", "b: 2\n")]).made_from([input]);
    let refused = refusals(&folder, &over);
    assert!(refused.contains("the config takes it up"), "{refused}");
    assert_eq!(tree(dir.path()), before);
}

#[test]
fn other_output_folders_are_not_entered() {
    let dir = TempDir::new().unwrap();
    let staging = dir.path().join("staging/rendered");
    let page = [("RUNBOOK.md", ""), ("manifests/x.yaml", "")];
    Folder::new(&staging).write(&output(&page)).unwrap();
    let temporary = staging.join("manifests/.gatewright-abc123.tmp");
    fs::write(&temporary, "").unwrap();
    let before = tree(&staging);
    for around in [dir.path().to_owned(), dir.path().join("staging")] {
        let folder = Folder::new(around);
        let written = folder.write(&output(&page)).unwrap();
        assert_eq!(written.removed, Vec::<String>::new());
        assert_eq!(folder.check(&output(&page)).unwrap(), []);
        folder.force(true).write(&output(&page)).unwrap();
        assert_eq!(tree(&staging), before);
    }
    // The folder of a target is no other output folder.
    let targets_of = |path| targets(&[("prod", &[("RUNBOOK.md", ""), (path, "")])]);
    let folder = Folder::new(dir.path());
    folder.write(&targets_of("x.yaml")).unwrap();
    let written = folder.write(&targets_of("y.yaml")).unwrap();
    assert_eq!(written.removed, ["prod/x.yaml"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_removed_through_a_link() {
    use std::os::unix::fs::symlink;
    let dir = TempDir::new().unwrap();
    let (root, outside) = (dir.path().join("out"), dir.path().join("outside"));
    for folder in [&root, &outside] {
        Folder::new(folder)
            .write(&output(&[("x.yaml", "")]))
            .unwrap();
    }
    symlink(&outside, root.join("away")).unwrap();
    symlink(outside.join("x.yaml"), root.join("file.yaml")).unwrap();
    symlink("x.yaml", root.join("inside.yaml")).unwrap();
    let written = Folder::new(&root).write(&output(&[])).unwrap();
    assert_eq!(written.removed, ["x.yaml"]);
    assert_eq!(tree(&outside), ["x.yaml: "]);
    assert!(fs::symlink_metadata(root.join("file.yaml")).is_ok());
    // A folder that a link inside takes the place of holds files of the set, not stale ones.
    let root = dir.path().join("moved");
    let (folder, set) = (Folder::new(&root), output(&[("team/x.yaml", "")]));
    folder.write(&set).unwrap();
    fs::rename(root.join("team"), root.join("real")).unwrap();
    symlink("real", root.join("team")).unwrap();
    assert_eq!(folder.check(&set).unwrap(), []);
    assert_eq!(folder.write(&set).unwrap().unchanged, 1);
}

/// A hard link stands for a file system that takes `X.yaml` and `x.yaml` for one name.
#[cfg(unix)]
#[test]
fn a_file_of_the_set_under_a_name_in_another_case_is_not_stale() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    folder
        .write(&output(&[("x.yaml", ""), ("z.yaml", "")]))
        .unwrap();
    for name in ["X.yaml", "another.yaml"] {
        fs::hard_link(dir.path().join("x.yaml"), dir.path().join(name)).unwrap();
    }
    let set = output(&[("x.yaml", "")]);
    let said = refusals(&folder, &set).replace(dir.path().to_str().unwrap(), "out");
    assert_eq!(
        said,
        "nothing was written, because of what stands in the way\n  \
         `out/X.yaml`: the config renders it as `x.yaml`, which this file system takes for the \
         same name; rename it to that"
    );
    assert_eq!(tree(dir.path()).len(), 4);
    fs::remove_file(dir.path().join("X.yaml")).unwrap();
    assert_eq!(
        folder.write(&set).unwrap().removed,
        ["another.yaml", "z.yaml"]
    );
    assert_eq!(tree(dir.path()), ["x.yaml: "]);
}
