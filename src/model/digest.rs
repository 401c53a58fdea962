//! Short digests of texts, for names that must not collide.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The first hexadecimal digits of the SHA-256 of a text, at most 64 of them.
pub(super) fn hex_digits(text: &str, digits: usize) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex.truncate(digits);
    hex
}
