//! `spec.namespaces`: namespaces that gatewright creates or labels.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{DnsLabel, LabelKey, LabelValue, Manage};

/// A namespace, and whose it is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Namespace {
    /// Its name.
    #[schemars(example = &"httpbin")]
    pub name: Located<DnsLabel>,
    /// Whether gatewright creates it, patches the labels in that the mesh needs, or leaves it
    /// alone. A namespace that is not listed here is patched where the mesh needs labels on it.
    /// Left out: `patch`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"create")]
    pub manage: Option<Located<Manage>>,
    /// Labels of yours on it, beside those that the mesh needs. With `manage: none`, what is known
    /// of its labels.
    #[serde(default)]
    #[schemars(example = serde_json::json!({"team": "web"}))]
    pub labels: BTreeMap<LabelKey, Located<LabelValue>>,
}
