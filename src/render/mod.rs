//! Views through templates to documents.

mod annotate;
mod decorate;
mod document;
mod failure;
mod file_path;
mod formatter;
mod kustomization;
mod render;
mod rendered;
mod renderer;
mod templates;
#[cfg(test)]
mod tests;

pub use document::{Document, Documents};
pub use file_path::{FilePathTemplate, version};
pub use kustomization::{component, kustomization};
pub use render::{render, render_each};
pub use templates::Templates;
