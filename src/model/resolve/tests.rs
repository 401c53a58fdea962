//! Resolving, tried on small configs.
