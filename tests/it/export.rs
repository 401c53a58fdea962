//! Writes generated configs out, for tests on the real systems.

use std::fs;
use std::path::PathBuf;

use crate::generator::{BESIDE, config};

/// Writes the configs of the seeds `0..GATEWRIGHT_SEEDS` to `GATEWRIGHT_EXPORT`, each in a folder of
/// its own with the file that it may list.
#[test]
#[ignore = "writes files for e2e/run, which asks for it"]
fn generated_configs_are_exported() {
    let of = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let folder = PathBuf::from(of("GATEWRIGHT_EXPORT"));
    for seed in 0..of("GATEWRIGHT_SEEDS").parse().unwrap() {
        let folder = folder.join(format!("{seed:04}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("gatewright.yaml"), config(seed)).unwrap();
        fs::write(folder.join(BESIDE.0), BESIDE.1).unwrap();
    }
}
