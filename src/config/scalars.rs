//! The scalars of the config: texts of a known form.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Declares a text type: its name, what a person calls it, the pattern it matches, its greatest
/// length, and an example.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $what:literal, $pattern:literal, $longest:literal, $example:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps a text that is known to have the form.
            pub fn new(text: impl Into<String>) -> Self {
                $name(text.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text itself.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "title": $what,
                    "pattern": $pattern,
                    "minLength": 1,
                    "maxLength": $longest,
                    "examples": [$example],
                })
            }
        }
    };
}

text!(
    /// A name of one label: a namespace, a revision. RFC 1123, at most 63 characters.
    DnsLabel, "a name of lower-case letters, digits and `-`", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", 63, "httpbin"
);
text!(
    /// The name of an object: lower-case labels, joined by dots. RFC 1123, at most 253 characters.
    ObjectName, "a name of lower-case letters, digits, `-` and `.`",
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", 253, "httpbin"
);
text!(
    /// A hostname, which may begin with `*.`. Gateway API, type `Hostname`; its last label is no
    /// number, so that it is no IP address either.
    Hostname, "a lower-case hostname, which may begin with `*.`",
    r"^(\*\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)*([0-9]*[a-z]([-a-z0-9]*[a-z0-9])?|[0-9]+-[-a-z0-9]*[a-z0-9])$", 253, "www.example.com"
);
text!(
    /// A hostname without a wildcard. Gateway API, type `PreciseHostname`.
    PreciseHostname, "a lower-case hostname without a wildcard",
    r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)*([0-9]*[a-z]([-a-z0-9]*[a-z0-9])?|[0-9]+-[-a-z0-9]*[a-z0-9])$", 253, "www.example.com"
);
text!(
    /// A span of time in Gateway API's form: up to four whole numbers with a unit each. GEP-2257.
    Duration, "a duration such as `10s`, `1m30s` or `500ms` (whole numbers with h, m, s or ms)",
    "^([0-9]{1,5}(h|m|s|ms)){1,4}$", 24, "10s"
);
text!(
    /// A path of a request or a prefix of one.
    PathText, "a path that begins with `/`", "^/", 1024, "/api/"
);
text!(
    /// The name of an HTTP header. RFC 9110, section 5.1.
    HeaderName, "the name of an HTTP header", "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$", 256, "x-canary"
);
text!(
    /// An absolute HTTP or HTTPS URL.
    Url, "a URL that begins with `http://` or `https://`", r"^https?://[^\s/?#]+\S*$", 2048,
    "https://www.example.com/get"
);
text!(
    /// The key of a label or annotation: an optional DNS prefix and a name.
    LabelKey, "the key of a label or annotation",
    r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",
    317, "app.kubernetes.io/name"
);
text!(
    /// A trust domain of SPIFFE identities, without a scheme.
    TrustDomain, "a trust domain such as `cluster.local`, without `spiffe://`",
    r"^[a-z0-9]([-a-z0-9._]*[a-z0-9])?$", 255, "cluster.local"
);
text!(
    /// A Kubernetes resource quantity.
    Quantity, "a quantity such as `250m`, `2` or `512Mi`",
    r"^([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[mkMGTPE]|[eE][-+]?[0-9]+)?$", 32, "512Mi"
);
text!(
    /// A block of IP addresses.
    Cidr, "a block of IP addresses such as `10.0.0.0/8`", r"^[0-9a-fA-F.:]+/[0-9]{1,3}$", 49, "10.0.0.0/8"
);
text!(
    /// The address of a repository: a URL, or git's short form for SSH.
    RepositoryUrl, "the URL of a repository, without spaces and without a password",
    r"^[A-Za-z0-9+.@_-]+:[^\s@]+$|^[a-z+]+://([^\s:@/]+@)?[^\s@]+$", 2048, "https://git.example.com/edge.git"
);
text!(
    /// A folder of a repository, below its root.
    RepositoryPath, "a path below the root of a repository, with `/` and without `..`",
    r"^(\.|(\./)?[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?)$", 1024, "rendered"
);
text!(
    /// A branch, tag or commit.
    GitRevision, "a branch, tag or commit", r"^[A-Za-z0-9][A-Za-z0-9._/^~*-]*$", 255, "main"
);

/// The value of a label; unlike the other texts it may be empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LabelValue(pub String);

impl LabelValue {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for LabelValue {
    fn schema_name() -> Cow<'static, str> {
        "LabelValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "title": "the value of a label: at most 63 letters, digits, `-`, `_` and `.`",
            "pattern": "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$",
            "maxLength": 63,
            "examples": ["httpbin"],
        })
    }
}

/// A port number, 1 to 65535.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Port(pub u16);

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl JsonSchema for Port {
    fn schema_name() -> Cow<'static, str> {
        "Port".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "title": "a port number from 1 to 65535",
            "minimum": 1,
            "maximum": 65535,
            "examples": [443],
        })
    }
}
