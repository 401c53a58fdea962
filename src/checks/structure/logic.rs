//! The rules of a schema that put other schemas together.

use serde_json::Value;

use super::scalars;
use super::walker::Walker;
use crate::diag::Diagnostic;
use crate::kube::{Schema, SchemaId, Type};
use crate::source::{Node, Shape};

impl<'a> Walker<'a, '_> {
    pub(super) fn logic(&mut self, node: Node<'a>, schema: &'a Schema) {
        let Some(logic) = &schema.logic else { return };
        for part in &logic.all_of {
            // Parts that are alternatives again are reported by what they exclude.
            let part = self.facts.schema(*part);
            if part.logic.is_some() && part.fields.is_empty() {
                self.logic_within(node, part, schema);
            } else if !self.scalar(node, part) && !self.holds(node, part, schema) {
                self.no_alternative(node);
            }
        }
        self.logic_within(node, schema, schema);
    }

    /// The alternatives of a rule about a value whose own schema is `schema`.
    fn logic_within(&mut self, node: Node<'a>, rule: &'a Schema, schema: &'a Schema) {
        let Some(logic) = &rule.logic else { return };
        let holds = |id: &SchemaId| self.holds(node, self.facts.schema(*id), schema);
        let holding = logic.one_of.iter().filter(|id| holds(id)).count();
        let right = (logic.one_of.is_empty() || holding == 1)
            && (logic.any_of.is_empty() || logic.any_of.iter().any(holds))
            && !logic.not.iter().any(holds);
        if right {
            return;
        }
        let mut names: Vec<&str> = Vec::new();
        if holding > 1 {
            for id in &logic.one_of {
                let fields = &self.facts.schema(*id).fields;
                names.extend(fields.iter().filter(|f| f.required).map(|f| &*f.name));
            }
            names.retain(|name| node.get(name).is_some_and(|value| !value.is_null()));
        }
        match (
            names.as_slice(),
            names.last().and_then(|last| node.entry(last)),
        ) {
            ([.., first, last], Some((key, _))) => {
                let place = self.place(node.id());
                let headline = format!("`{place}` has both `{first}` and `{last}`");
                let found = Diagnostic::error("exclusive-fields", headline, key.pos())
                    .label("only one of them may be there")
                    .related(
                        node.entry(first).map_or(node, |(key, _)| key).pos(),
                        "this is the other one",
                    );
                self.report(key.id(), found);
            }
            _ => self.no_alternative(node),
        }
    }

    fn no_alternative(&mut self, node: Node<'a>) {
        let place = self.place(node.id());
        let headline = format!("`{place}` has none of the forms that its schema allows");
        self.report(
            node.id(),
            Diagnostic::error("no-alternative", headline, node.pos()),
        );
    }

    /// Whether a rule holds of a value, after the defaults of the value's own schema.
    fn holds(&self, node: Node<'_>, rule: &Schema, schema: &Schema) -> bool {
        let typed = match rule.kind {
            Type::Any => true,
            Type::Object => node.is_map(),
            Type::Array => node.is_seq(),
            Type::String => node.shape() == Shape::Str,
            Type::Integer => node.shape() == Shape::Int,
            Type::Number => matches!(node.shape(), Shape::Int | Shape::Float),
            Type::Boolean => node.shape() == Shape::Bool,
            Type::IntOrString => matches!(node.shape(), Shape::Int | Shape::Str),
        };
        typed
            && scalars::problem(self.facts, rule, node).is_none()
            && (!node.is_map() || rule.count.holds(node.entries().count()))
            && rule.fields.iter().all(|field| {
                let own = schema
                    .field(&field.name)
                    .map(|field| self.facts.schema(field.schema));
                let rule = self.facts.schema(field.schema);
                let written = node.get(&field.name);
                match written.filter(|value| !value.is_null() || own.is_some_and(|s| s.nullable)) {
                    Some(value) => self.holds(value, rule, own.unwrap_or(rule)),
                    None => match own.and_then(|own| own.default.as_ref()) {
                        Some(default) => self.holds_of_default(default, rule),
                        None => !field.required,
                    },
                }
            })
            && rule.logic.as_ref().is_none_or(|logic| {
                let holds = |id: &SchemaId| self.holds(node, self.facts.schema(*id), schema);
                logic.all_of.iter().all(holds)
                    && (logic.any_of.is_empty() || logic.any_of.iter().any(holds))
                    && (logic.one_of.is_empty()
                        || logic.one_of.iter().filter(|id| holds(id)).count() == 1)
                    && !logic.not.iter().any(holds)
            })
    }

    /// The same of a default, of which rules ask for no more than that it be one of a list.
    fn holds_of_default(&self, default: &Value, rule: &Schema) -> bool {
        let holds = |id: &SchemaId| self.holds_of_default(default, self.facts.schema(*id));
        (rule.allowed.is_empty() || rule.allowed.contains(default))
            && rule
                .logic
                .as_ref()
                .is_none_or(|logic| !logic.not.iter().any(holds))
    }
}
