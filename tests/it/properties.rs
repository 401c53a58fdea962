//! What is true of every valid config.

use gatewright::sinks::{Folder, write_stream};
use proptest::prelude::*;
use proptest::test_runner::Config as Settings;
use serde_json::{Value, json};

use crate::generator::{Config, config, configs, yaml};
use crate::rearrange::{dealt, mutated, shuffled};
use crate::rendering::{Rendered, accepted, assert_conforms, render};

/// How many configs a property is tried on; `PROPTEST_CASES` takes more.
pub(crate) fn settings(cases: u32) -> Settings {
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => Settings::default().cases,
        None => cases,
    };
    Settings {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Settings::default()
    }
}

fn stream(rendered: &Rendered) -> String {
    let mut bytes = Vec::new();
    write_stream(&rendered.output, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[track_caller]
fn assert_same(one: &Rendered, other: &Rendered) {
    let (files, others) = (one.files(), other.files());
    let (paths, other_paths): (Vec<_>, Vec<_>) = (files.keys().collect(), others.keys().collect());
    assert_eq!(paths, other_paths);
    for (path, text) in &files {
        if let Some((one, other)) = text
            .lines()
            .zip(others[path].lines())
            .find(|(one, other)| one != other)
        {
            panic!("{path} differs:\n{one}\n{other}");
        }
        assert!(text == &others[path], "{path} differs in length");
    }
    assert_eq!(stream(one), stream(other));
}

#[test]
fn the_configs_of_fixed_seeds_render() {
    for seed in 0..40 {
        assert_eq!(config(seed), config(seed));
        assert_conforms(&accepted(&config(seed)));
    }
}

proptest! {
    #![proptest_config(settings(32))]

    #[test]
    fn a_valid_config_renders_what_conforms(config in configs()) {
        assert_conforms(&accepted(&config.text));
    }

    #[test]
    fn rendering_is_deterministic(config in configs()) {
        assert_same(&accepted(&config.text), &accepted(&config.text));
    }

    #[test]
    fn the_order_of_what_has_no_order_means_nothing(config in configs()) {
        let Config { value, mut choices, text } = config;
        let other = yaml(&shuffled(&value, &mut choices), &mut choices);
        assert_same(&accepted(&text), &accepted(&other));
    }

    #[test]
    fn several_files_add_up_in_any_order(config in configs()) {
        let Config { value, mut choices, text } = config;
        let parts = dealt(&value, &mut choices);
        let texts: Vec<String> = parts.iter().map(|part| yaml(part, &mut choices)).collect();
        let whole = accepted(&text);

        let one_file = texts.join("---\n");
        assert_same(&whole, &accepted(&one_file));

        let names: Vec<String> = (0..texts.len()).map(|at| format!("{at}.yaml")).collect();
        let mut files: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
        for _ in 0..2 {
            match render(&files) {
                Ok(rendered) => assert_same(&whole, &rendered),
                Err(words) => panic!("{words}"),
            }
            choices.shuffle(&mut files);
        }
    }

    #[test]
    fn a_second_write_changes_nothing(config in configs()) {
        let rendered = accepted(&config.text);
        let scratch = tempfile::tempdir().unwrap();
        let folder = Folder::new(scratch.path().join("rendered"));
        let first = folder.write(&rendered.output).unwrap();
        assert_eq!(first.added.len(), rendered.files().len());
        let second = folder.write(&rendered.output).unwrap();
        assert_eq!(second.unchanged, rendered.files().len());
        assert!(second.added.is_empty() && second.changed.is_empty() && second.removed.is_empty());
        assert_eq!(folder.check(&accepted(&config.text).output).unwrap(), Vec::new());
    }

    #[test]
    fn what_is_accepted_by_chance_conforms_too(config in configs()) {
        let Config { value, mut choices, .. } = config;
        // Most of them are refused.
        for _ in 0..12 {
            let mut other = mutated(&value, &mut choices);
            if choices.once_in(3) {
                other = mutated(&other, &mut choices);
            }
            let text = yaml(&other, &mut choices);
            let Ok(rendered) = render(&[("edge.yaml", &text)]) else { continue };
            assert_conforms(&rendered);
            assert_same(&rendered, &accepted(&text));
            let shuffled = yaml(&shuffled(&other, &mut choices), &mut choices);
            assert_same(&rendered, &accepted(&shuffled));
            let scratch = tempfile::tempdir().unwrap();
            let folder = Folder::new(scratch.path());
            folder.write(&rendered.output).unwrap();
            prop_assert_eq!(folder.check(&rendered.output).unwrap(), Vec::new());
        }
    }

    #[test]
    fn the_proxies_of_a_mesh_of_sidecars_capture_nothing_inbound(config in configs()) {
        let mut value = config.value;
        // A mesh of sidecars always is one, and a class-wide EnvoyProxy always says it.
        if value.pointer("/spec/mesh/mode") == Some(&json!("sidecar")) {
            value["spec"].as_object_mut().unwrap().remove("tests");
            let rendered = accepted(&yaml(&value, &mut config.choices.clone()));
            let objects = rendered.objects();
            let proxies: Vec<&Value> =
                objects.values().filter(|object| object["kind"] == "EnvoyProxy").collect();
            assert_eq!(proxies.len(), 1);
            let spec = &proxies[0]["spec"];
            assert_eq!(spec["routingType"], "Service");
            let pod = &spec["provider"]["kubernetes"]["envoyDeployment"]["pod"];
            let annotation = &pod["annotations"]["traffic.sidecar.istio.io/includeInboundPorts"];
            assert_eq!(annotation, &json!(""));
        }
    }
}
