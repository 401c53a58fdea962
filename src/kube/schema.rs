//! What may stand at one place of a document.

use serde_json::Value;

use super::editions::Editions;
use super::view::View;

/// The index of a [`Schema`] in its kind's facts.
pub type SchemaId = u32;

/// The index of a [`Pattern`](super::Pattern) in its kind's facts.
pub type PatternId = u32;

/// The type of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Type {
    /// Anything.
    #[default]
    Any,
    /// A map, with fields or with free keys.
    Object,
    /// A list.
    Array,
    /// A string.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// A whole number or a string.
    IntOrString,
}

impl Type {
    /// The word for it, with its article.
    pub fn describe(self) -> &'static str {
        match self {
            Type::Any => "any value",
            Type::Object => "a map",
            Type::Array => "a list",
            Type::String => "a string",
            Type::Integer => "an integer",
            Type::Number => "a number",
            Type::Boolean => "a boolean",
            Type::IntOrString => "an integer or a string",
        }
    }
}

/// A format of a scalar, as far as an API server checks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A whole number of 32 bits; the schema's bounds hold it already.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// RFC 3339.
    DateTime,
    /// Base64.
    Byte,
    /// A dotted IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
}

/// What makes the items of a list differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ListKind {
    /// Nothing.
    #[default]
    Plain,
    /// Every item differs from every other.
    Set,
    /// The items' values of these fields, taken together, differ.
    Map(Box<[Box<str>]>),
}

/// A field of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name.
    pub name: Box<str>,
    /// What may stand there.
    pub schema: SchemaId,
    /// Where the field exists.
    pub editions: Editions,
    /// Whether it must be there; a field with a default never must.
    pub required: bool,
}

/// Inclusive bounds of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The least.
    pub min: u32,
    /// The most.
    pub max: u32,
}

impl Counts {
    /// No bounds.
    pub const ANY: Counts = Counts {
        min: 0,
        max: u32::MAX,
    };

    /// Whether a count is within.
    pub fn holds(self, count: usize) -> bool {
        count >= self.min as usize && count <= self.max as usize
    }
}

/// The rules of a schema that are rare; most schemas have none of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Logic {
    /// All of these hold.
    pub all_of: Box<[SchemaId]>,
    /// One of these holds at least.
    pub any_of: Box<[SchemaId]>,
    /// One of these holds, and no other.
    pub one_of: Box<[SchemaId]>,
    /// This does not hold.
    pub not: Option<SchemaId>,
}

/// Rules that hold instead of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// In which editions.
    pub editions: Editions,
    /// Only for documents of this version, by its index among the kind's versions.
    pub version: Option<u8>,
    /// The rules.
    pub schema: SchemaId,
}

impl Variant {
    fn applies(self, view: View) -> bool {
        self.editions.contains(view.edition) && self.version.is_none_or(|v| v == view.version)
    }
}

/// What may stand at one place of a document: the facts of a schema in a CRD.
///
/// Parts of [`Logic`] are schemas too, which say something of a value without saying all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// The type.
    pub kind: Type,
    /// Whether null is a value here.
    pub nullable: bool,
    /// Whether keys that are no fields are kept.
    pub open: bool,
    /// The format.
    pub format: Option<Format>,
    /// What a string matches.
    pub pattern: Option<PatternId>,
    /// The fields, sorted by name.
    pub fields: Box<[Field]>,
    /// How many fields are required.
    pub required: u16,
    /// The values under free keys.
    pub values: Option<SchemaId>,
    /// The items of a list.
    pub items: Option<SchemaId>,
    /// What makes the items differ.
    pub list: ListKind,
    /// The only values there may be, unless empty.
    pub allowed: Box<[Value]>,
    /// The least number.
    pub min: Option<f64>,
    /// The greatest number.
    pub max: Option<f64>,
    /// How many characters a string has.
    pub length: Counts,
    /// How many items a list, or keys a map, has.
    pub count: Counts,
    /// What is meant when nothing is written.
    pub default: Option<Value>,
    /// The rare rules.
    pub logic: Option<Box<Logic>>,
    /// Where the rules are others; the first one that applies holds instead of this one.
    pub variants: Box<[Variant]>,
}

impl Default for Schema {
    fn default() -> Self {
        Schema {
            kind: Type::Any,
            nullable: false,
            open: false,
            format: None,
            pattern: None,
            fields: Box::default(),
            required: 0,
            values: None,
            items: None,
            list: ListKind::Plain,
            allowed: Box::default(),
            min: None,
            max: None,
            length: Counts::ANY,
            count: Counts::ANY,
            default: None,
            logic: None,
            variants: Box::default(),
        }
    }
}

impl Schema {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.field_index(name).map(|index| &self.fields[index])
    }

    /// Where in [`fields`](Self::fields) the field of this name is.
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.fields
            .binary_search_by(|field| (*field.name).cmp(name))
            .ok()
    }

    /// Takes these fields, in the order in which they are kept.
    pub(super) fn set_fields(&mut self, mut fields: Vec<Field>) {
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        self.required = fields.iter().filter(|field| field.required).count() as u16;
        self.fields = fields.into();
    }

    /// The schema that holds instead of this one for a view.
    pub fn variant(&self, view: View) -> Option<SchemaId> {
        let mut variants = self.variants.iter();
        variants
            .find(|variant| variant.applies(view))
            .map(|variant| variant.schema)
    }
}
