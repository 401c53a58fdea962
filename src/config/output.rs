//! `spec.output`: how the result is written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

/// How the result is written.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Output {
    /// Whether values that the API server would fill in are written out, so that Argo CD sees no
    /// difference between git and the cluster. Left out: `explicit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"explicit")]
    pub defaults: Option<Located<Defaults>>,
}

/// Whether values that the API server would fill in are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Defaults {
    /// They are written.
    Explicit,
    /// They are left out.
    Implicit,
}
