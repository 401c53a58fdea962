//! `spec.certificates`: certificates that others make.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

use super::{DnsLabel, Hostname, ObjectName};

/// A certificate in a Secret of type `kubernetes.io/tls`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Certificate {
    /// The name by which listeners refer to it.
    #[schemars(example = &"wildcard")]
    pub name: Located<ObjectName>,
    /// The Secret that holds it. Left out: the certificate's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"wildcard-example-com")]
    pub secret: Option<Located<ObjectName>>,
    /// The namespace of the Secret.
    #[schemars(example = &"certificates")]
    pub namespace: Located<DnsLabel>,
    /// The hostnames in the certificate. Where they are known, a listener or route that it does
    /// not cover is an error.
    #[serde(default)]
    #[schemars(example = serde_json::json!(["*.example.com"]))]
    pub hostnames: Vec<Located<Hostname>>,
}
