//! Document trees as instances of a JSON Schema, without conversion.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use serde_json::{Number, Value};

use crate::source::{Node, NodeId, Pos, Shape, Tree, TreeBuilder};

/// Document trees, as jsonschema sees them.
pub(super) struct TreeJson;

/// A node as an instance. A map's keys are strings, whatever they look like.
#[derive(Clone, Copy)]
pub(super) struct Instance<'t> {
    node: Node<'t>,
    is_key: bool,
}

impl<'t> Instance<'t> {
    /// The root of a tree.
    pub(super) fn root(tree: &'t Tree) -> Self {
        Instance::value(tree.root())
    }

    fn value(node: Node<'t>) -> Self {
        Instance {
            node,
            is_key: false,
        }
    }

    fn shape(self) -> Shape {
        if self.is_key {
            Shape::Str
        } else {
            self.node.shape()
        }
    }
}

/// The node that an error speaks of, for errors of a [`TreeJson`] validator.
pub(super) fn node_of(error: &jsonschema::ValidationError<'_>) -> Option<NodeId> {
    error.instance().as_u64().map(|id| id as NodeId)
}

impl Json for TreeJson {
    type Node<'a> = Instance<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = Option<Tree>;

    const KEYS_PER_LOOKUP: usize = 1;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(
        buffer: &mut Option<Tree>,
        string: &str,
        f: impl FnOnce(Instance<'_>) -> T,
    ) -> T {
        let mut builder = TreeBuilder::detached();
        builder.string(string, Pos::NONE);
        f(Instance::root(buffer.insert(builder.finish())))
    }
}

impl<'a> JsonNode<'a, TreeJson> for Instance<'a> {
    type Object = Instance<'a>;
    type Array = Instance<'a>;
    type Number = Instance<'a>;

    fn as_object(&self) -> Option<Self> {
        (self.shape() == Shape::Map).then_some(*self)
    }

    fn as_array(&self) -> Option<Self> {
        (self.shape() == Shape::Seq).then_some(*self)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        (self.shape() == Shape::Str).then(|| Cow::Borrowed(self.node.text()))
    }

    fn as_number(&self) -> Option<Self> {
        matches!(self.shape(), Shape::Int | Shape::Float).then_some(*self)
    }

    fn as_boolean(&self) -> Option<bool> {
        if self.is_key {
            None
        } else {
            self.node.as_bool()
        }
    }

    fn is_null(&self) -> bool {
        self.shape() == Shape::Null
    }

    fn json_type(&self) -> JsonType {
        match self.shape() {
            Shape::Null => JsonType::Null,
            Shape::Bool => JsonType::Boolean,
            Shape::Int | Shape::Float => JsonType::Number,
            Shape::Str => JsonType::String,
            Shape::Seq => JsonType::Array,
            Shape::Map => JsonType::Object,
        }
    }

    fn string_length_within(&self, min: u64, max: u64) -> Option<bool> {
        let text = self.as_string()?;
        let bytes = text.len() as u64;
        // A character has one to four bytes, which mostly decides it.
        if bytes <= max && bytes / 4 >= min {
            return Some(true);
        }
        Some((min..=max).contains(&(text.chars().count() as u64)))
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match expected {
            Value::Null => self.is_null(),
            Value::Bool(expected) => self.as_boolean() == Some(*expected),
            Value::String(expected) => self.shape() == Shape::Str && self.node.text() == expected,
            Value::Number(expected) => {
                self.as_number().is_some() && self.node.as_f64() == expected.as_f64()
            }
            // The schema compares scalars only.
            Value::Array(_) | Value::Object(_) => false,
        }
    }

    /// Errors carry this in place of a copy of the instance: the index of the node.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(Value::from(self.node.id()))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let tree = std::ptr::from_ref(self.node.tree()) as usize;
        Some(NodeIdentity::tagged(tree, self.node.id()))
    }
}

impl<'a> Object<'a, TreeJson> for Instance<'a> {
    type Node = Instance<'a>;
    type MemberName = &'a str;
    type MembersIter = Box<dyn Iterator<Item = (&'a str, Instance<'a>)> + 'a>;

    fn len(&self) -> usize {
        self.node.entries().count()
    }

    fn is_empty(&self) -> bool {
        self.node.end() == self.node.id() + 1
    }

    fn get(&self, key: &Box<str>) -> Option<Instance<'a>> {
        self.node.get(key).map(Instance::value)
    }

    fn members(&self) -> Self::MembersIter {
        let entries = self.node.entries();
        Box::new(entries.map(|(key, value)| (key.text(), Instance::value(value))))
    }

    fn try_for_each_name_node<B>(
        &self,
        _: &mut Option<Tree>,
        mut f: impl FnMut(Instance<'_>) -> std::ops::ControlFlow<B>,
    ) -> std::ops::ControlFlow<B> {
        self.node
            .entries()
            .try_for_each(|(node, _)| f(Instance { node, is_key: true }))
    }
}

impl<'a> Array<'a, TreeJson> for Instance<'a> {
    type Node = Instance<'a>;
    type ElementsIter = Box<dyn Iterator<Item = Instance<'a>> + 'a>;

    fn len(&self) -> usize {
        self.node.items().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        Box::new(self.node.items().map(Instance::value))
    }
}

impl JsonNumber for Instance<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.node.as_i64().and_then(|int| u64::try_from(int).ok())
    }

    fn as_i64(&self) -> Option<i64> {
        self.node.as_i64()
    }

    fn as_f64(&self) -> Option<f64> {
        self.node.as_f64()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.node.text())
    }

    fn to_number(&self) -> Cow<'_, Number> {
        let whole = self.node.as_i64().map(Number::from);
        let number = whole.or_else(|| Number::from_f64(self.node.as_f64()?));
        // Infinities have no form in JSON; no bound of the schema lets the greatest number pass.
        Cow::Owned(number.unwrap_or_else(|| Number::from(i64::MAX)))
    }

    fn is_integer(&self) -> bool {
        self.node.shape() == Shape::Int
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_node() {
        let mut b = TreeBuilder::detached();
        b.open(Shape::Map, crate::source::Style::Plain, Pos::NONE);
        b.string("a", Pos::NONE);
        b.plain("1.5", Pos::NONE);
        b.plain("8080", Pos::NONE);
        b.string("x", Pos::NONE);
        let tree = b.finish();
        let schema = serde_json::json!({
            "properties": {"a": {"type": "integer"}},
            "propertyNames": {"pattern": "^[a-z]+$"},
            "additionalProperties": false,
        });
        let validator = jsonschema::options_for::<TreeJson>()
            .build(&schema)
            .unwrap();
        let mut found: Vec<_> = validator
            .iter_errors(Instance::root(&tree))
            .map(|error| (node_of(&error).unwrap(), error.schema_path().to_string()))
            .collect();
        found.sort();
        let expected = [
            (0, "/additionalProperties"),
            (0, "/propertyNames/pattern"),
            (2, "/properties/a/type"),
        ];
        assert_eq!(found, expected.map(|(id, path)| (id, path.to_owned())));
    }
}
