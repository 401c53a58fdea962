//! The names in `metadata`, which no CRD describes.

use super::scalars::shown;
use super::walker::{Extent, Walker};
use crate::diag::Diagnostic;
use crate::kube::Scope;
use crate::source::Node;

/// Keys and values of all annotations together have so many bytes at most.
const ANNOTATION_BYTES: usize = 256 * 1024;

impl<'a> Walker<'a, '_> {
    pub(super) fn metadata(&mut self) {
        let Some(metadata) = self.document.get("metadata").filter(|node| node.is_map()) else {
            return;
        };
        let string = |key: &str| metadata.get(key).filter(|node| node.as_str().is_some());
        match string("name") {
            Some(name) => self.name(name),
            None if self.extent == Extent::Partial || metadata.is_tainted() => {}
            None if string("generateName").is_some() => {}
            None if metadata.get("name").is_none_or(Node::is_null) => {
                self.missing_field(metadata, "name");
            }
            None => {}
        }
        if let Some((key, namespace)) = metadata.entry("namespace")
            && let Some(text) = namespace.as_str().filter(|text| !text.is_empty())
        {
            if self.facts.scope == Scope::Cluster {
                let kind = &self.facts.kind;
                let headline = format!("`{kind}` is cluster-scoped and can have no namespace");
                let found = Diagnostic::error("cluster-scoped", headline, key.pos())
                    .help("Leave out `metadata.namespace`.");
                self.report(key.id(), found);
            } else if !is_label(text) {
                self.bad_name(namespace, LABEL);
            }
        }
        self.labels(metadata);
        self.annotations(metadata);
    }

    fn name(&mut self, name: Node<'a>) {
        let text = name.text();
        match (&*self.facts.group, &*self.facts.kind) {
            ("", "Namespace") if !is_label(text) => self.bad_name(name, LABEL),
            ("", "Service")
                if !is_label(text) || !text.starts_with(|c: char| c.is_alphabetic()) =>
            {
                self.bad_name(
                    name,
                    "at most 63 lower-case letters, digits and `-`, with a letter at its beginning \
                     and no `-` at its end",
                );
            }
            _ if text.len() > 253 || !text.split('.').all(is_label_of_any_length) => {
                self.bad_name(
                    name,
                    "at most 253 lower-case letters, digits, `-` and `.`, with a letter or digit \
                     at both ends of each part",
                );
            }
            _ => {}
        }
    }

    fn labels(&mut self, metadata: Node<'a>) {
        let Some(labels) = metadata.get("labels") else {
            return;
        };
        for (key, value) in labels.entries() {
            if !is_qualified_name(key.text()) {
                self.bad_key(key, "label");
            }
            let text = value.text();
            if value.as_str().is_some() && !text.is_empty() && !is_name_part(text) {
                self.bad_name(
                    value,
                    "at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both \
                     ends",
                );
            }
        }
    }

    fn annotations(&mut self, metadata: Node<'a>) {
        let Some(annotations) = metadata.get("annotations") else {
            return;
        };
        let mut bytes = 0;
        for (key, value) in annotations.entries() {
            bytes += key.text().len() + value.text().len();
            // Annotations may have upper-case letters before the slash as well.
            let good = is_qualified_name(key.text())
                || is_qualified_name(&key.text().to_ascii_lowercase());
            if !good {
                self.bad_key(key, "annotation");
            }
        }
        if bytes > ANNOTATION_BYTES {
            let headline = format!(
                "`metadata.annotations` has {bytes} bytes, more than the greatest number \
                 {ANNOTATION_BYTES}"
            );
            let found = Diagnostic::error("out-of-bounds", headline, annotations.pos());
            self.report(annotations.id(), found);
        }
    }

    fn bad_name(&mut self, node: Node<'a>, must: &str) {
        let headline = format!(
            "`{}` cannot be `{}`",
            self.place(node.id()),
            shown(node.text())
        );
        let found = Diagnostic::error("format", headline, node.pos())
            .because(format!("It must be {must}."));
        self.report(node.id(), found);
    }

    fn bad_key(&mut self, key: Node<'a>, what: &str) {
        let headline = format!("`{}` is no name of {what}s", shown(key.text()));
        let found = Diagnostic::error("format", headline, key.pos()).because(format!(
            "The name of a {what} is at most 63 letters, digits, `-`, `_` and `.`, with a letter or \
             digit at both ends; a DNS name and `/` may stand before it."
        ));
        self.report(key.id(), found);
    }
}

const LABEL: &str =
    "at most 63 lower-case letters, digits and `-`, with a letter or digit at both ends";

fn is_label_of_any_length(text: &str) -> bool {
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    matches!((bytes.first(), bytes.last()), (Some(a), Some(z)) if good(*a) && good(*z))
        && bytes.iter().all(|b| good(*b) || *b == b'-')
}

fn is_label(text: &str) -> bool {
    text.len() <= 63 && is_label_of_any_length(text)
}

/// What a label's value is, and its name after the slash.
fn is_name_part(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = (bytes.first(), bytes.last());
    text.len() <= 63
        && matches!(ends, (Some(a), Some(z)) if a.is_ascii_alphanumeric() && z.is_ascii_alphanumeric())
        && bytes
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

fn is_qualified_name(text: &str) -> bool {
    match text.split_once('/') {
        None => is_name_part(text),
        Some((prefix, name)) => {
            prefix.len() <= 253
                && prefix.split('.').all(is_label_of_any_length)
                && is_name_part(name)
        }
    }
}
