//! What the user gave: the only reader of files.

mod reason;

pub use reason::reason;
