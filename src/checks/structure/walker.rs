//! The walk through a document beside its schema.

use crate::checks::Finding;
use crate::diag::{self, Diagnostic};
use crate::kube::{
    ApiVersion, Field, KindFacts, Pointer, Schema, SchemaId, Target, Type, View, pointer_to,
    schema_of,
};
use crate::source::{Node, NodeId, Shape};

/// The ids of all diagnostics of this check, sorted.
pub const IDS: &[&str] = &[
    "cluster-scoped",
    "duplicate-item",
    "duplicate-key",
    "exclusive-fields",
    "experimental-channel",
    "format",
    "missing-field",
    "newer-than-target",
    "no-alternative",
    "not-allowed-value",
    "out-of-bounds",
    "pattern",
    "removed-from-target",
    "unknown-field",
    "unserved-version",
    "wrong-type",
];

/// After so many findings in one document, the rest is left unsaid.
const MOST_FINDINGS: usize = 100;

/// How much of an object a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// The part that a patch changes, so that nothing is missing.
    Partial,
}

/// Checks one document against the facts of its kind, as a strict API server does on its creation,
/// without CEL rules. Nodes that are poisoned are passed over.
pub fn structure(
    document: Node<'_>,
    extent: Extent,
    facts: &KindFacts,
    target: &Target,
    emit: &mut dyn FnMut(Finding),
) {
    let version = document
        .get("apiVersion")
        .and_then(Node::as_str)
        .and_then(ApiVersion::parse);
    let view = facts.view(target, version.map(|version| version.version));
    let (keys, ids) = (Vec::new(), Vec::new());
    let mut walker = Walker {
        document,
        extent,
        facts,
        target,
        view,
        keys,
        ids,
        emit,
        found: 0,
    };
    if walker.version() {
        walker.check(document, KindFacts::ROOT);
        walker.metadata();
    }
}

pub(super) struct Walker<'a, 'e> {
    pub(super) document: Node<'a>,
    pub(super) extent: Extent,
    pub(super) facts: &'a KindFacts,
    pub(super) target: &'a Target,
    pub(super) view: View,
    /// The keys of a list's items, kept so that its room is used again.
    pub(super) keys: Vec<&'a str>,
    /// The nodes of those items.
    pub(super) ids: Vec<NodeId>,
    emit: &'e mut dyn FnMut(Finding),
    found: usize,
}

impl<'a> Walker<'a, '_> {
    /// Whether the document's version is one that the target serves.
    fn version(&mut self) -> bool {
        let Some(node) = self.document.get("apiVersion") else {
            return true;
        };
        let Some(version) = node.as_str().and_then(ApiVersion::parse) else {
            return true;
        };
        let kind = &self.facts.kind;
        let mut versions = self.facts.versions.iter();
        if let Some(found) = versions.find(|known| *known.name == *version.version) {
            let thing = format!("`{kind}` in version `{version}`");
            return self.exists(found.editions, node.id(), &thing);
        }
        let known = self.facts.versions.iter().map(|known| &*known.name);
        let headline = format!("`{kind}` has no version `{}`", version.version);
        let help = diag::did_you_mean(version.version, known);
        self.report(
            node.id(),
            Diagnostic::error("unserved-version", headline, node.pos()).maybe_help(help),
        );
        false
    }

    /// A value against the schema of its place.
    pub(super) fn check(&mut self, node: Node<'a>, id: SchemaId) {
        if node.is_poisoned() || self.found >= MOST_FINDINGS {
            return;
        }
        let facts = self.facts;
        let schema = facts.schema_in(id, self.view);
        match (schema.kind, node.shape()) {
            (Type::Object | Type::Any, Shape::Map) => self.map(node, schema),
            (Type::Array | Type::Any, Shape::Seq) => self.list(node, schema),
            (_, Shape::Null) if schema.nullable => return,
            (Type::Any, _) => {}
            (Type::String | Type::IntOrString, Shape::Str)
            | (Type::Integer | Type::Number | Type::IntOrString, Shape::Int)
            | (Type::Integer | Type::Number, Shape::Float)
            | (Type::Boolean, Shape::Bool) => {
                if self.scalar(node, schema) {
                    return;
                }
            }
            _ => return self.wrong_type(node, schema),
        }
        if schema.logic.is_some() {
            self.logic(node, schema);
        }
    }

    fn map(&mut self, node: Node<'a>, schema: &'a Schema) {
        let mut required = 0;
        let mut count = 0;
        for (key, value) in node.entries() {
            count += 1;
            match schema.field(key.text()) {
                Some(field) => {
                    let nothing = value.is_null() && !self.facts.schema(field.schema).nullable;
                    required += u16::from(field.required && !nothing);
                    if field.editions.contains(self.view.edition) {
                        if !nothing {
                            self.check(value, field.schema);
                        }
                    } else if !nothing && !schema.open {
                        self.absent_field(key, field);
                    }
                }
                None => match schema.values {
                    Some(values) if value.is_null() && !self.facts.schema(values).nullable => {}
                    Some(values) => self.check(value, values),
                    None if schema.open || schema.kind == Type::Any => {}
                    None => self.unknown_field(key, schema),
                },
            }
        }
        if required < schema.required && !node.is_tainted() && self.extent == Extent::Whole {
            for field in schema.fields.iter().filter(|field| field.required) {
                let nullable = self.facts.schema(field.schema).nullable;
                if node
                    .get(&field.name)
                    .is_none_or(|value| value.is_null() && !nullable)
                {
                    self.missing_field(node, &field.name);
                }
            }
        }
        if !schema.count.holds(count) {
            self.wrong_count(node, count, schema.count, "keys");
        }
    }

    /// Reports what was found at a node: the value, or the key of what should not be there.
    pub(super) fn report(&mut self, node: NodeId, diagnostic: Diagnostic) {
        self.found += 1;
        if self.found <= MOST_FINDINGS {
            let pointer = self.pointer(node);
            (self.emit)(Finding {
                pointer,
                diagnostic,
            });
        }
    }

    pub(super) fn pointer(&self, node: NodeId) -> Pointer {
        pointer_to(self.document, node, Some(self.facts))
    }

    /// The schema of the node's place.
    pub(super) fn schema_at(&self, node: NodeId) -> Option<SchemaId> {
        schema_of(self.document, node, self.facts)
    }

    /// What a person calls the place of a node: its pointer, or the kind for the root.
    pub(super) fn place(&self, node: NodeId) -> String {
        let pointer = self.pointer(node);
        if pointer.is_root() {
            self.facts.kind.to_string()
        } else {
            pointer.to_string()
        }
    }

    fn unknown_field(&mut self, key: Node<'a>, schema: &Schema) {
        let headline = format!("unknown field `{}`", self.place(key.id()));
        let edition = self.view.edition;
        let known = schema
            .fields
            .iter()
            .filter(|field| field.editions.contains(edition));
        let help = diag::did_you_mean(key.text(), known.map(|field| &*field.name));
        let found = Diagnostic::error("unknown-field", headline, key.pos())
            .label("there is no such field")
            .maybe_help(help);
        self.report(key.id(), found);
    }

    fn absent_field(&mut self, key: Node<'a>, field: &Field) {
        let thing = format!("`{}`", self.place(key.id()));
        self.exists(field.editions, key.id(), &thing);
    }

    pub(super) fn missing_field(&mut self, node: Node<'a>, name: &str) {
        let headline = format!("`{}` lacks the field `{name}`", self.place(node.id()));
        let found = Diagnostic::error("missing-field", headline, node.pos())
            .label(format!("needs `{name}`"));
        self.report(node.id(), found);
    }

    fn wrong_type(&mut self, node: Node<'a>, schema: &Schema) {
        let (wanted, found) = (schema.kind.describe(), node.shape().describe());
        let headline = format!("`{}` must be {wanted}, not {found}", self.place(node.id()));
        let text = node.text();
        let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
        let help = match (schema.kind, node.shape()) {
            (Type::String, Shape::Bool | Shape::Int | Shape::Float) => {
                Some(format!("Put it in quotes: `\"{text}\"`."))
            }
            (Type::Boolean, Shape::Str) if matches!(text, "true" | "false") => {
                Some("Leave out the quotes.".to_owned())
            }
            (Type::Integer | Type::Number, Shape::Str) if number(text) => {
                Some("Leave out the quotes.".to_owned())
            }
            (Type::Array, _) if node.is_map() || node.is_null() => {
                Some("Begin each item with `- `.".to_owned())
            }
            _ => None,
        };
        let found = Diagnostic::error("wrong-type", headline, node.pos())
            .label(format!("this is {found}"))
            .maybe_help(help);
        self.report(node.id(), found);
    }
}
