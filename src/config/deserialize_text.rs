//! The texts among what is deserialized: keys of maps, and variants of enums.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::deserialize::Undecodable;

/// A map's key: always a string.
pub(super) struct Key<'t>(pub(super) &'t str);

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
pub(super) struct Variant<'t>(pub(super) &'t str);

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
pub(super) struct UnitOnly;

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
