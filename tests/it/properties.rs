//! What is true of every valid config.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::Config as Settings;
use serde_json::{Map, Value};

use crate::generator::{Choices, Config, config, configs, yaml};
use crate::rendering::{accepted, assert_conforms, render};

/// How many configs a property is tried on; `PROPTEST_CASES` takes more.
fn settings(cases: u32) -> Settings {
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => Settings::default().cases,
        None => cases,
    };
    Settings {
        cases,
        failure_persistence: None,
        max_shrink_iters: 3000,
        ..Settings::default()
    }
}

#[test]
fn the_configs_of_fixed_seeds_render() {
    for seed in 0..40 {
        assert_eq!(config(seed), config(seed));
        assert_conforms(&accepted(&config(seed)));
    }
}

proptest! {
    #![proptest_config(settings(128))]

    #[test]
    fn a_valid_config_renders_what_conforms(config in configs()) {
        let rendered = accepted(&config.text);
        assert_conforms(&rendered);
    }
}
