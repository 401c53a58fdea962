//! Applies the defaults of CRDs, as an API server does.

use serde_json::Value;

use super::api_version::ApiVersion;
use super::kind_facts::KindFacts;
use super::schema::{Schema, SchemaId};
use super::target::Target;
use super::view::View;
use crate::source::{Node, Pos, Shape, Style, Tree, TreeBuilder};

/// A copy of a document with every default of its kind written out.
///
/// A null in a field that is not nullable is no value, so it is dropped, or gives way to the
/// default. Values that were defaulted have no place.
pub fn with_defaults(document: Node<'_>, facts: &KindFacts, target: &Target) -> Tree {
    let version = document
        .get("apiVersion")
        .and_then(Node::as_str)
        .and_then(ApiVersion::parse);
    let view = facts.view(target, version.map(|version| version.version));
    let capacity = (document.end() - document.id()) as usize;
    let builder = TreeBuilder::with_capacity(document.tree().text().clone(), capacity);
    let mut writer = Writer {
        facts,
        view,
        builder,
    };
    writer.node(document, Some(KindFacts::ROOT));
    writer.builder.finish()
}

struct Writer<'f> {
    facts: &'f KindFacts,
    view: View,
    builder: TreeBuilder,
}

impl<'f> Writer<'f> {
    fn schema(&self, id: SchemaId) -> &'f Schema {
        self.facts.schema_in(id, self.view)
    }

    /// A written value, where `schema` says what it may be, if anything does.
    fn node(&mut self, node: Node<'_>, schema: Option<SchemaId>) {
        let Some(id) = schema.filter(|_| node.is_map() || node.is_seq()) else {
            self.builder.copy(node);
            return;
        };
        let schema = self.schema(id);
        self.builder.open(node.shape(), node.style(), node.pos());
        for item in node.items() {
            self.node(item, schema.items);
        }
        for (key, value) in node.entries() {
            let field = schema
                .field(key.text())
                .filter(|f| f.editions.contains(self.view.edition));
            let child = field.map(|field| field.schema).or(schema.values);
            if value.is_null() && child.is_some_and(|child| !self.schema(child).nullable) {
                continue;
            }
            self.builder.copy(key);
            self.node(value, child);
        }
        self.defaults(schema, |name, nullable| {
            node.is_map()
                && node
                    .get(name)
                    .is_none_or(|value| value.is_null() && !nullable)
        });
        self.builder.close();
    }

    /// The defaults of those fields that are missing.
    fn defaults(&mut self, schema: &Schema, is_missing: impl Fn(&str, bool) -> bool) {
        let edition = self.view.edition;
        for field in schema
            .fields
            .iter()
            .filter(|f| f.editions.contains(edition))
        {
            let child = self.schema(field.schema);
            if let Some(default) = &child.default
                && is_missing(&field.name, child.nullable)
            {
                self.builder.string(&field.name, Pos::NONE);
                self.value(default, Some(field.schema));
            }
        }
    }

    /// A default, which may have parts with defaults of their own.
    fn value(&mut self, value: &Value, schema: Option<SchemaId>) {
        let schema = schema.map(|id| self.schema(id));
        match value {
            Value::Object(map) => {
                self.builder.open(Shape::Map, Style::Plain, Pos::NONE);
                for (key, value) in map {
                    self.builder.string(key, Pos::NONE);
                    let child = schema.and_then(|s| s.field(key).map(|f| f.schema).or(s.values));
                    self.value(value, child);
                }
                if let Some(schema) = schema {
                    self.defaults(schema, |name, _| !map.contains_key(name));
                }
                self.builder.close();
            }
            Value::Array(items) => {
                self.builder.open(Shape::Seq, Style::Plain, Pos::NONE);
                for item in items {
                    self.value(item, schema.and_then(|schema| schema.items));
                }
                self.builder.close();
            }
            Value::String(text) => {
                self.builder.string(text, Pos::NONE);
            }
            scalar => {
                self.builder.plain(&scalar.to_string(), Pos::NONE);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kube::json_tree::tree;
    use crate::kube::{self, Channel};

    #[test]
    fn defaults_of_defaults_and_nulls() {
        let facts = kube::facts("gateway.networking.k8s.io", "HTTPRoute").unwrap();
        let route = tree(&json!({"spec": {
            "parentRefs": [{"name": "a", "group": null, "namespace": null}],
            "rules": [{"backendRefs": [{"name": "b", "weight": 3}]}],
        }}));
        let target = Target::newest(Channel::Standard);
        let expected = tree(&json!({"spec": {
            "parentRefs": [
                {"name": "a", "group": "gateway.networking.k8s.io", "kind": "Gateway"},
            ],
            "rules": [{
                "backendRefs": [{"name": "b", "weight": 3, "group": "", "kind": "Service"}],
                "matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
            }],
        }}));
        assert_eq!(with_defaults(route.root(), facts, &target), expected);

        let bare = tree(&json!({"spec": {}}));
        let expected = tree(&json!({"spec": {"rules": [
            {"matches": [{"path": {"type": "PathPrefix", "value": "/"}}]},
        ]}}));
        assert_eq!(with_defaults(bare.root(), facts, &target), expected);
    }
}
