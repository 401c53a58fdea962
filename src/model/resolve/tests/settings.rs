//! Settings and defaults.
