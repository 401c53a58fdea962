//! As the external tool of kubectl and git.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::thread;

use crate::git_repository::{Repository, config_map};
use crate::program::{binary, gatewright};

fn texts(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn the_folders_of_kubectl() {
    let folder = tempfile::tempdir().unwrap();
    let (live, merged) = (folder.path().join("LIVE-1"), folder.path().join("MERGED-2"));
    for side in [&live, &merged] {
        fs::create_dir(side).unwrap();
        fs::write(side.join("v1.ConfigMap.default.a"), config_map("a", "one")).unwrap();
    }
    let route =
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r.x}\n";
    let run = || {
        let words = [
            live.to_str().unwrap(),
            merged.to_str().unwrap(),
            "diff",
            "--color=never",
        ];
        gatewright(&words)
            .env("KUBECTL_EXTERNAL_DIFF", "gatewright diff --color=never")
            .said()
    };
    let same = run();
    assert_eq!((same.code, same.err.as_str()), (0, ""));
    fs::write(
        merged.join("gateway.networking.k8s.io.v1.HTTPRoute..r.x"),
        route,
    )
    .unwrap();
    let added = run();
    assert_eq!((added.code, added.err.as_str()), (1, ""));
    assert!(added.out.contains("1 added"), "{}", added.out);
    fs::write(merged.join("v1.ConfigMap.default.a"), "kind: [").unwrap();
    let trouble = run();
    assert_eq!(trouble.code, 2);
}

/// What an API server answers that knows one config map, whose every change is to `new`.
fn answer(stream: TcpStream) -> Option<()> {
    let live = r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"default"},"data":{"key":"old"}}"#;
    let mut reader = BufReader::new(stream);
    loop {
        let mut first = String::new();
        reader
            .read_line(&mut first)
            .ok()
            .filter(|length| *length > 0)?;
        let mut length = 0;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            let header = header.trim().to_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if header.is_empty() {
                break;
            }
        }
        reader.read_exact(&mut vec![0; length]).ok()?;
        let path = first.split([' ', '?']).nth(1)?;
        let (status, body) = match path {
            _ if first.starts_with("PATCH") => ("200 OK", live.replace("old", "new")),
            "/api" => ("200 OK", r#"{"kind":"APIVersions","versions":["v1"]}"#.to_owned()),
            "/apis" => ("200 OK", r#"{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"#.to_owned()),
            "/api/v1" => (
                "200 OK",
                r#"{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"configmaps","singularName":"","namespaced":true,"kind":"ConfigMap","verbs":["get","list","patch","create"]}]}"#.to_owned(),
            ),
            "/api/v1/namespaces/default/configmaps/a" => ("200 OK", live.to_owned()),
            _ => (
                "404 Not Found",
                r#"{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}"#.to_owned(),
            ),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        reader.get_mut().write_all((head + &body).as_bytes()).ok()?;
    }
}

#[test]
fn kubectl_itself() {
    let has_kubectl = Command::new("kubectl")
        .args(["version", "--client"])
        .output();
    if !has_kubectl.is_ok_and(|output| output.status.success()) {
        println!("there is no kubectl here");
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    let run = |value: &str, external: &str| {
        fs::write(&file, config_map("a", value)).unwrap();
        let mut command = Command::new("kubectl");
        command
            .args([
                "--kubeconfig=/dev/null",
                "--server",
                &server,
                "diff",
                "--server-side",
            ])
            .args(["-f", file.to_str().unwrap()])
            .env("HOME", folder.path())
            .env("KUBECTL_EXTERNAL_DIFF", external)
            .env_remove("GATEWRIGHT_FORMAT");
        texts(&command.output().unwrap())
    };
    let external = format!("{} diff", binary().display());
    let (code, out, err) = run("new", &external);
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("1 changed"), "{out}{err}");
    let (code, out, err) = run("new", &format!("{external} --exit-zero"));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("1 changed"), "{out}{err}");
}

/// A repository with one of each: an object that changes, one that is renamed, one that comes, one
/// that goes, a text, and bytes.
fn changed() -> Repository {
    let repository = Repository::new();
    repository
        .write("a.yaml", &config_map("a", "one"))
        .write(
            "same.yaml",
            "apiVersion: v1\nkind: A\nmetadata: {name: a, labels: {x: z}}\n",
        )
        .write(
            "old.yaml",
            &format!(
                "{}  more: \"{}\"\n",
                config_map("r", "one"),
                "x".repeat(200)
            ),
        )
        .write("gone.yaml", &config_map("gone", "one"))
        .write("README.md", "one\ntwo\n")
        .write("-dash.yaml", &config_map("dash", "one"))
        .write("bytes.bin", "\0\u{1}")
        .commit();
    repository
        .write("a.yaml", &config_map("a", "two"))
        .write(
            "same.yaml",
            "# a\napiVersion: v1\nkind: A\nmetadata:\n  labels: {x: z}\n  name: a\n",
        )
        .write(
            "new.yaml",
            &format!(
                "{}  more: \"{}\"\n",
                config_map("r", "two"),
                "x".repeat(200)
            ),
        )
        .write(
            "come.yaml",
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: new}\n",
        )
        .write("README.md", "one\nthree\n")
        .write("-dash.yaml", &config_map("dash", "two"))
        .write("bytes.bin", "\0\u{2}");
    for name in ["gone.yaml", "old.yaml"] {
        fs::remove_file(repository.join(name)).unwrap();
    }
    repository.git(&["add", "--all"]);
    repository
}

#[test]
fn the_external_diff_of_git() {
    let repository = changed();
    let (code, out, err) = texts(&repository.git_diff("", &["HEAD", "--find-renames"]));
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let of = |path: &str| {
        let start = format!("diff --git a/{path} ");
        let at = out
            .find(&start)
            .unwrap_or_else(|| panic!("{path} in {out}"));
        let rest = &out[at..];
        rest[..rest[1..]
            .find("diff --git")
            .map_or(rest.len(), |end| end + 1)]
            .to_owned()
    };
    assert!(of("a.yaml").contains("1 changed"), "{out}");
    assert!(of("-dash.yaml").contains("1 changed"), "{out}");
    assert!(of("come.yaml").contains("1 added"), "{out}");
    assert!(of("gone.yaml").contains("1 removed"), "{out}");
    assert!(
        of("same.yaml").ends_with("the same objects in another text\n"),
        "{out}"
    );
    assert!(
        of("README.md")
            .ends_with("--- a/README.md\n+++ b/README.md\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n"),
        "{out}"
    );
    assert!(
        of("bytes.bin").ends_with("Binary files a/bytes.bin and b/bytes.bin differ\n"),
        "{out}"
    );
    let renamed = of("old.yaml");
    assert!(
        renamed.starts_with("diff --git a/old.yaml b/new.yaml\nsimilarity index "),
        "{out}"
    );
    assert!(
        renamed.contains("rename from old.yaml\nrename to new.yaml\n"),
        "{out}"
    );
    assert!(renamed.contains("1 changed"), "{out}");
}

/// What cannot be read as objects cannot be masked either.
#[test]
fn broken_secrets_are_not_shown_to_git() {
    let secret = |value: &str, end: &str| {
        format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\ndata:\n  k: {value}\n{end}")
    };
    let repository = Repository::new();
    repository
        .write("secret.yaml", &secret("aHVudGVyMg==", ""))
        .write("map.yaml", &config_map("a", "one"))
        .commit();
    repository
        .write("secret.yaml", &secret("aHVudGVyMw==", "  x: [\n"))
        .write("map.yaml", &format!("{}x: [\n", config_map("a", "two")));
    let (code, out, err) = texts(&repository.git_diff("", &[]));
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(!out.contains("aHVud"), "{out}");
    assert!(
        out.contains("a/secret.yaml and b/secret.yaml differ; their lines are not shown"),
        "{out}"
    );
    assert!(out.contains("+x: [\n"), "{out}");
}

#[test]
fn a_driver_of_attributes_and_its_exit_code() {
    let repository = Repository::new();
    repository
        .write("a.yaml", &config_map("a", "one"))
        .write("b.txt", "one\n")
        .write(".gitattributes", "*.yaml diff=gatewright\n")
        .commit();
    repository
        .write("a.yaml", &config_map("a", "two"))
        .write("b.txt", "two\n");
    let command = format!("{} diff", binary().display());
    repository.git(&["config", "diff.gatewright.command", &command]);
    let out = repository.git(&["diff"]);
    assert!(out.contains("1 changed"), "{out}");
    assert!(out.contains("--- a/b.txt\n"), "{out}");
    // Git takes any other exit code for a failure, unless it was told to trust it.
    repository.git(&[
        "config",
        "diff.gatewright.command",
        &format!("{command} --exit-code"),
    ]);
    let (code, _, err) = texts(&repository.try_git(&["diff", "a.yaml"]));
    assert_eq!(code, 128);
    assert!(err.contains("external diff died"), "{err}");
}

#[test]
fn a_script_of_the_driver_that_names_two_files() {
    let repository = Repository::new();
    repository.write("a.yaml", &config_map("a", "one")).commit();
    repository.write("a.yaml", &config_map("a", "two"));
    let external = format!(
        "diff.external=f() {{ {} diff \"$2\" \"$5\"; }}; f",
        binary().display()
    );
    let (code, out, err) = texts(&repository.try_git(&["-c", &external, "diff"]));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("1 changed"), "{out}");
}

#[test]
fn a_path_that_is_not_merged() {
    let repository = Repository::new();
    repository.write("a.yaml", &config_map("a", "one")).commit();
    repository.git(&["checkout", "--quiet", "-b", "other"]);
    repository.write("a.yaml", &config_map("a", "two")).commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository
        .write("a.yaml", &config_map("a", "three"))
        .commit();
    assert!(
        !repository
            .try_git(&["merge", "--quiet", "other"])
            .status
            .success()
    );
    let (code, out, err) = texts(&repository.git_diff("", &["--cached"]));
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("* Unmerged path a.yaml\n"), "{out}");
}
