//! The files by which other tools find the program, and the page that tells of them.

use std::fs;

use serde_json::Value;

use crate::cli::{GOOD, write};
use crate::program::{binary, gatewright, repository};

fn yaml(path: &str) -> Vec<Value> {
    use serde::Deserialize as _;
    let text = fs::read_to_string(repository().join(path)).unwrap();
    let documents = serde_yaml::Deserializer::from_str(&text);
    documents
        .map(|document| Value::deserialize(document).unwrap())
        .collect()
}

#[test]
fn the_hooks_of_pre_commit_are_commands_of_the_program() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("gatewright.yaml", GOOD)]);
    let hooks = yaml(".pre-commit-hooks.yaml").remove(0);
    let ids: Vec<_> = hooks
        .as_array()
        .unwrap()
        .iter()
        .map(|hook| &hook["id"])
        .collect();
    assert_eq!(
        ids,
        [
            "gatewright-check",
            "gatewright-render",
            "gatewright-render-check"
        ]
    );
    for hook in hooks.as_array().unwrap() {
        assert_eq!(
            (&hook["language"], &hook["pass_filenames"]),
            (&"system".into(), &false.into())
        );
        let pattern = regex::Regex::new(hook["files"].as_str().unwrap()).unwrap();
        for input in ["infra/gatewright.yaml", "edge/routes.yml", "edge/one.json"] {
            assert!(pattern.is_match(input), "{hook}: {input}");
        }
        if hook["id"] != "gatewright-check" {
            assert!(pattern.is_match("rendered/RUNBOOK.md"), "{hook}");
        }
        let entry = hook["entry"].as_str().unwrap().split(' ').skip(1);
        let args = hook["args"].as_array().into_iter().flatten();
        let args = args.map(|arg| arg.as_str().unwrap());
        let words: Vec<&str> = entry.chain(args).collect();
        let said = gatewright(&words).within(scratch.path()).said();
        assert_eq!(said.code, 0, "{words:?}: {}", said.err);
    }
    write(
        scratch.path(),
        &[("gatewright.yaml", &GOOD.replace("port: 80}", "port: 81}"))],
    );
    let check = gatewright(&["render", "--check", "--output", "rendered"]).within(scratch.path());
    assert_eq!(check.said().code, 1);
}

#[test]
fn the_files_for_ci_and_argo_cd_are_good_yaml() {
    let action = yaml("action.yml").remove(0);
    assert_eq!(action["runs"]["using"], "composite");
    for step in action["runs"]["steps"].as_array().unwrap() {
        assert_eq!(step["shell"], "bash");
        assert!(step.get("uses").is_none(), "nothing is fetched: {step}");
    }
    let gitlab = yaml("examples/gitops/.gitlab-ci.yml").remove(0);
    assert_eq!(gitlab["edge"]["script"][0], "sh ci/pipeline.sh");
    let sidecar = yaml("examples/gitops/argocd/sidecar.yaml").remove(0);
    let container = &sidecar["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["securityContext"]["runAsUser"], 999);
    assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true);
}

#[test]
fn the_image_has_one_binary_and_runs_as_nobody() {
    let text = fs::read_to_string(repository().join("Dockerfile")).unwrap();
    let (_, last) = text.rsplit_once("\nFROM ").unwrap();
    assert!(
        last.starts_with("scratch\n") && last.contains("\nUSER 65534:65534\n"),
        "{last}"
    );
    for line in last.lines().filter(|line| line.starts_with("COPY ")) {
        let from = line
            .split(' ')
            .find(|word| !word.starts_with("COPY") && !word.starts_with("--"));
        let from = from.unwrap();
        assert!(
            from == "/gatewright" || repository().join(from).is_file(),
            "{line}"
        );
    }
}

/// The page quotes files word for word, so that what it shows is what the tests run.
#[test]
fn the_page_shows_what_the_files_say() {
    let page = fs::read_to_string(repository().join("docs/integrations.md")).unwrap();
    let mut blocks = page.split("```").skip(1).step_by(2);
    let mut shown = 0;
    for block in blocks.by_ref() {
        let (head, body) = block.split_once('\n').unwrap();
        let Some((_, file)) = head.split_once(' ') else {
            continue;
        };
        let text = fs::read_to_string(repository().join(file)).unwrap();
        assert!(
            text.contains(body),
            "docs/integrations.md shows of {file} what it does not say:\n{body}"
        );
        shown += 1;
    }
    assert_eq!(shown, 5, "blocks that name their file");
}

#[test]
#[cfg(unix)]
fn kubectl_finds_the_program_as_a_plugin() {
    let scratch = tempfile::tempdir().unwrap();
    let plugin = scratch.path().join("kubectl-gatewright");
    std::os::unix::fs::symlink(binary(), &plugin).unwrap();
    let help = std::process::Command::new(&plugin)
        .args(["render", "--help"])
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("Usage: kubectl gatewright render"), "{help}");
    let mut path = std::ffi::OsString::from(scratch.path());
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());
    let words = ["gatewright", "explain", "spec.mesh"];
    let run = std::process::Command::new("kubectl")
        .args(words)
        .env("PATH", path)
        .output();
    match run {
        Ok(output) => {
            let plain = gatewright(&["explain", "spec.mesh"]).said();
            assert_eq!(String::from_utf8(output.stdout).unwrap(), plain.out);
        }
        Err(error) => println!("no kubectl here ({error}): the plugin is not tried"),
    }
}
