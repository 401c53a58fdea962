//! What there is to know of one kind.

use super::editions::{Edition, Editions};
use super::pattern::Pattern;
use super::product::Product;
use super::schema::{Field, PatternId, Schema, SchemaId};
use super::scope::Scope;
use super::target::Target;
use super::view::View;

/// A version under which a kind is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedVersion {
    /// Such as `v1beta1`.
    pub name: Box<str>,
    /// Where it is served.
    pub editions: Editions,
}

/// What there is to know of one kind: its scope, versions and fields.
///
/// All served versions of a kind have one set of fields; where a less stable version has other
/// rules, they are variants.
#[derive(Debug)]
pub struct KindFacts {
    /// The API group; empty for the core group.
    pub group: Box<str>,
    /// The kind.
    pub kind: Box<str>,
    /// Whether its objects live in namespaces.
    pub scope: Scope,
    /// The product that brings it, by whose releases editions count.
    pub product: Product,
    /// The versions, the most stable one first.
    pub versions: Box<[ServedVersion]>,
    pub(super) schemas: Vec<Schema>,
    pub(super) patterns: Vec<Pattern>,
}

impl KindFacts {
    /// The index of the root's schema.
    pub const ROOT: SchemaId = 0;

    /// The schema of the whole document.
    pub fn root(&self) -> &Schema {
        self.schema(Self::ROOT)
    }

    /// The schema of this index.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id as usize]
    }

    /// The view of a target on a document of this version; a version that there is not counts as
    /// the most stable one.
    pub fn view(&self, target: &Target, version: Option<&str>) -> View {
        let edition = Edition::of(self.product, target);
        let written = self.versions.iter().position(|v| Some(&*v.name) == version);
        let served = || {
            self.versions
                .iter()
                .position(|v| v.editions.contains(edition))
        };
        View {
            edition,
            version: written.or_else(served).unwrap_or(0) as u8,
        }
    }

    /// The schema of this index as it is for a view.
    pub fn schema_in(&self, id: SchemaId, view: View) -> &Schema {
        let schema = self.schema(id);
        if schema.variants.is_empty() {
            return schema;
        }
        schema
            .variant(view)
            .map_or(schema, |variant| self.schema(variant))
    }

    /// The pattern of this index.
    pub fn pattern(&self, id: PatternId) -> &Pattern {
        &self.patterns[id as usize]
    }

    /// How many schemas there are.
    pub fn len(&self) -> usize {
        self.schemas.len()
    }

    /// Whether there are none; facts that were read have at least their root.
    pub fn is_empty(&self) -> bool {
        self.schemas.is_empty()
    }

    pub(super) fn push(&mut self, schema: Schema) -> SchemaId {
        self.schemas.push(schema);
        self.schemas.len() as SchemaId - 1
    }

    /// The patterns of all fields.
    pub fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.patterns.iter()
    }

    /// The editions in which some version of it is served.
    pub fn editions(&self) -> Editions {
        self.versions
            .iter()
            .fold(Editions::NONE, |all, version| all.union(version.editions))
    }

    /// The schema at the end of a path of field names; `[]` goes into the items of a list, `{}`
    /// to the values under free keys.
    pub fn at(&self, path: &[&str]) -> Option<&Schema> {
        path.iter().try_fold(self.root(), |schema, step| {
            let next = match *step {
                "[]" => schema.items,
                "{}" => schema.values,
                name => schema.field(name).map(|field| field.schema),
            };
            next.map(|id| self.schema(id))
        })
    }

    /// The field at the end of a path, which may hold `[]` and `{}` as in [`at`](Self::at).
    pub fn field(&self, path: &[&str]) -> Option<&Field> {
        let (name, parents) = path.split_last()?;
        self.at(parents)?.field(name)
    }
}
