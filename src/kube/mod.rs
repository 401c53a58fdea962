//! What Kubernetes documents are: their identities, kinds, versions and fields.

mod crds;
mod editions;
mod facts;
mod facts_reader;
mod fast_patterns;
mod kind_facts;
mod overrides;
mod pattern;
mod product;
mod release;
mod schema;
mod scope;
mod target;

pub use editions::{Edition, Editions};
pub use facts::{facts, kinds};
pub use facts_reader::FactsError;
pub use kind_facts::{KindFacts, ServedVersion};
pub use pattern::Pattern;
pub use product::Product;
pub use release::{Release, ReleaseError};
pub use schema::{Counts, Field, Format, ListKind, Logic, PatternId, Schema, SchemaId, Type};
pub use scope::Scope;
pub use target::{Channel, Target};
