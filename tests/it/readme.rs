//! The commands of the README, run with the built program.
//!
//! A block of ```` ```sh ```` is run line by line, but for lines that need a cluster or a program
//! which the tests do not have: those that name one of [`ELSEWHERE`]. What a reader is only shown
//! stands in a block of another kind, such as ```` ```console ````.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{binary, gatewright, repository};

/// Lines with one of these words are for a cluster or the network, or would build or test anew.
const ELSEWHERE: &[&str] = &[
    "kubectl",
    "helm",
    "istioctl",
    "openssl",
    "curl",
    "git",
    "argocd",
    "flux",
    "cargo build",
    "cargo test",
    "cargo install",
    "cargo bench",
    ".ci/run",
];

/// The commands of all blocks of `sh`, those that go on in the next line put together.
fn commands(page: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut inside = false;
    let mut begun = String::new();
    for line in page.lines() {
        if let Some(kind) = line.trim_start().strip_prefix("```") {
            inside = !inside && kind.trim() == "sh";
            continue;
        }
        let line = line.trim();
        if !inside || line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(part) = line.strip_suffix('\\') {
            begun.push_str(part);
            continue;
        }
        all.push(std::mem::take(&mut begun) + line);
    }
    all
}

fn needs_more(command: &str) -> bool {
    let word = |part: &str| part.chars().all(|c| !c.is_alphanumeric());
    ELSEWHERE.iter().any(|name| {
        command.match_indices(name).any(|(at, _)| {
            word(
                command[..at]
                    .get(at.saturating_sub(1)..)
                    .unwrap_or_default(),
            ) && word(command[at + name.len()..].get(..1).unwrap_or_default())
        })
    })
}

/// The command with the built program in the place of a build of it.
fn with_binary(command: &str) -> String {
    let binary = binary();
    let binary = binary.to_str().unwrap();
    let command = command
        .replace("cargo run --release --", binary)
        .replace("cargo run --", binary);
    match command.strip_prefix("gatewright ") {
        Some(rest) => format!("{binary} {rest}"),
        None => command.replace("| gatewright ", &format!("| {binary} ")),
    }
}

/// What the commands read, in a folder where they may write.
fn working_copy(to: &Path) {
    for folder in [
        "examples/httpbin",
        "examples/httpbin-oidc",
        "templates",
        "schema",
    ] {
        let from = repository().join(folder);
        fs::create_dir_all(to.join(folder)).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                fs::copy(entry.path(), to.join(folder).join(entry.file_name())).unwrap();
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn the_commands_of_the_readme_work() {
    let Ok(page) = fs::read_to_string(repository().join("README.md")) else {
        println!("there is no README.md");
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    working_copy(scratch.path());
    let mut done = 0;
    for command in commands(&page) {
        if needs_more(&command) {
            println!("not run, for it needs more than this program: {command}");
            continue;
        }
        let mut shell = Command::new("sh");
        let output = shell
            .args(["-ec", &with_binary(&command)])
            .current_dir(scratch.path());
        let output = output.output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}\n{err}");
        done += 1;
    }
    assert!(done > 0, "the README has no command that can be run");
}

/// The block of the page that begins with a line like this.
#[cfg(unix)]
fn block(page: &str, begin: &str) -> String {
    let at = page.find(&format!("\n{begin}")).unwrap() + 1;
    let end = at + page[at..].find("\n```").unwrap() + 1;
    page[at..end].to_owned()
}

#[test]
#[cfg(unix)]
fn what_the_readme_shows_is_what_comes_out() {
    let page = fs::read_to_string(repository().join("README.md")).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    working_copy(scratch.path());
    let said = gatewright(&["render", "-f", "examples/httpbin"])
        .within(scratch.path())
        .said();
    assert_eq!(said.code, 0, "{}", said.err);
    let route = block(
        &page,
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute",
    );
    assert!(said.out.contains(&route), "{route}");

    let example = scratch.path().join("examples/httpbin");
    let config = example.join("gatewright.yaml");
    let text = fs::read_to_string(&config).unwrap();
    let slip = text.replace(
        "backends: [{service: httpbin",
        "backends: [{service: htpbin",
    );
    fs::write(&config, slip).unwrap();
    let said = gatewright(&["check"]).within(&example).said();
    assert_eq!(said.code, 1);
    let mistake = block(&page, "error[unknown-service]");
    assert!(said.out.contains(&mistake), "{}", said.out);
}

#[test]
fn which_lines_are_run() {
    let page = "```sh\ncargo run --release -- render \\\n  -f examples/httpbin\n# no\nkubectl get x\n```\n```console\n$ x\n```\n";
    assert_eq!(
        commands(page),
        [
            "cargo run --release -- render -f examples/httpbin",
            "kubectl get x"
        ]
    );
    for line in [
        "kubectl apply -k x",
        "gatewright render | kubectl apply -f -",
        "cargo build",
        "cargo test",
    ] {
        assert!(needs_more(line), "{line}");
    }
    for line in [
        "gatewright render -f digit.yaml",
        "cargo run --release -- schema",
    ] {
        assert!(!needs_more(line), "{line}");
    }
}
