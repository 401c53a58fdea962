//! What a template sees, with where each part of it comes from.

use minijinja::Value;
use serde::ser::{Error as _, Serialize, Serializer};

use crate::source::{Causes, Origin};

use super::seen_parts::{Entries, Items, Variant};

/// A part of a view, with where it comes from.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// What it is.
    pub value: SeenValue,
    /// Where it comes from, as far as the view knows: of the value itself first, then what decided
    /// that it is there.
    pub origins: Vec<Origin>,
}

/// What a part of a view is.
#[derive(Clone, Debug)]
pub enum SeenValue {
    /// A scalar, as templates know it.
    Scalar(Value),
    /// A list.
    List(Vec<Seen>),
    /// A map, in the order of its fields.
    Map(Vec<(String, Seen)>),
}

impl Default for SeenValue {
    fn default() -> Self {
        SeenValue::Scalar(Value::from(()))
    }
}

impl Seen {
    /// Looks at a view.
    pub fn of<T: Serialize + ?Sized>(view: &T) -> Result<Self, SeenError> {
        view.serialize(Eye)
    }

    pub(super) fn scalar(value: impl Into<Value>) -> Self {
        SeenValue::Scalar(value.into()).into()
    }

    /// The whole numbers of a list.
    fn numbers(&self) -> Vec<u32> {
        let SeenValue::List(items) = &self.value else {
            return Vec::new();
        };
        let number = |item: &Seen| match &item.value {
            SeenValue::Scalar(value) => u32::try_from(value.clone()).ok(),
            _ => None,
        };
        items.iter().filter_map(number).collect()
    }
}

impl From<SeenValue> for Seen {
    fn from(value: SeenValue) -> Self {
        Seen {
            value,
            origins: Vec::new(),
        }
    }
}

/// A view that cannot be looked at, such as a map with keys that are no strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenError(String);

impl std::fmt::Display for SeenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeenError {}

impl serde::ser::Error for SeenError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        SeenError(message.to_string())
    }
}

/// The serializer that keeps origins.
#[derive(Clone, Copy)]
pub(super) struct Eye;

macro_rules! scalars {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<Seen, SeenError> {
            Ok(Seen::scalar(value))
        })*
    };
}

impl Serializer for Eye {
    type Ok = Seen;
    type Error = SeenError;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Variant<Items>;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Variant<Entries>;

    fn is_human_readable(&self) -> bool {
        false
    }

    scalars! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_f32: f32, serialize_f64: f64, serialize_char: char,
        serialize_str: &str, serialize_i128: i128, serialize_u128: u128
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Seen, SeenError> {
        Ok(Seen::scalar(Value::from_bytes(value.to_vec())))
    }

    fn serialize_none(self) -> Result<Seen, SeenError> {
        Ok(Seen::default())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Seen, SeenError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Seen, SeenError> {
        Ok(Seen::default())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Seen, SeenError> {
        Ok(Seen::default())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Seen, SeenError> {
        Ok(Seen::scalar(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Seen, SeenError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Seen, SeenError> {
        let value = value.serialize(self)?;
        if name != Origin::TOKEN {
            return Ok(SeenValue::Map(vec![(variant.to_owned(), value)]).into());
        }
        let places = value.numbers();
        let causes = Causes::of(places.into_iter().map(crate::source::Pos::new));
        Ok(Seen {
            value: SeenValue::default(),
            origins: vec![Origin::from_variant(index, variant, causes)],
        })
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, SeenError> {
        Ok(Items::new(length.unwrap_or_default()))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, SeenError> {
        Ok(Items::new(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, SeenError> {
        Ok(Items::new(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Variant<Items>, SeenError> {
        Ok(Variant::new(variant, Items::new(length)))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Entries, SeenError> {
        Ok(Entries::new(false, length.unwrap_or_default()))
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Entries, SeenError> {
        Ok(Entries::new(name == Origin::TOKEN, length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Variant<Entries>, SeenError> {
        Ok(Variant::new(variant, Entries::new(false, length)))
    }
}

/// The text of a map's key.
pub(super) fn key_text(key: &Seen) -> Result<String, SeenError> {
    match &key.value {
        SeenValue::Scalar(value) => Ok(value.to_string()),
        _ => Err(SeenError::custom("a key of a map is no scalar")),
    }
}
