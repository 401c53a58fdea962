//! Which object a document is.

use std::fmt;

use super::api_version::ApiVersion;
use crate::source::Node;

/// The identity of an object: what names it in a cluster, whatever the version it is written in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    /// The API group; empty for the core group.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The namespace, where one is written.
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
}

/// Why a document has no identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityError {
    /// The document is no map.
    NotAMap,
    /// It lacks this field, or the field is null or empty.
    Missing(&'static str),
    /// This field holds no string.
    NotAString(&'static str),
    /// The `apiVersion` is neither `version` nor `group/version`.
    BadApiVersion,
}

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IdentityError::NotAMap => f.write_str("the document is no map"),
            IdentityError::Missing(field) => write!(f, "the document has no `{field}`"),
            IdentityError::NotAString(field) => write!(f, "`{field}` is not a string"),
            IdentityError::BadApiVersion => {
                f.write_str("`apiVersion` is neither `version` nor `group/version`")
            }
        }
    }
}

impl std::error::Error for IdentityError {}

impl ObjectId {
    /// The identity of a document from its `apiVersion`, `kind` and `metadata`.
    ///
    /// The error comes with the node to show: the value that is wrong, or what should hold it.
    pub fn read(document: Node<'_>) -> Result<Self, (IdentityError, Node<'_>)> {
        let (version, kind) = Self::read_kind(document)?;
        let Some(metadata) = document.get("metadata") else {
            return Err((IdentityError::Missing("metadata.name"), document));
        };
        let name = string(metadata, "name", "metadata.name")?;
        let namespace = match metadata.get("namespace") {
            Some(node) if !is_blank(node) => {
                Some(string(metadata, "namespace", "metadata.namespace")?.to_owned())
            }
            _ => None,
        };
        let (group, kind) = (version.group.to_owned(), kind.to_owned());
        Ok(ObjectId {
            group,
            kind,
            namespace,
            name: name.to_owned(),
        })
    }

    /// The version and kind of a document, which even a partial object must have.
    pub fn read_kind(
        document: Node<'_>,
    ) -> Result<(ApiVersion<'_>, &str), (IdentityError, Node<'_>)> {
        if !document.is_map() {
            return Err((IdentityError::NotAMap, document));
        }
        let text = string(document, "apiVersion", "apiVersion")?;
        let Some(version) = ApiVersion::parse(text) else {
            let node = document.get("apiVersion").unwrap_or(document);
            return Err((IdentityError::BadApiVersion, node));
        };
        Ok((version, string(document, "kind", "kind")?))
    }
}

fn is_blank(node: Node<'_>) -> bool {
    node.is_null() || node.as_str() == Some("")
}

fn string<'t>(
    map: Node<'t>,
    key: &str,
    field: &'static str,
) -> Result<&'t str, (IdentityError, Node<'t>)> {
    match map.get(key) {
        Some(node) if !is_blank(node) => node
            .as_str()
            .ok_or((IdentityError::NotAString(field), node)),
        Some(node) => Err((IdentityError::Missing(field), node)),
        None => Err((IdentityError::Missing(field), map)),
    }
}

/// `Kind.group/namespace/name` without the group where there is none, and without the namespace
/// where there is none: `Service/prod/web`, `HTTPRoute.gateway.networking.k8s.io/prod/web`.
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        if !self.group.is_empty() {
            write!(f, ".{}", self.group)?;
        }
        if let Some(namespace) = &self.namespace {
            write!(f, "/{namespace}")?;
        }
        write!(f, "/{}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kube::json_tree::tree;

    #[test]
    fn reading() {
        let doc = tree(&json!({
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
            "metadata": {"name": "web", "namespace": "prod"},
        }));
        let id = ObjectId::read(doc.root()).unwrap();
        assert_eq!(
            id.to_string(),
            "HTTPRoute.gateway.networking.k8s.io/prod/web"
        );
        let doc = tree(&json!({
            "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a", "namespace": null},
        }));
        assert_eq!(
            ObjectId::read(doc.root()).unwrap().to_string(),
            "Namespace/a"
        );
    }

    #[test]
    fn what_is_missing_or_malformed() {
        for (value, error) in [
            (json!([]), IdentityError::NotAMap),
            (json!({"kind": "A"}), IdentityError::Missing("apiVersion")),
            (
                json!({"apiVersion": 1}),
                IdentityError::NotAString("apiVersion"),
            ),
            (
                json!({"apiVersion": "a/b/c", "kind": "A"}),
                IdentityError::BadApiVersion,
            ),
            (
                json!({"apiVersion": "v1", "kind": ""}),
                IdentityError::Missing("kind"),
            ),
            (
                json!({"apiVersion": "v1", "kind": "A"}),
                IdentityError::Missing("metadata.name"),
            ),
            (
                json!({"apiVersion": "v1", "kind": "A", "metadata": {"name": 8}}),
                IdentityError::NotAString("metadata.name"),
            ),
        ] {
            assert_eq!(ObjectId::read(tree(&value).root()).unwrap_err().0, error);
        }
    }
}
