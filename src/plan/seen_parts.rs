//! Lists and maps of views while they are looked at.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::seen::{Eye, Seen, SeenError, SeenValue, key_text};

/// The items of a list.
pub(super) struct Items(Vec<Seen>);

impl Items {
    pub(super) fn new(length: usize) -> Self {
        Items(Vec::with_capacity(length))
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SeenError> {
        self.0.push(value.serialize(Eye)?);
        Ok(())
    }

    fn finish(self) -> Seen {
        SeenValue::List(self.0).into()
    }
}

/// The fields of a map, or a value with its origins where it is told apart by the token.
pub(super) struct Entries {
    is_sourced: bool,
    fields: Vec<(String, Seen)>,
    key: String,
}

impl Entries {
    pub(super) fn new(is_sourced: bool, length: usize) -> Self {
        Entries {
            is_sourced,
            fields: Vec::with_capacity(length),
            key: String::new(),
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), SeenError> {
        self.fields.push((key, value.serialize(Eye)?));
        Ok(())
    }

    fn finish(self) -> Seen {
        if !self.is_sourced {
            return SeenValue::Map(self.fields).into();
        }
        let mut all = Seen::default();
        for (key, field) in self.fields {
            if key == "value" {
                all.value = field.value;
                // Origins of the value's own are nearer to it than those around it.
                let around = std::mem::replace(&mut all.origins, field.origins);
                all.origins.extend(around);
            } else {
                all.origins.extend(field.origins);
            }
        }
        all
    }
}

/// A list or map under the name of its variant.
pub(super) struct Variant<T> {
    name: &'static str,
    content: T,
}

impl<T> Variant<T> {
    pub(super) fn new(name: &'static str, content: T) -> Self {
        Variant { name, content }
    }

    fn finish(self, content: impl FnOnce(T) -> Seen) -> Seen {
        SeenValue::Map(vec![(self.name.to_owned(), content(self.content))]).into()
    }
}

macro_rules! sequence {
    ($($trait:ident::$method:ident),*) => {
        $(impl $trait for Items {
            type Ok = Seen;
            type Error = SeenError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SeenError> {
                self.push(value)
            }

            fn end(self) -> Result<Seen, SeenError> {
                Ok(self.finish())
            }
        })*
    };
}

sequence! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field
}

impl SerializeTupleVariant for Variant<Items> {
    type Ok = Seen;
    type Error = SeenError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SeenError> {
        self.content.push(value)
    }

    fn end(self) -> Result<Seen, SeenError> {
        Ok(self.finish(Items::finish))
    }
}

impl SerializeMap for Entries {
    type Ok = Seen;
    type Error = SeenError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), SeenError> {
        self.key = key_text(&key.serialize(Eye)?)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SeenError> {
        let key = std::mem::take(&mut self.key);
        self.push(key, value)
    }

    fn end(self) -> Result<Seen, SeenError> {
        Ok(self.finish())
    }
}

impl SerializeStruct for Entries {
    type Ok = Seen;
    type Error = SeenError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), SeenError> {
        self.push(key.to_owned(), value)
    }

    fn end(self) -> Result<Seen, SeenError> {
        Ok(self.finish())
    }
}

impl SerializeStructVariant for Variant<Entries> {
    type Ok = Seen;
    type Error = SeenError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), SeenError> {
        self.content.push(key.to_owned(), value)
    }

    fn end(self) -> Result<Seen, SeenError> {
        Ok(self.finish(Entries::finish))
    }
}
