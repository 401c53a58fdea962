//! Mistakes, each with its diagnostic.
