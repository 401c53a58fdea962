//! `gatewright origin`.

use clap::{Args, ValueEnum};

use super::input::InputArgs;

/// What `origin` takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct OriginArgs {
    /// The object, as `KIND/NAME` or `KIND/NAMESPACE/NAME`, such as `httproute/shop/web`; or the
    /// path of a rendered file, such as `patches/namespace-shop.yaml`; kustomizations, which list
    /// the others, are in the map of `render --map` alone.
    #[arg(value_name = "OBJECT")]
    pub(in crate::cli) object: String,
    /// The field, such as `spec.rules[0].backendRefs[name=web].weight`. Without it, all fields of
    /// the object.
    #[arg(value_name = "FIELD")]
    pub(in crate::cli) field: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) input: InputArgs,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t = OriginFormat::Human, env = "GATEWRIGHT_FORMAT")]
    pub(in crate::cli) format: OriginFormat,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OriginFormat {
    /// For people: each field with the lines that it comes from.
    Human,
    /// For programs: one versioned document.
    Json,
}
