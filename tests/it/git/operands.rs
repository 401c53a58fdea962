//! How operands name revisions and paths.

use std::fs;

use crate::git_repository::{Repository, config_map};

/// Two commits of `a/x.yaml` and `b/why.yaml`, of which the second changes `a/x.yaml`.
fn two_commits() -> Repository {
    let repository = Repository::new();
    repository
        .write("a/x.yaml", &config_map("x", "one"))
        .write("b/why.yaml", &config_map("why", "one"))
        .commit()
        .write("a/x.yaml", &config_map("x", "two"))
        .commit();
    repository
}

#[test]
fn revisions_with_and_without_paths() {
    let repository = two_commits();
    for (words, differ) in [
        (&["HEAD~1", "HEAD"][..], true),
        (&["HEAD~1"], true),
        (&["HEAD"], false),
        (&[], false),
        (&["HEAD~1:a", "HEAD:a"], true),
        (&["HEAD~1:a", "HEAD"], true),
        (&["HEAD~1", "HEAD:a/x.yaml"], true),
        (&["HEAD~1", "HEAD:b"], false),
        (&["HEAD~1", "b"], false),
        (&["HEAD~1", "./b/"], false),
        (&["a", "HEAD~1"], true),
        (&["HEAD~1:b"], false),
        (&["HEAD~1:a/x.yaml"], true),
        (&["git:HEAD~1", "a/x.yaml"], true),
        (&["main^{/x}~1:", "main:"], true),
        (&["/dev/null", "b"], true),
        (&["manifests:HEAD~1:b", "manifests:b"], false),
    ] {
        assert_eq!(repository.differs(words), differ, "{words:?}");
    }
    let absolute = repository.join("b");
    assert!(!repository.differs(&["HEAD~1", absolute.to_str().unwrap()]));
}

#[test]
fn paths_are_seen_from_the_working_folder() {
    let repository = two_commits();
    let within = |words: &[&str]| {
        let run = repository.gatewright(&[&["diff"], words].concat());
        let said = run.within(&repository.join("b")).said();
        assert!(said.code < 2, "{words:?}: {}", said.err);
        said.code == 1
    };
    assert!(within(&["HEAD~1", "../a"]));
    assert!(within(&["HEAD~1:../a/x.yaml", "../a/x.yaml"]));
    assert!(!within(&["HEAD~1:./why.yaml", "why.yaml"]));
    assert!(!within(&["HEAD~1", "."]));
    assert!(within(&["HEAD~1:a"]));
    // Without a path it is the whole repository, as with `git diff`.
    assert!(within(&["HEAD~1"]));
    assert!(within(&["HEAD~1", "HEAD"]));
}

#[test]
fn the_work_tree_is_the_same_from_everywhere() {
    let repository = two_commits();
    repository.write("b/c/here.yaml", &config_map("here", "one"));
    // Without an identity, it is known by its path.
    repository.write("a/values.yaml", "apiVersion: v1\nkind: Values\nspec: 1\n");
    repository.commit();
    let from = |folder: &str, words: &[&str]| {
        let run = repository.gatewright(&[&["diff"], words].concat());
        run.within(&repository.join(folder)).said()
    };
    for folder in [".", "a", "b", "b/c"] {
        let said = from(folder, &["HEAD"]);
        assert_eq!((said.code, said.out.as_str()), (0, "no differences\n"));
    }
    assert_eq!(from("b/c", &["HEAD:a"]).code, 0);
    assert_eq!(from("b/c", &["HEAD:b"]).code, 0);
    repository.write("a/values.yaml", "apiVersion: v1\nkind: Values\nspec: 2\n");
    for (folder, words) in [("b/c", ["HEAD"]), ("b/c", ["HEAD:a"]), ("a", ["HEAD:a"])] {
        let said = from(folder, &words);
        let place = if folder == "a" { "" } else { "../../a/" };
        let way = format!("HEAD:a/values.yaml:3:7 -> {place}values.yaml:3:7");
        assert_eq!(said.code, 1);
        assert!(said.out.contains("~ spec: 1 -> 2"), "{}", said.out);
        assert!(said.out.contains(&way), "{}", said.out);
    }
}

#[test]
fn slips_are_told_with_what_may_have_been_meant() {
    let repository = two_commits();
    for (words, headline, help) in [
        (
            &["mian"][..],
            "cannot read `mian`: there is no such file, folder or git revision",
            "Did you mean the revision `main`?",
        ),
        (
            &["mian~1:a"],
            "cannot read `mian~1`: there is no such file, folder or git revision",
            "Did you mean the revision `main~1`?",
        ),
        (
            &[":a/x.yaml"],
            "no revision stands before the `:`",
            "Write `HEAD:PATH` for what is committed; the index is not read.",
        ),
        (
            &["HEAD~9"],
            "cannot read `HEAD~9`: there is no such file, folder or git revision",
            "Check the name; `git branch --all` lists the branches.",
        ),
        (
            &["main:a/z.yaml"],
            "cannot read `main:a/z.yaml`: the revision holds no such file or folder",
            "Did you mean `main:a/x.yaml`?",
        ),
        (
            &["main", "c.yaml"],
            "cannot read `c.yaml`: there is no such file or folder",
            "Check the name.",
        ),
        (
            &["main:../a"],
            "`../a` is not in the repository, so a revision has no such path",
            "Write the path of the revision too, as in `main:rendered`.",
        ),
        (
            &["main", "/"],
            "`/` is not in the repository, so a revision has no such path",
            "Write the path of the revision too, as in `main:rendered`.",
        ),
        (
            &["main..HEAD"],
            "`main..HEAD` names two revisions where one is wanted",
            "Write `gatewright diff main HEAD`.",
        ),
        (
            &["main...HEAD"],
            "`main...HEAD` names two revisions where one is wanted",
            "Write `gatewright diff $(git merge-base main HEAD) HEAD`.",
        ),
        (
            &["a"],
            "`a` has nothing to be compared with",
            "Name two operands, or a git revision alone: `gatewright diff HEAD a` compares with what \
             is committed.",
        ),
        (
            &["-", "-"],
            "standard input is named twice",
            "It can be read only once; leave one out.",
        ),
        (
            &["a", "b", "c"],
            "3 operands were named where two are compared",
            "Name the state before and the state after; `gatewright diff --help` says what they may \
             be.",
        ),
    ] {
        let said = repository.diff(words);
        assert_eq!(
            said.err,
            format!("gatewright: {headline}\n  help: {help}\n")
        );
        assert_eq!((said.code, said.out.as_str()), (2, ""));
    }
}

#[test]
fn a_path_that_is_a_revision_too_is_the_path() {
    let repository = two_commits();
    repository.git(&["branch", "a", "HEAD~1"]);
    let said = repository.diff(&["a", "HEAD:a"]);
    assert_eq!(said.code, 0);
    assert_eq!(
        said.err,
        "note: `a` is a path here and a git revision; the path is compared, and `git:a` is the \
         revision\n"
    );
    assert!(repository.differs(&["git:a", "HEAD"]));
}

#[test]
fn the_work_tree_is_what_git_sees_of_it() {
    let repository = two_commits();
    assert!(!repository.differs(&["HEAD"]));
    repository
        .write(".gitignore", "build/\n")
        .write("build/junk.yaml", &config_map("junk", "one"))
        .write(".hidden/x.yaml", &config_map("hidden", "one"));
    assert!(!repository.differs(&["HEAD"]));
    // New and not yet added.
    repository.write("a/new.yaml", &config_map("new", "one"));
    assert!(repository.differs(&["HEAD"]));
    assert!(!repository.differs(&["HEAD:b"]));
    fs::remove_file(repository.join("a/new.yaml")).unwrap();
    // Removed, and not yet from the index.
    fs::remove_dir_all(repository.join("b")).unwrap();
    assert!(repository.differs(&["HEAD"]));
    let said = repository.diff(&["HEAD:b"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (1, "note: there is no `b`; that side is empty\n")
    );
}

#[test]
fn a_path_that_the_other_revision_lacks_is_empty_there() {
    let repository = two_commits();
    repository.write("c/z.yaml", &config_map("z", "one"));
    let said = repository.diff(&["HEAD", "c"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (1, "note: there is no `HEAD:c`; that side is empty\n")
    );
    // Written out, it is a slip.
    assert_eq!(repository.diff(&["HEAD:c", "c"]).code, 2);
}
