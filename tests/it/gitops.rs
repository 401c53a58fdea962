//! The example pipeline, and the steps of the action, in a git repository of their own.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::krm::{make_executable, tool};
use crate::program::{Said, binary, repository};

/// Runs a program with the built one on the path; it is expected to be there.
fn run(folder: &Path, words: &[&str], env: &[(&str, &str)]) -> Said {
    let bin = binary();
    let mut path = OsString::from(bin.parent().unwrap());
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).current_dir(folder).env_clear();
    command
        .env("PATH", path)
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.envs(env.iter().copied()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn git(folder: &Path, words: &[&str]) {
    let identity = ["git", "-c", "user.name=A", "-c", "user.email=a@example.com"];
    let said = run(folder, &[&identity[..], words].concat(), &[]);
    assert_eq!(said.code, 0, "git {words:?}: {}", said.err);
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", message]);
}

fn render(folder: &Path) -> Said {
    let said = run(
        folder,
        &["gatewright", "render", "-f", "edge", "-o", "rendered"],
        &[],
    );
    assert_eq!(said.code, 0, "{}", said.err);
    said
}

fn edit(folder: &Path, from: &str, to: &str) {
    let file = folder.join("edge/gatewright.yaml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from));
    fs::write(file, text.replace(from, to)).unwrap();
}

/// The example as a repository, with its output committed on `main` and a branch checked out.
fn example() -> TempDir {
    let scratch = tempfile::tempdir().unwrap();
    let from = repository().join("examples/gitops");
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.unwrap();
        let to = scratch
            .path()
            .join(entry.path().strip_prefix(&from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    git(
        scratch.path(),
        &["init", "--quiet", "--initial-branch=main", "."],
    );
    commit(scratch.path(), "The config");
    render(scratch.path());
    commit(scratch.path(), "Its output");
    git(scratch.path(), &["checkout", "--quiet", "-b", "change"]);
    scratch
}

#[test]
fn the_pipeline_checks_compares_and_comments() {
    let scratch = example();
    let folder = scratch.path();
    let pipeline = |base: &str| {
        run(
            folder,
            &["sh", "ci/pipeline.sh"],
            &[
                ("BASE", base),
                ("GATEWRIGHT_FORMAT", "json"),
                ("GATEWRIGHT_DRY_RUN", "true"),
                ("GATEWRIGHT_MAP", "-"),
            ],
        )
    };
    let comment = || fs::read_to_string(folder.join("comment.md")).unwrap();
    let first = pipeline("main~1");
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    assert!(comment().contains("15 added"), "{}", comment());
    let same = pipeline("main");
    assert_eq!(same.code, 0, "{}", same.err);
    assert!(comment().starts_with("### No differences"), "{}", comment());

    edit(folder, "port: 443", "port: 8443");
    let stale = pipeline("main");
    assert_eq!(stale.code, 1, "{}", stale.err);
    assert!(stale.out.contains("+    port: 8443"), "{}", stale.out);
    let rendered = render(folder);
    assert!(
        rendered.err.contains("0 added, 2 changed, 0 removed"),
        "{}",
        rendered.err
    );
    let fine = pipeline("main");
    assert_eq!(fine.code, 0, "{}", fine.err);
    let text = comment();
    assert!(text.contains("1 object differs (1 changed)"), "{text}");
    assert!(text.contains("-    port: 443\n+    port: 8443\n"), "{text}");

    edit(folder, "service: httpbin, port", "service: htpbin, port");
    let wrong = pipeline("main");
    assert_eq!(wrong.code, 1, "{}", wrong.err);
    assert!(
        wrong.out.contains("unknown-service"),
        "{}{}",
        wrong.out,
        wrong.err
    );
    assert!(
        comment().contains("1 object differs"),
        "a comment is written all the same"
    );
    assert_eq!(pipeline("nowhere").code, 2);
}

#[test]
fn argo_cd_generates_what_is_committed() {
    let scratch = example();
    let folder = scratch.path();
    let plugin = fs::read_to_string(folder.join("argocd/plugin.yaml")).unwrap();
    let plugin: Value = serde_yaml::from_str(&plugin).unwrap();
    assert_eq!(plugin["kind"], "ConfigManagementPlugin");
    let command = |path: &str| -> Vec<String> {
        let words = plugin["spec"]
            .pointer(path)
            .unwrap()
            .as_array()
            .unwrap()
            .iter();
        words
            .map(|word| word.as_str().unwrap().to_owned())
            .collect()
    };
    let in_the_app = |words: Vec<String>| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        run(&folder.join("edge"), &words, &[("ARGOCD_APP_NAME", "edge")])
    };
    let found = in_the_app(command("/discover/find/command"));
    assert_eq!(
        (found.code, found.out.as_str()),
        (0, "gatewright.yaml\n"),
        "{}",
        found.err
    );
    let generated = in_the_app(command("/generate/command"));
    assert_eq!(generated.code, 0, "{}", generated.err);
    fs::write(folder.join("generated.yaml"), &generated.out).unwrap();
    let words = ["gatewright", "diff", "rendered/manifests", "generated.yaml"];
    let same = run(folder, &words, &[]);
    assert_eq!(same.code, 0, "{}{}", same.out, same.err);
    let elsewhere = folder.join("ci");
    assert_eq!(
        run(&elsewhere, &["gatewright", "cmp", "discover"], &[]).out,
        ""
    );
}

#[test]
fn the_kustomization_of_the_example_builds() {
    let scratch = example();
    let folder = scratch.path().join("kustomize");
    make_executable(&folder.join("gatewright-fn"));
    let words = [
        "kustomize",
        "build",
        "--enable-alpha-plugins",
        "--enable-exec",
        ".",
    ];
    let Some(built) = tool(&folder, &words) else {
        return;
    };
    let text = String::from_utf8(built.stdout).unwrap();
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8(built.stderr).unwrap()
    );
    assert!(
        text.contains("kind: HTTPRoute") && text.contains("kind: Namespace"),
        "{text}"
    );
}

/// The shell parts of the action, with the variables that each asks for.
fn steps() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(repository().join("action.yml")).unwrap();
    let action: Value = serde_yaml::from_str(&text).unwrap();
    let steps = action["runs"]["steps"].as_array().unwrap().iter();
    steps
        .map(|step| {
            let names = step["env"].as_object().unwrap().keys().cloned().collect();
            (step["run"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

#[test]
fn the_steps_of_the_action_run_and_take_inputs_as_data_alone() {
    let scratch = example();
    let folder = scratch.path();
    edit(folder, "port: 443", "port: 8443");
    render(folder);
    git(folder, &["update-ref", "refs/remotes/origin/main", "main"]);
    let steps = steps();
    for (script, _) in &steps {
        assert!(
            !script.contains("${{"),
            "inputs reach a script through its environment: {script}"
        );
    }
    let files = ["path", "output", "summary"].map(|name| folder.join(name).display().to_string());
    let action = repository().display().to_string();
    let bin = binary().display().to_string();
    let evil = "x$(touch injected)`touch injected`; touch injected";
    let mut env = vec![
        ("BINARY", bin.as_str()),
        ("ACTION", &action),
        ("CONFIG", "edge"),
        ("RENDERED", "rendered"),
        ("BASE", ""),
        ("BASE_REF", "main"),
        ("COMMENT", "the comment.md"),
        ("MAX_BYTES", "65000"),
        ("GITHUB_PATH", &files[0]),
        ("GITHUB_OUTPUT", &files[1]),
        ("GITHUB_STEP_SUMMARY", &files[2]),
    ];
    for (script, names) in &steps {
        for name in names {
            assert!(env.iter().any(|(known, _)| known == name), "{name}");
        }
        let said = run(folder, &["bash", "-c", script], &env);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    }
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let parent = binary().parent().unwrap().display().to_string();
    assert_eq!(read("path"), format!("{parent}\n"));
    assert!(
        read("output").contains("\nthe comment.md\n"),
        "{}",
        read("output")
    );
    assert!(
        read("summary").contains("1 object differs"),
        "{}",
        read("summary")
    );
    assert_eq!(read("summary"), read("the comment.md"));
    for name in ["CONFIG", "RENDERED", "BASE", "BASE_REF", "MAX_BYTES"] {
        let at = env.iter().position(|(known, _)| *known == name).unwrap();
        let before = std::mem::replace(&mut env[at].1, evil);
        let said = run(folder, &["bash", "-c", &steps[1].0], &env);
        assert_ne!(said.code, 0, "{name}: {}", said.out);
        env[at].1 = before;
        assert!(!folder.join("injected").exists(), "{name}");
    }
}
