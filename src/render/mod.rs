//! Views through templates to documents.

mod document;
mod failure;
mod formatter;
mod kustomization;
mod render;
mod rendered;
mod renderer;
mod templates;
#[cfg(test)]
mod tests;

pub use document::{Document, Documents};
pub use kustomization::{component, kustomization};
pub use render::{render, render_each};
pub use templates::Templates;
