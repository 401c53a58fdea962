//! What Kubernetes documents are: their identities, kinds, versions and fields.

mod api_version;
mod apply_order;
mod built_in;
mod crds;
mod defaults;
mod editions;
mod facts;
mod facts_reader;
mod fast_patterns;
#[cfg(test)]
pub(crate) mod json_tree;
mod kind_facts;
pub mod krm;
mod locate;
mod object_id;
mod object_ref;
mod overrides;
mod pattern;
mod pointer;
mod pointer_find;
mod product;
mod release;
mod schema;
mod schema_reader;
mod scope;
mod target;
mod view;

pub use api_version::ApiVersion;
pub use apply_order::apply_order;
pub use built_in::is_built_in;
pub use defaults::with_defaults;
pub use editions::{Edition, Editions};
pub use facts::{facts, kinds};
pub use facts_reader::FactsError;
pub use kind_facts::{KindFacts, ServedVersion};
pub use locate::{pointer_to, schema_of};
pub use object_id::{IdentityError, ObjectId};
pub use object_ref::ObjectRef;
pub use pattern::Pattern;
pub use pointer::Pointer;
pub use pointer_find::{PointerError, find_pointer};
pub use product::Product;
pub use release::{Release, ReleaseError};
pub use schema::{
    Counts, Field, Format, ListKind, Logic, PatternId, Schema, SchemaId, Type, Variant,
};
pub use scope::Scope;
pub use target::{Channel, Target};
pub use view::View;
