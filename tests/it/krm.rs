//! The program as a KRM function: by the protocol, and run by kustomize and kpt where they are.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::cli::{GOOD, bad, write};
use crate::program::{Said, binary, gatewright, repository};

/// A list with these items, indented as items are, and a config.
pub(crate) fn list(items: &str, config: &str) -> String {
    let config = config.lines().map(|line| format!("  {line}\n"));
    format!(
        "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n{items}functionConfig:\n{}",
        config.collect::<String>()
    )
}

const OTHER: &str = "\
# of others
- apiVersion: v1
  kind: ConfigMap # kept
  metadata:
    annotations:
      config.kubernetes.io/index: '0'
      internal.config.kubernetes.io/path: 'other.yaml'
    name:   other
  data: {on: 'off'}
";

/// The small config in a mesh, so that it has patches.
fn in_the_mesh() -> String {
    GOOD.replace("spec:\n", "spec:\n  mesh: {mode: sidecar}\n")
        .replace("shop, ports", "shop, inMesh: true, ports")
}

fn run(input: &str) -> Said {
    gatewright(&["fn"]).input(input).said()
}

fn fine(input: &str) -> String {
    let said = run(input);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    said.out
}

fn value(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn kinds(text: &str) -> Vec<String> {
    let list = value(text);
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_is_rendered_is_added_and_the_rest_is_kept_to_the_byte() {
    let input = list(OTHER, GOOD);
    let out = fine(&input);
    let (before, after) = input.split_once("functionConfig:").unwrap();
    assert!(out.starts_with(before), "{out}");
    assert!(out.contains(&format!("functionConfig:{after}")), "{out}");
    assert_eq!(
        kinds(&out),
        ["ConfigMap", "Gateway", "GatewayClass", "HTTPRoute"]
    );
    let path = &value(&out)["items"][3]["metadata"]["annotations"];
    assert_eq!(
        path["internal.config.kubernetes.io/path"],
        "manifests/shop/httproute-web.yaml"
    );
    assert_eq!(fine(&out), out, "a second run changes nothing");
}

#[test]
fn the_objects_are_those_that_render_prints() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", GOOD)]);
    let rendered = gatewright(&["render", "-f", "edge.yaml"])
        .within(scratch.path())
        .said();
    let out = value(&fine(&list("", GOOD).replace("items:\n", "")));
    for (item, text) in out["items"]
        .as_array()
        .unwrap()
        .iter()
        .zip(rendered.out.split("---\n"))
    {
        let mut item = item.clone();
        item["metadata"]
            .as_object_mut()
            .unwrap()
            .shift_remove("annotations");
        assert_eq!(item, value(text));
    }
}

#[test]
fn objects_of_a_former_run_are_replaced_where_they_stand_and_removed_when_they_go() {
    let first = fine(&list(OTHER, GOOD));
    let moved = first.replace("manifests/shop/gateway-apps.yaml", "gateways/apps.yaml");
    let changed = fine(&moved.replace("port: 80}", "port: 81}"));
    let gateway = &value(&changed)["items"][1];
    assert_eq!(gateway["spec"]["listeners"][0]["port"], 81);
    assert_eq!(
        gateway["metadata"]["annotations"]["internal.config.kubernetes.io/path"],
        "gateways/apps.yaml"
    );
    assert_eq!(
        fine(&changed),
        changed,
        "its header is that of the new state"
    );
    let start = changed.find("  routes:").unwrap();
    let fewer = fine(&format!("{}{}", &changed[..start], "  routes: []\n"));
    assert_eq!(kinds(&fewer), ["ConfigMap", "Gateway", "GatewayClass"]);
    let nothing = fewer.replace("items:\n# of others", "items:\n# of mine");
    assert!(fine(&nothing).contains("# of mine\n"));
}

#[test]
fn what_others_made_or_changed_stands_in_the_way() {
    let first = fine(&list(OTHER, GOOD));
    let edited = first.replace("gatewayClassName: eg", "gatewayClassName: mine");
    let said = run(&edited);
    assert_eq!(said.code, 1);
    let out = value(&said.out);
    assert_eq!(
        out["items"],
        value(&edited)["items"],
        "the items are as they came"
    );
    let result = &out["results"][0];
    assert_eq!(result["tags"]["code"], "edited-by-hand");
    assert_eq!(result["resourceRef"]["kind"], "Gateway");
    assert_eq!(result["file"]["path"], "manifests/shop/gateway-apps.yaml");
    assert!(said.err.contains("edited-by-hand"), "{}", said.err);

    let anonymous: String = edited
        .lines()
        .map(|line| match line.find("# Generated") {
            Some(_) => "- # somebody's\n".to_owned(),
            None => format!("{line}\n"),
        })
        .collect();
    let said = run(&anonymous);
    assert_eq!(said.code, 1);
    assert_eq!(
        value(&said.out)["results"][0]["tags"]["code"],
        "not-rendered-here"
    );
    let same = anonymous.replace("gatewayClassName: mine", "gatewayClassName: eg");
    assert_eq!(fine(&same), same, "what is the same is no matter");
}

#[test]
fn findings_are_results_with_their_field_and_file() {
    let config = bad().replace("{name: small}", "{name: small, annotations: {config.kubernetes.io/path: infra/edge.yaml, config.kubernetes.io/index: '2'}}");
    let said = run(&list(OTHER, &config));
    assert_eq!(said.code, 1);
    let out = value(&said.out);
    assert_eq!(
        out["items"].as_array().unwrap().len(),
        1,
        "nothing was added"
    );
    let results = out["results"].as_array().unwrap();
    let unknown = results
        .iter()
        .find(|r| r["tags"]["code"] == "unknown-field")
        .unwrap();
    insta::assert_snapshot!(serde_yaml::to_string(unknown).unwrap());
    assert!(said.err.contains("infra/edge.yaml:"), "{}", said.err);
}

#[test]
fn patches_are_applied_to_the_items_that_they_are_for() {
    let service = "\
- apiVersion: v1
  kind: Service
  metadata: {name: envoy-gateway, namespace: envoy-gateway-system}
  spec:
    ports:
    - {name: grpc, port: 18000}
    - {name: metrics, port: 19001}
- apiVersion: v1
  kind: Namespace
  metadata: {name: shop, labels: {team: web}}
";
    let config = in_the_mesh();
    let out = fine(&list(service, &config));
    let found = value(&out);
    let ports = found["items"][0]["spec"]["ports"].as_array().unwrap();
    assert_eq!(
        (ports.len(), &ports[0]["appProtocol"]),
        (2, &Value::from("tls"))
    );
    let labels = &found["items"][1]["metadata"]["labels"];
    assert_eq!(
        (&labels["team"], &labels["istio-injection"]),
        (&"web".into(), &"enabled".into())
    );
    let missing: Vec<_> = found["results"].as_array().unwrap().iter().collect();
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert_eq!(missing[0]["severity"], "info");
    assert!(
        missing[0]["message"]
            .as_str()
            .unwrap()
            .contains("`Namespace/envoy-gateway-system`")
    );
    assert_eq!(fine(&out), out);
}

#[test]
fn configs_among_the_items_count_where_there_is_no_other() {
    let indented = |text: &str| {
        let indented = text.trim_end().replace('\n', "\n  ");
        format!("- {indented}\n")
    };
    let services = "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nmetadata: {name: small, annotations: {config.kubernetes.io/path: b.yaml}}\nspec:\n  services: [{name: api, namespace: shop, ports: [80]}]\n";
    let items = indented(GOOD) + &indented(services);
    let head = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n";
    let out = fine(&format!("{head}items:\n{items}"));
    assert_eq!(kinds(&out).len(), 5, "{out}");
    let parameters = |data: &str| {
        run(&list(
            &items,
            &format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\n{data}"),
        ))
    };
    assert_eq!(parameters("").code, 0);
    for (data, said) in [
        (
            "data: {environment: prod}\n",
            "the parameter `environment` is `prod`",
        ),
        ("data: {clustr: eu}\n", "Did you mean `cluster`?"),
    ] {
        let refused = parameters(data);
        assert_eq!(refused.code, 1);
        let message = &value(&refused.out)["results"][0]["message"];
        assert!(message.as_str().unwrap().contains(said), "{message}");
    }
    let none = run(&format!("{head}items:\n{OTHER}"));
    assert_eq!(
        (none.code, &value(&none.out)["results"][0]["tags"]["code"]),
        (1, &"no-config".into())
    );
    let twice = run(&list(&items, GOOD));
    assert_eq!(
        twice.code, 0,
        "the functionConfig counts alone: {}",
        twice.err
    );
}

#[test]
fn a_list_in_json_is_taken_and_what_is_no_list_is_refused() {
    let block = value(&list(OTHER, GOOD));
    let out = fine(&block.to_string());
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["items"], value(&fine(&list(OTHER, GOOD)))["items"]);
    let failed = run(&block.to_string().replace("8080", "\"x\""));
    let json: Value = serde_json::from_str(&failed.out).unwrap();
    assert_eq!(
        (failed.code, &json["results"][0]["severity"]),
        (1, &"error".into())
    );
    for text in ["", "a: [", "kind: List\napiVersion: v1\nitems: []\n"] {
        let said = run(text);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        assert!(said.err.contains("help: "), "{}", said.err);
    }
}

#[test]
fn resources_are_read_from_the_working_folder() {
    let config = fs::read_to_string(repository().join("examples/httpbin/gatewright.yaml")).unwrap();
    let said = gatewright(&["fn"])
        .within(&repository().join("examples/httpbin"))
        .input(&list("", &config))
        .said();
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(kinds(&said.out).contains(&"Deployment".to_owned()));
    let elsewhere = tempfile::tempdir().unwrap();
    let said = gatewright(&["fn"])
        .within(elsewhere.path())
        .input(&list("", &config))
        .said();
    assert_eq!(said.code, 1);
    let results = value(&said.out)["results"].clone();
    let missing = results
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["severity"] == "error")
        .unwrap();
    assert_eq!(missing["tags"]["code"], "unreadable-file");
    assert!(
        !results
            .to_string()
            .contains(elsewhere.path().to_str().unwrap()),
        "{results}"
    );
}

/// Runs a tool in a folder, with the built program on the path; none where there is no such tool.
pub(crate) fn tool(folder: &Path, words: &[&str]) -> Option<Output> {
    let bin = binary();
    let mut path = OsString::from(bin.parent().unwrap());
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    match Command::new(words[0])
        .args(&words[1..])
        .current_dir(folder)
        .env("PATH", path)
        .output()
    {
        Ok(output) => Some(output),
        Err(error) => {
            println!("no {} here ({error}): it is not tried", words[0]);
            None
        }
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn kpt_renders_into_its_package_and_again_after_a_change() {
    let scratch = tempfile::tempdir().unwrap();
    let kptfile = "apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: {name: edge}\n";
    let local = "{name: small, annotations: {config.kubernetes.io/local-config: \"true\"}}";
    let config = GOOD.replace("{name: small}", local);
    write(
        scratch.path(),
        &[("Kptfile", kptfile), ("edge.yaml", &config)],
    );
    let words = ["kpt", "fn", "eval", ".", "--exec", "gatewright fn"];
    let Some(output) = tool(scratch.path(), &words) else {
        return;
    };
    assert!(output.status.success(), "{}", text(output.stderr));
    let gateway = scratch.path().join("manifests/shop/gateway-apps.yaml");
    let first = fs::read_to_string(&gateway).unwrap();
    write(
        scratch.path(),
        &[("edge.yaml", &config.replace("port: 80}", "port: 81}"))],
    );
    for _ in 0..2 {
        let output = tool(scratch.path(), &words).unwrap();
        assert!(output.status.success(), "{}", text(output.stderr));
    }
    let second = fs::read_to_string(&gateway).unwrap();
    assert!(
        first.contains("port: 80\n") && second.contains("port: 81\n"),
        "{second}"
    );
    let folder = gatewright(&["render", "-f", "edge.yaml", "-o", "."])
        .within(scratch.path())
        .said();
    assert_eq!(folder.code, 0, "{}", folder.err);
    assert_eq!(
        fs::read_to_string(&gateway).unwrap(),
        second,
        "`render -o` writes the same file"
    );
}

/// A kustomization whose function is a script of two lines.
pub(crate) fn kustomization(folder: &Path, text: &str, config: &str) {
    let function = "{name: small, annotations: {config.kubernetes.io/function: \"exec: {path: ./gatewright-fn}\"}}";
    let config = config.replace("{name: small}", function);
    let script =
        fs::read_to_string(repository().join("examples/gitops/kustomize/gatewright-fn")).unwrap();
    write(
        folder,
        &[
            ("kustomization.yaml", text),
            ("edge.yaml", &config),
            ("gatewright-fn", &script),
        ],
    );
    make_executable(&folder.join("gatewright-fn"));
}

#[cfg(unix)]
pub(crate) fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
pub(crate) fn make_executable(_: &Path) {}

#[test]
fn kustomize_runs_it_as_a_generator_and_as_a_transformer() {
    let scratch = tempfile::tempdir().unwrap();
    let other = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    write(scratch.path(), &[("namespace.yaml", other)]);
    let config = in_the_mesh();
    for (kustomization_text, kinds) in [
        ("generators: [edge.yaml]\n", 4),
        (
            "resources: [namespace.yaml]\ntransformers: [edge.yaml]\n",
            5,
        ),
    ] {
        kustomization(scratch.path(), kustomization_text, &config);
        let words = [
            "kustomize",
            "build",
            "--enable-alpha-plugins",
            "--enable-exec",
            ".",
        ];
        let Some(output) = tool(scratch.path(), &words) else {
            return;
        };
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert!(output.status.success(), "{err}");
        assert_eq!(out.matches("\nkind: ").count(), kinds, "{out}");
        assert!(!out.contains("config.kubernetes.io"), "{out}");
        assert_eq!(
            out.contains("istio-injection: enabled"),
            kinds == 5,
            "{out}"
        );
    }
    kustomization(scratch.path(), "generators: [edge.yaml]\n", &bad());
    let words = [
        "kustomize",
        "build",
        "--enable-alpha-plugins",
        "--enable-exec",
        ".",
    ];
    let output = tool(scratch.path(), &words).unwrap();
    assert!(!output.status.success() && text(output.stderr).contains("unknown-field"));
}

#[test]
fn kubectl_runs_it_as_a_plugin_of_its_kustomize() {
    let scratch = tempfile::tempdir().unwrap();
    let plugin = "plugins/gatewright.dev/v1alpha1/edge/Edge";
    let script = fs::read_to_string(repository().join("examples/gitops/kustomize/plugin/Edge"));
    write(
        scratch.path(),
        &[
            (plugin, &script.unwrap()),
            ("app/kustomization.yaml", "generators: [edge.yaml]\n"),
            ("app/edge.yaml", GOOD),
        ],
    );
    make_executable(&scratch.path().join(plugin));
    let home = format!(
        "KUSTOMIZE_PLUGIN_HOME={}",
        scratch.path().join("plugins").display()
    );
    let words = [
        "env",
        &home,
        "kubectl",
        "kustomize",
        "--enable-alpha-plugins",
        "app",
    ];
    if tool(scratch.path(), &["kubectl", "version", "--client"]).is_none() {
        return;
    }
    let output = tool(scratch.path(), &words).unwrap();
    assert!(output.status.success(), "{}", text(output.stderr));
    let rendered = gatewright(&["render", "-f", "app/edge.yaml"])
        .within(scratch.path())
        .said();
    assert_eq!(
        text(output.stdout).matches("\nkind: ").count(),
        rendered.out.matches("\nkind: ").count()
    );
}
