//! Valid configs of every kind, consistent by construction.
//!
//! [`config`] makes the same config from the same seed for ever on one version of this generator;
//! [`configs`] is the strategy that shrinks.

mod auth;
mod backends;
mod choices;
mod edge;
mod gateways;
mod matches;
mod mesh;
mod names;
mod routes;
mod rules;
mod settings;
mod world;
mod write;

use std::fmt;

use proptest::prelude::*;
use serde_json::Value;

pub(crate) use choices::Choices;
pub(crate) use write::yaml;

/// The file that generated configs may list under `resources`.
pub(crate) const BESIDE: (&str, &str) = ("app.yaml", include_str!("app.yaml"));

/// A config: what it says, and how it is written.
#[derive(Clone)]
pub(crate) struct Config {
    /// The document.
    pub(crate) value: Value,
    /// Further choices, which depend on the text alone, for those who do something with it.
    pub(crate) choices: Choices,
    /// The document as YAML.
    pub(crate) text: String,
}

impl Config {
    fn new(mut choices: Choices) -> Self {
        let value = edge::edge(&mut choices);
        let text = yaml(&value, &mut choices);
        // FNV-1a.
        let seed = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Config {
            value,
            choices: Choices::seeded(seed),
            text,
        }
    }

    /// The config of a seed.
    pub(crate) fn of_seed(seed: u64) -> Self {
        Config::new(Choices::seeded(seed))
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", self.text)
    }
}

/// The text of the config of a seed.
pub(crate) fn config(seed: u64) -> String {
    Config::of_seed(seed).text
}

/// Configs of every kind.
pub(crate) fn configs() -> impl Strategy<Value = Config> {
    proptest::collection::vec(any::<u16>(), 0..1500)
        .prop_map(|choices| Config::new(Choices::given(choices)))
}
