//! Reads distilled facts; `schema/crds/README.md` says how they are written.

use std::fmt;

use serde_json::{Map, Value};

use super::editions::Editions;
use super::kind_facts::{KindFacts, ServedVersion};
use super::overrides;
use super::product::Product;
use super::schema::{Field, Schema, SchemaId, Type};
use super::schema_reader::SchemaReader;
use super::scope::Scope;

/// The fields of every object's `metadata`.
const OBJECT_META: &str = include_str!("../../schema/crds/core/_ObjectMeta.json");

/// What is wrong with a text that should be the facts of a kind.
#[derive(Debug)]
pub struct FactsError(String);

impl fmt::Display for FactsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FactsError {}

impl FactsError {
    pub(super) fn no_field(name: &str) -> Self {
        FactsError(format!("no field `{name}`"))
    }
}

pub(super) type Result<T> = std::result::Result<T, FactsError>;

pub(super) fn wrong(what: impl fmt::Display) -> FactsError {
    FactsError(what.to_string())
}

impl KindFacts {
    /// Reads the facts of a kind from a file of `schema/crds`.
    pub fn parse(text: &str) -> Result<Self> {
        let file = object(text)?;
        let word = |key: &str| {
            file.get(key)
                .and_then(Value::as_str)
                .ok_or_else(|| wrong(format!("no `{key}`")))
        };
        let product = Product::from_slug(word("product")?).ok_or_else(|| wrong("no product"))?;
        let mut versions = Vec::new();
        for version in items(&file, "versions") {
            let name = version.get("name").and_then(Value::as_str);
            let name = name
                .ok_or_else(|| wrong("a version without a name"))?
                .into();
            versions.push(ServedVersion {
                name,
                editions: editions(product, version)?,
            });
        }
        let mut facts = KindFacts {
            group: word("group")?.into(),
            kind: word("kind")?.into(),
            scope: match word("scope")? {
                "Cluster" => Scope::Cluster,
                "Namespaced" => Scope::Namespaced,
                other => return Err(wrong(format!("no scope `{other}`"))),
            },
            product,
            versions: versions.into(),
            schemas: Vec::new(),
            patterns: Vec::new(),
        };
        let root = SchemaReader::new(&mut facts, file.get("shared")).schema(&file["schema"])?;
        debug_assert_eq!(root, KindFacts::ROOT, "the root is read first");
        let meta_file = object(OBJECT_META)?;
        let meta = SchemaReader::new(&mut facts, None).schema(&meta_file["schema"])?;
        add_common_fields(&mut facts, meta);
        overrides::apply(&mut facts)?;
        Ok(facts)
    }
}

/// The fields that every kind has; `status` belongs to controllers and is not looked into.
fn add_common_fields(facts: &mut KindFacts, metadata: SchemaId) {
    let text = facts.push(Schema {
        kind: Type::String,
        ..Schema::default()
    });
    let status = facts.push(Schema {
        kind: Type::Object,
        open: true,
        ..Schema::default()
    });
    let common = [
        ("apiVersion", text, true),
        ("kind", text, true),
        ("metadata", metadata, true),
        ("status", status, false),
    ];
    let mut roots = vec![KindFacts::ROOT];
    roots.extend(facts.root().variants.iter().map(|variant| variant.schema));
    for root in roots {
        let root = &mut facts.schemas[root as usize];
        let mut fields = std::mem::take(&mut root.fields).into_vec();
        fields.extend(common.map(|(name, schema, required)| Field {
            name: name.into(),
            schema,
            editions: Editions::ALL,
            required,
        }));
        root.set_fields(fields);
    }
}

fn object(text: &str) -> Result<Map<String, Value>> {
    serde_json::from_str(text).map_err(wrong)
}

pub(super) fn items<'a>(map: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    map.get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

pub(super) fn editions(product: Product, value: &Value) -> Result<Editions> {
    match value.get("in").and_then(Value::as_str) {
        None => Ok(Editions::ALL),
        Some(text) => {
            Editions::parse(product, text).ok_or_else(|| wrong(format!("no editions `{text}`")))
        }
    }
}
