//! Views through templates to documents.

mod annotate;
mod decorate;
mod document;
mod failure;
mod file_path;
mod formatter;
mod kustomization;
mod limited_patches;
mod origins;
mod render;
mod rendered;
mod renderer;
mod templates;
#[cfg(test)]
mod tests;
mod trace;

pub use document::{Document, Documents};
pub use file_path::{ENDLESS, FilePathTemplate, version};
pub use kustomization::{component, kustomization};
pub use origins::{
    MappedDocument, MappedField, MappedKind, MappedObject, MappedOrigin, MappedPlace, OriginKind,
    OriginMap, Places, PlannedDocument, Unmet, find_document, write_origins,
};
pub use render::{render, render_each};
pub use templates::Templates;
pub use trace::{Field, TemplateLine, TraceError, Traced, Tracer};
