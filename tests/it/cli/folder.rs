//! An output folder over time: what is shown, written, pruned and refused.

use std::fs;
use std::path::Path;

use super::{GOOD, write};
use crate::program::{Said, gatewright};

/// A config in a folder of its own, rendered once.
fn rendered() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("gatewright.yaml", GOOD)]);
    let first = render(scratch.path(), &[]);
    assert_eq!((first.code, first.out.as_str()), (0, ""), "{}", first.err);
    scratch
}

fn render(folder: &Path, words: &[&str]) -> Said {
    let words = [&["render", "-o", "out"], words].concat();
    gatewright(&words).within(folder).said()
}

/// Replaces a part of a file.
fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).unwrap();
}

/// Both streams and the exit code of a run, for a person to read.
fn shown(said: &Said) -> String {
    format!(
        "exit code {}\n\nstandard error:\n{}\nstandard output:\n{}",
        said.code, said.err, said.out
    )
}

/// All files below a folder, with their contents.
fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter();
    let files = entries
        .flatten()
        .filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().display();
        (path.to_string(), fs::read_to_string(entry.path()).unwrap())
    };
    files.map(read).collect()
}

/// Makes a folder differ in every way: the config changes, a route moves, a file is gone, one is
/// edited, and a run was interrupted.
fn disturb(scratch: &Path) {
    let out = scratch.join("out");
    edit(&scratch.join("gatewright.yaml"), "port: 80}", "port: 8000}");
    edit(
        &scratch.join("gatewright.yaml"),
        "- name: web\n",
        "- name: shop\n",
    );
    fs::remove_file(out.join("RUNBOOK.md")).unwrap();
    fs::write(out.join("manifests/shop/.gatewright-a1B2c3.tmp"), "").unwrap();
}

#[test]
fn check_shows_every_difference_and_writes_nothing() {
    let scratch = rendered();
    disturb(scratch.path());
    let before = files(scratch.path());
    let check = render(scratch.path(), &["--check"]);
    let out = check.out.find("--- a/kustomization.yaml").unwrap();
    let check = Said {
        // The runbook is long, and not what this is about.
        out: check.out[out..].to_owned(),
        ..check
    };
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(shown(&check));
    });
    let coloured = render(scratch.path(), &["--check", "--color", "always"]);
    assert!(coloured.out.contains("\u{1b}[32m+"), "{}", coloured.out);
    assert_eq!(files(scratch.path()), before);

    let written = render(scratch.path(), &[]);
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("written", shown(&written));
    });
    let clean = render(scratch.path(), &["--check"]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
    assert!(
        clean.err.contains("out is what the config renders: "),
        "{}",
        clean.err
    );
}

#[test]
fn dry_run_lists_what_would_be_done_and_does_nothing() {
    let scratch = rendered();
    disturb(scratch.path());
    let before = files(scratch.path());
    let fine = render(scratch.path(), &["--dry-run"]);
    let gateway = scratch.path().join("out/manifests/shop/gateway-apps.yaml");
    edit(&gateway, "port: 80\n", "port: 81\n");
    let route = scratch.path().join("out/manifests/shop/httproute-web.yaml");
    edit(&route, "port: 8080\n", "port: 8081\n");
    let edited = files(scratch.path());
    let refused = render(scratch.path(), &["--dry-run"]);
    let forced = render(scratch.path(), &["--dry-run", "--force"]);
    let all = [&fine, &refused, &forced].map(shown);
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(all.join("\n== after two files were edited, without and with --force ==\n\n"));
    });
    assert_eq!(files(scratch.path()), edited);
    let real = render(scratch.path(), &[]);
    assert_eq!(
        (real.code, real.err),
        (refused.code, refused.err),
        "the real run says the same"
    );
    let check = render(scratch.path(), &["--check"]);
    assert_eq!(check.code, 1);
    assert!(
        check.err.contains("2 of these files were edited by hand"),
        "{}",
        check.err
    );
    edit(&gateway, "port: 81\n", "port: 80\n");
    edit(&route, "port: 8081\n", "port: 8080\n");
    assert_eq!(files(scratch.path()), before);

    fs::remove_dir_all(scratch.path().join("out")).unwrap();
    let first = render(scratch.path(), &["--dry-run"]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(
        first.out.lines().all(|line| line.starts_with("add    ")),
        "{}",
        first.out
    );
    assert!(!scratch.path().join("out").exists());
}

#[test]
fn switches_that_cannot_be_meant_together() {
    let scratch = rendered();
    let run = |words: &[&str], env: &[(&str, &str)]| {
        let run = gatewright(words).within(scratch.path());
        env.iter()
            .fold(run, |run, (name, value)| run.env(name, value))
            .said()
    };
    for (words, env, expected) in [
        (
            &["render", "--check"][..],
            &[][..],
            "`--check` needs `--output`",
        ),
        (
            &["render", "--dry-run"],
            &[],
            "`--dry-run` needs `--output`",
        ),
        (
            &["render"],
            &[("GATEWRIGHT_FORCE", "1")],
            "`--force` needs `--output`",
        ),
        (
            &["render", "-o", "out", "--check"],
            &[("GATEWRIGHT_DRY_RUN", "yes")],
            "`--check` and `--dry-run` cannot be used together",
        ),
    ] {
        let said = run(words, env);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{words:?}");
        assert!(said.err.contains(expected), "{}", said.err);
    }
    let off = [("GATEWRIGHT_CHECK", "false"), ("GATEWRIGHT_DRY_RUN", "0")];
    assert_eq!(
        run(&["render"], &off).code,
        0,
        "what is off asks for nothing"
    );
    assert_eq!(run(&["render", "-o", "out", "--check"], &off[1..]).code, 0);
    let dry = run(&["render", "-o", "out", "--dry-run"], &off[..1]);
    assert!(dry.err.contains("nothing was written"), "{}", dry.err);
}

#[cfg(unix)]
#[test]
fn a_change_touches_the_files_that_it_changes_and_a_route_that_is_gone_takes_its_file_along() {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;
    use std::os::unix::fs::MetadataExt as _;
    use std::time::SystemTime;

    let scratch = tempfile::tempdir().unwrap();
    let mut config = GOOD.to_owned();
    for number in 0..300 {
        writeln!(
            config,
            "    - name: r{number}\n      namespace: shop\n      parents: [{{gateway: apps}}]\n      \
             hostnames: [r{number}.example.com]\n      rules: [{{backends: [{{service: web}}]}}]"
        )
        .unwrap();
    }
    write(scratch.path(), &[("gatewright.yaml", &config)]);
    let stamps = || -> BTreeMap<String, (u64, SystemTime)> {
        let stamp = |(path, _): (String, String)| {
            let found = fs::metadata(scratch.path().join("out").join(&path)).unwrap();
            (path, (found.ino(), found.modified().unwrap()))
        };
        files(&scratch.path().join("out"))
            .into_iter()
            .map(stamp)
            .collect()
    };
    assert_eq!(render(scratch.path(), &[]).code, 0);
    let before = stamps();
    assert!(before.len() > 300);

    edit(
        &scratch.path().join("gatewright.yaml"),
        "[r77.example.com]",
        "[new.example.com]",
    );
    let one = render(scratch.path(), &[]);
    assert!(
        one.err.contains("out: 0 added, 1 changed, 0 removed"),
        "{}",
        one.err
    );
    let after = stamps();
    let touched: Vec<&String> = before
        .keys()
        .filter(|path| before[*path] != after[*path])
        .collect();
    assert_eq!(touched, ["manifests/shop/httproute-r77.yaml"]);

    let config = fs::read_to_string(scratch.path().join("gatewright.yaml")).unwrap();
    let start = config.find("    - name: r200\n").unwrap();
    let end = config.find("    - name: r201\n").unwrap();
    write(
        scratch.path(),
        &[(
            "gatewright.yaml",
            &(config[..start].to_owned() + &config[end..]),
        )],
    );
    let gone = render(scratch.path(), &[]);
    assert!(
        gone.err
            .contains("removed manifests/shop/httproute-r200.yaml, which the config no longer"),
        "{}",
        gone.err
    );
    let last = stamps();
    let touched: Vec<&String> = after
        .keys()
        .filter(|path| last.get(*path) != Some(&after[*path]))
        .collect();
    assert!(touched.iter().any(|path| *path == "kustomization.yaml"));
    let manifests = touched.iter().filter(|path| path.starts_with("manifests/"));
    assert!(manifests.eq(["manifests/shop/httproute-r200.yaml"].iter()));
}

#[test]
fn two_programs_at_once_never_mix_their_sets() {
    let scratch = rendered();
    let other = GOOD
        .replace("port: 80}", "port: 8000}")
        .replace("namespace: shop", "namespace: mall");
    write(scratch.path(), &[("other.yaml", &other)]);
    let run = |config: &str, out: &str| {
        gatewright(&["render", "-f", config, "-o", out])
            .within(scratch.path())
            .said()
    };
    let sets = ["gatewright.yaml", "other.yaml"].map(|config| {
        assert_eq!(run(config, &format!("alone-{config}")).code, 0);
        files(&scratch.path().join(format!("alone-{config}")))
    });
    for _ in 0..5 {
        let _ = fs::remove_dir_all(scratch.path().join("both"));
        let codes: Vec<(i32, String)> = std::thread::scope(|scope| {
            let runs = ["gatewright.yaml", "other.yaml", "gatewright.yaml"]
                .map(|config| scope.spawn(move || run(config, "both")));
            let said = runs.map(|run| run.join().unwrap());
            said.map(|said| (said.code, said.err)).into()
        });
        for (code, err) in codes {
            assert!(
                code == 0 || err.contains("another gatewright is at work"),
                "{err}"
            );
        }
        let found = files(&scratch.path().join("both"));
        assert!(sets.contains(&found), "{found:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_became_a_link_out_of_the_output_folder_is_left_alone() {
    let scratch = rendered();
    let (out, away) = (scratch.path().join("out"), scratch.path().join("away"));
    fs::rename(out.join("manifests"), &away).unwrap();
    std::os::unix::fs::symlink(&away, out.join("manifests")).unwrap();
    edit(
        &scratch.path().join("gatewright.yaml"),
        "port: 80}",
        "port: 8000}",
    );
    let before = files(&away);
    for words in [&[][..], &["--force"], &["--check"], &["--dry-run"]] {
        let said = render(scratch.path(), words);
        assert_eq!(said.code, 2, "{words:?}: {}", said.err);
        assert!(
            said.err.contains(
                "`out/manifests`: it is a symbolic link that leads out of the output folder; \
                 remove it"
            ),
            "{words:?}: {}",
            said.err
        );
        assert_eq!(files(&away), before);
    }
}

/// Root may write anywhere, so as root the program runs as a user who may not.
#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_and_stays_as_it_is() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    let scratch = rendered();
    edit(
        &scratch.path().join("gatewright.yaml"),
        "port: 80}",
        "port: 8000}",
    );
    let mode = |path: &str, mode: u32| {
        let path = scratch.path().join(path);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("", 0o755);
    for folder in ["out/manifests/shop", "out"] {
        mode(folder, 0o555);
    }
    let before = files(scratch.path());
    let mut command = Command::new(crate::program::binary());
    command
        .args(["render", "-o", "out"])
        .current_dir(scratch.path());
    if fs::metadata(scratch.path()).unwrap().uid() == 0 {
        command.uid(65534);
    }
    let Ok(said) = command.output() else {
        println!("the program stands where another user cannot run it");
        return;
    };
    assert_eq!(files(scratch.path()), before);
    for folder in ["out/manifests/shop", "out"] {
        mode(folder, 0o755);
    }
    let err = String::from_utf8(said.stderr).unwrap();
    assert_eq!(said.status.code(), Some(2), "{err}");
    assert!(
        err.contains("cannot write `RUNBOOK.md`: permission denied; nothing was changed (")
            || err.contains(
                "cannot write `manifests/shop/gateway-apps.yaml`: permission denied; nothing was \
                 changed ("
            ),
        "{err}"
    );
}
