//! A serde deserializer of document trees, which knows positions and leaves poisoned parts out.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use crate::source::{Located, Node, NodeId, Shape};

/// Why a tree is not of the type asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undecodable {
    /// What serde says.
    pub(super) message: String,
    /// The innermost node concerned, once it is known.
    pub(super) at: Option<NodeId>,
}

impl Undecodable {
    fn or_at(mut self, node: Node<'_>) -> Self {
        self.at.get_or_insert(node.id());
        self
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Undecodable {}

impl serde::de::Error for Undecodable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Undecodable {
            message: message.to_string(),
            at: None,
        }
    }
}

/// A node, to be read as a value of some type.
#[derive(Clone, Copy)]
pub(super) struct Value<'t>(pub(super) Node<'t>);

impl<'t> Value<'t> {
    fn visit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Undecodable> {
        let Value(node) = self;
        match node.shape() {
            Shape::Null => visitor.visit_unit(),
            Shape::Bool => visitor.visit_bool(node.as_bool().unwrap_or_default()),
            Shape::Int => match (node.as_i64(), node.as_f64()) {
                (Some(int), _) => visitor.visit_i64(int),
                (None, Some(float)) => visitor.visit_f64(float),
                (None, None) => Err(Undecodable::custom("not a number")),
            },
            Shape::Float => visitor.visit_f64(node.as_f64().unwrap_or(f64::NAN)),
            Shape::Str => visitor.visit_borrowed_str(node.text()),
            Shape::Seq => visitor.visit_seq(Items {
                next: node.id() + 1,
                list: node,
            }),
            Shape::Map => visitor.visit_map(Entries {
                next: node.id() + 1,
                map: node,
                value: None,
            }),
        }
    }
}

impl<'t> Deserializer<'t> for Value<'t> {
    type Error = Undecodable;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Undecodable> {
        self.visit(visitor).map_err(|error| error.or_at(self.0))
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Undecodable> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Undecodable> {
        let value = if name == Located::TOKEN {
            visitor.visit_seq(PositionAndValue {
                node: self.0,
                given: 0,
            })
        } else {
            visitor.visit_newtype_struct(self)
        };
        value.map_err(|error| error.or_at(self.0))
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Undecodable> {
        let value = match self.0.as_str() {
            Some(text) => visitor.visit_enum(Variant(text)),
            None => Err(Undecodable::custom("a string was expected")),
        };
        value.map_err(|error| error.or_at(self.0))
    }

    /// Derived types would take a list of their fields too.
    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Undecodable> {
        if !self.0.is_map() {
            let found = self.0.shape().describe();
            let error = Undecodable::custom(format!("a map was expected, not {found}"));
            return Err(error.or_at(self.0));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Undecodable> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}

/// The answer to a request for a position: the position's offset, and the value.
struct PositionAndValue<'t> {
    node: Node<'t>,
    given: u8,
}

impl<'t> SeqAccess<'t> for PositionAndValue<'t> {
    type Error = Undecodable;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Undecodable> {
        self.given += 1;
        match self.given {
            1 => {
                let offset = self.node.pos().offset();
                seed.deserialize(offset.into_deserializer()).map(Some)
            }
            2 => seed.deserialize(Value(self.node)).map(Some),
            _ => Ok(None),
        }
    }
}

/// The items of a list that are not poisoned.
struct Items<'t> {
    list: Node<'t>,
    next: NodeId,
}

impl<'t> SeqAccess<'t> for Items<'t> {
    type Error = Undecodable;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Undecodable> {
        while self.next < self.list.end() {
            let item = self.list.tree().node(self.next);
            self.next = item.end();
            if !item.is_poisoned() {
                return seed.deserialize(Value(item)).map(Some);
            }
        }
        Ok(None)
    }

    /// So that lists get the room that they need: most are short, and their items large.
    fn size_hint(&self) -> Option<usize> {
        Some(self.list.items().count())
    }
}

/// The entries of a map whose key and value are not poisoned.
struct Entries<'t> {
    map: Node<'t>,
    next: NodeId,
    value: Option<Node<'t>>,
}

impl<'t> MapAccess<'t> for Entries<'t> {
    type Error = Undecodable;

    fn next_key_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Undecodable> {
        while self.next < self.map.end() {
            let tree = self.map.tree();
            let key = tree.node(self.next);
            let value = tree.node(key.end());
            self.next = value.end();
            if !key.is_poisoned() && !value.is_poisoned() {
                self.value = Some(value);
                let key_value = seed.deserialize(Key(key.text()));
                return key_value.map(Some).map_err(|error| error.or_at(key));
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, Undecodable> {
        let value = self.value.take();
        let value = value.ok_or_else(|| Undecodable::custom("a value before its key"))?;
        seed.deserialize(Value(value))
    }
}

/// A map's key: always a string.
struct Key<'t>(&'t str);

impl<'t> Deserializer<'t> for Key<'t> {
    type Error = Undecodable;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Undecodable> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Undecodable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Undecodable> {
        visitor.visit_enum(Variant(self.0))
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct option seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// An enum's variant by its name.
struct Variant<'t>(&'t str);

impl<'t> EnumAccess<'t> for Variant<'t> {
    type Error = Undecodable;
    type Variant = UnitOnly;

    fn variant_seed<S: DeserializeSeed<'t>>(
        self,
        seed: S,
    ) -> Result<(S::Value, UnitOnly), Undecodable> {
        let name: StrDeserializer<'t, Undecodable> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, UnitOnly))
    }
}

/// The config's enums have variants without content.
struct UnitOnly;

impl<'t> serde::de::VariantAccess<'t> for UnitOnly {
    type Error = Undecodable;

    fn unit_variant(self) -> Result<(), Undecodable> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'t>>(self, _: S) -> Result<S::Value, Undecodable> {
        Err(Undecodable::custom("a variant with content"))
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, _: V) -> Result<V::Value, Undecodable> {
        Err(Undecodable::custom("a variant with content"))
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Undecodable> {
        Err(Undecodable::custom("a variant with content"))
    }
}
