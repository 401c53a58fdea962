//! Where the fields of rendered documents come from, in the forms in which it is told.

mod human;
mod origin_map;
mod places;
mod wanted;

pub use human::write_origins;
pub use origin_map::{
    MappedDocument, MappedField, MappedKind, MappedObject, MappedOrigin, MappedPlace, OriginKind,
    OriginMap,
};
pub use places::Places;
pub use wanted::{PlannedDocument, Unmet, find_document};
