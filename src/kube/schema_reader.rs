//! Reads the schemas of distilled facts.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::editions::Editions;
use super::facts_reader::{Result, editions, items, wrong};
use super::kind_facts::{KindFacts, ServedVersion};
use super::pattern::Pattern;
use super::schema::{
    Counts, Field, Format, ListKind, Logic, PatternId, Schema, SchemaId, Type, Variant,
};

/// Reads schemas into the facts of a kind.
pub(super) struct SchemaReader<'a> {
    facts: &'a mut KindFacts,
    shared: Option<&'a Value>,
    read: BTreeMap<&'a str, SchemaId>,
    patterns: BTreeMap<String, PatternId>,
}

impl<'a> SchemaReader<'a> {
    pub(super) fn new(facts: &'a mut KindFacts, shared: Option<&'a Value>) -> Self {
        SchemaReader {
            facts,
            shared,
            read: BTreeMap::new(),
            patterns: BTreeMap::new(),
        }
    }

    /// Reads a schema and all below it.
    pub(super) fn schema(&mut self, value: &'a Value) -> Result<SchemaId> {
        let map = value
            .as_object()
            .ok_or_else(|| wrong(format!("no schema: {value}")))?;
        if let Some(name) = map.get("ref").and_then(Value::as_str) {
            if let Some(id) = self.read.get(name) {
                return Ok(*id);
            }
            let shared = self.shared.and_then(|shared| shared.get(name));
            let id = self.schema(shared.ok_or_else(|| wrong(format!("no shared `{name}`")))?)?;
            self.read.insert(name, id);
            return Ok(id);
        }
        let id = self.facts.push(Schema::default());
        let mut schema = Schema::default();
        if let Some(fields) = map.get("fields").and_then(Value::as_object) {
            let mut list = Vec::with_capacity(fields.len());
            for (name, field) in fields {
                let editions = editions(self.facts.product, field)?;
                let schema = self.schema(field)?;
                list.push(Field {
                    name: name.as_str().into(),
                    schema,
                    editions,
                    required: false,
                });
            }
            schema.fields = list.into();
        }
        schema.values = map
            .get("values")
            .map(|value| self.schema(value))
            .transpose()?;
        schema.items = map
            .get("items")
            .map(|value| self.schema(value))
            .transpose()?;
        self.rules(&mut schema, map)?;
        let mut variants = Vec::new();
        for variant in items(map, "variants") {
            let editions = editions(self.facts.product, variant)?;
            let mut changed = map.clone();
            for (key, value) in variant.as_object().into_iter().flatten() {
                changed.insert(key.clone(), value.clone());
            }
            changed.retain(|_, value| !value.is_null());
            let mut other = schema.clone();
            self.rules(&mut other, &changed)?;
            let name = variant.get("version").and_then(Value::as_str);
            let named = |known: &ServedVersion| Some(&*known.name) == name;
            let version = self.facts.versions.iter().position(named);
            let version = version.map(|index| index as u8);
            let schema = self.facts.push(other);
            variants.push(Variant {
                editions,
                version,
                schema,
            });
        }
        schema.variants = variants.into();
        self.facts.schemas[id as usize] = schema;
        Ok(id)
    }

    /// Everything of a schema but its children.
    fn rules(&mut self, schema: &mut Schema, map: &Map<String, Value>) -> Result<()> {
        let word = |key: &str| map.get(key).and_then(Value::as_str);
        let flag = |key: &str| map.get(key).and_then(Value::as_bool).unwrap_or(false);
        let number = |key: &str| map.get(key).and_then(Value::as_f64);
        let count = |key: &str| map.get(key).and_then(Value::as_u64).map(|n| n as u32);
        let counts = |min: &str, max: &str| Counts {
            min: count(min).unwrap_or(0),
            max: count(max).unwrap_or(u32::MAX),
        };
        schema.kind = word("type").map_or(Ok(Type::Any), type_of)?;
        schema.nullable = flag("nullable");
        schema.open = flag("open");
        schema.format = word("format").map(format_of).transpose()?;
        schema.pattern = word("pattern").map(|text| self.pattern(text));
        schema.list = match map.get("list") {
            Some(Value::Array(keys)) => ListKind::Map(
                keys.iter()
                    .filter_map(Value::as_str)
                    .map(Into::into)
                    .collect(),
            ),
            Some(_) => ListKind::Set,
            None => ListKind::Plain,
        };
        schema.allowed = items(map, "enum").into();
        schema.min = number("min");
        schema.max = number("max");
        schema.length = counts("minLength", "maxLength");
        schema.count = match schema.kind {
            Type::Array => counts("minItems", "maxItems"),
            _ => counts("minProperties", "maxProperties"),
        };
        schema.default = map.get("default").cloned();
        self.required(schema, items(map, "required"));
        schema.logic = self.logic(map)?;
        Ok(())
    }

    /// Marks the required fields; the parts of rules may require what they do not describe.
    fn required(&mut self, schema: &mut Schema, names: &[Value]) {
        let mut fields = std::mem::take(&mut schema.fields).into_vec();
        let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
        for field in &mut fields {
            let defaulted = self.facts.schema(field.schema).default.is_some();
            field.required = names.contains(&&*field.name) && !defaulted;
        }
        for name in names {
            if !fields.iter().any(|field| *field.name == *name) {
                let schema = self.facts.push(Schema::default());
                let (name, editions) = (name.into(), Editions::ALL);
                fields.push(Field {
                    name,
                    schema,
                    editions,
                    required: true,
                });
            }
        }
        schema.set_fields(fields);
    }

    fn logic(&mut self, map: &Map<String, Value>) -> Result<Option<Box<Logic>>> {
        let mut part = |key: &str| -> Result<Box<[SchemaId]>> {
            items(map, key).iter().map(|rule| self.rule(rule)).collect()
        };
        let (all_of, any_of, one_of) = (part("allOf")?, part("anyOf")?, part("oneOf")?);
        let not = map.get("not").map(|rule| self.rule(rule)).transpose()?;
        let logic = Logic {
            all_of,
            any_of,
            one_of,
            not,
        };
        Ok((logic != Logic::default()).then(|| Box::new(logic)))
    }

    /// A part of [`Logic`], which never refers to what is shared.
    fn rule(&mut self, value: &Value) -> Result<SchemaId> {
        SchemaReader::new(self.facts, None).schema(value)
    }

    fn pattern(&mut self, text: &str) -> PatternId {
        if let Some(id) = self.patterns.get(text) {
            return *id;
        }
        let id = self.facts.patterns.len() as PatternId;
        self.facts.patterns.push(Pattern::new(text));
        self.patterns.insert(text.to_owned(), id);
        id
    }
}

fn type_of(word: &str) -> Result<Type> {
    Ok(match word {
        "object" => Type::Object,
        "array" => Type::Array,
        "string" => Type::String,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "boolean" => Type::Boolean,
        "intOrString" => Type::IntOrString,
        other => return Err(wrong(format!("no type `{other}`"))),
    })
}

fn format_of(word: &str) -> Result<Format> {
    Ok(match word {
        "int32" => Format::Int32,
        "int64" => Format::Int64,
        "date-time" => Format::DateTime,
        "byte" => Format::Byte,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        other => return Err(wrong(format!("no format `{other}`"))),
    })
}
