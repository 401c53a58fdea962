//! The program as a config management plugin of Argo CD.

use std::fs;

use crate::cli::{GOOD, bad, write};
use crate::program::gatewright;

#[test]
fn discover_names_the_files_of_a_config_and_nothing_where_there_is_none() {
    let scratch = tempfile::tempdir().unwrap();
    let discover = || {
        let said = gatewright(&["cmp", "discover"])
            .within(&scratch.path().join("app"))
            .said();
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        said.out
    };
    write(
        scratch.path(),
        &[
            ("gatewright.yaml", GOOD),
            ("app/README.md", "gatewright.dev"),
        ],
    );
    assert_eq!(discover(), "", "what is above the folder does not count");
    let foreign =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: gatewright.dev/v1}\n";
    write(scratch.path(), &[("app/foreign.yaml", foreign)]);
    assert_eq!(discover(), "");
    write(
        scratch.path(),
        &[
            ("app/edge/one.yaml", GOOD),
            (
                "app/edge/broken.yaml",
                "apiVersion: gatewright.dev/v1alpha1\nkind: Edge\nspec: [\n",
            ),
        ],
    );
    assert_eq!(discover(), "edge/broken.yaml\nedge/one.yaml\n");
}

#[test]
fn generate_prints_the_objects_and_nothing_else() {
    let scratch = tempfile::tempdir().unwrap();
    write(
        scratch.path(),
        &[
            ("routes/edge.yaml", GOOD),
            ("other.yaml", "kind: A\napiVersion: v1\n"),
        ],
    );
    let rendered = gatewright(&["render", "-f", "."])
        .within(scratch.path())
        .said();
    let generated = gatewright(&["cmp", "generate"])
        .within(scratch.path())
        .said();
    assert_eq!(
        (generated.code, &generated.out),
        (0, &rendered.out),
        "{}",
        generated.err
    );
    write(scratch.path(), &[("routes/edge.yaml", &bad())]);
    let failed = gatewright(&["cmp", "generate"])
        .within(scratch.path())
        .said();
    assert_eq!((failed.code, failed.out.as_str()), (1, ""));
    assert!(failed.err.contains("routes/edge.yaml:5:"), "{}", failed.err);
    fs::remove_dir_all(scratch.path().join("routes")).unwrap();
    let none = gatewright(&["cmp", "generate"])
        .within(scratch.path())
        .said();
    assert_eq!((none.code, none.out.as_str()), (1, ""), "{}", none.err);
}

#[test]
fn nothing_but_the_parameters_of_argo_cd_counts() {
    let scratch = tempfile::tempdir().unwrap();
    write(
        scratch.path(),
        &[("edge.yaml", GOOD), ("other/edge.yaml", &bad())],
    );
    fs::remove_dir_all(scratch.path().join("other")).unwrap();
    let run = || gatewright(&["cmp", "generate"]).within(scratch.path());
    let plain = run().said();
    let disturbed = run()
        .env("GATEWRIGHT_FILE", "other.yaml")
        .env("GATEWRIGHT_OUTPUT", "out")
        .env("GATEWRIGHT_CHECK", "true")
        .env("GATEWRIGHT_TEMPLATES", "none")
        .env("GATEWRIGHT_FORMAT", "xml")
        .env("GATEWRIGHT_COLOR", "purple")
        .env("ARGOCD_ENV_ENVIRONMENT", "prod")
        .env("ARGOCD_APP_NAME", "app")
        .env("PARAM_REPLICAS", "3")
        .env("KUBE_VERSION", "1.0")
        .said();
    assert_eq!(
        (disturbed.code, &disturbed.out),
        (0, &plain.out),
        "{}",
        disturbed.err
    );
    assert!(!scratch.path().join("out").exists());
    let function = gatewright(&["fn"])
        .env("GATEWRIGHT_COLOR", "purple")
        .input(&crate::krm::list("", GOOD))
        .said();
    assert_eq!(function.code, 0, "{}", function.err);
}

#[test]
fn an_environment_that_the_config_does_not_have_is_refused() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("edge.yaml", GOOD)]);
    let json = r#"[{"name": "environment", "string": "prod"}]"#;
    for (name, value, told) in [
        (
            "ARGOCD_APP_PARAMETERS",
            json,
            "the parameter `environment` is `prod`",
        ),
        ("PARAM_CLUSTER", "eu", "the parameter `cluster` is `eu`"),
        ("ARGOCD_APP_PARAMETERS", "{", "not good JSON"),
    ] {
        let run = gatewright(&["cmp", "generate"])
            .within(scratch.path())
            .env(name, value);
        let said = run.said();
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        assert!(
            said.err.contains(told) && said.err.contains("help: "),
            "{}",
            said.err
        );
    }
    let agreed = gatewright(&["cmp", "generate"])
        .within(scratch.path())
        .env("ARGOCD_APP_PARAMETERS", "[]")
        .env("PARAM_CLUSTER", "eu")
        .said();
    assert_eq!(
        agreed.code, 0,
        "where both are given, the JSON counts: {}",
        agreed.err
    );
}

#[test]
fn nothing_outside_the_folder_is_read_or_told() {
    let scratch = tempfile::tempdir().unwrap();
    let secret = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: hunter2, namespace: shop}\n";
    write(
        scratch.path(),
        &[
            ("outside/secret.yaml", secret),
            ("app/own/mine.yaml", secret),
        ],
    );
    let outside = scratch.path().join("outside");
    let absolute = outside.join("secret.yaml").display().to_string();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&outside, scratch.path().join("app/link")).unwrap();
    let generate = |resource: &str| {
        let config = GOOD.replace("spec:\n", &format!("spec:\n  resources: ['{resource}']\n"));
        write(scratch.path(), &[("app/edge.yaml", &config)]);
        gatewright(&["cmp", "generate"])
            .within(&scratch.path().join("app"))
            .said()
    };
    for resource in [
        "../outside/secret.yaml",
        "../outside",
        "../outside/secrt.yaml",
        "own/../../outside/secret.yaml",
        &absolute,
        #[cfg(unix)]
        "link/secret.yaml",
        #[cfg(unix)]
        "link",
    ] {
        let said = generate(resource);
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{resource}");
        assert!(
            said.err.contains("outside the folder of the app"),
            "{resource}: {}",
            said.err
        );
        assert!(!said.err.contains("hunter2"), "{}", said.err);
        assert!(!said.err.contains("Did you mean"), "{}", said.err);
    }
    for resource in ["own/mine.yaml", "./own", "own/../own/mine.yaml"] {
        let said = generate(resource);
        assert_eq!(said.code, 0, "{resource}: {}", said.err);
        assert!(said.out.contains("hunter2"), "{}", said.out);
    }
}
