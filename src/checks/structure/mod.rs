//! Whether a document is what the API server's schema of its kind asks for.

mod formats;
mod gates;
mod lists;
mod logic;
mod metadata;
mod scalars;
mod walker;

pub use walker::{Extent, IDS, structure};

#[cfg(test)]
mod tests;
