//! How a place in a document is written.

use std::fmt::{self, Write as _};

/// A place in a document, in the one form that is used everywhere:
/// `spec.listeners[name=https].tls.mode`, with list-map keys where a list has them, else `[0]`.
///
/// A key that is no plain word stands in brackets and quotes: `metadata.labels["a.b/c"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The document as a whole.
    pub const fn root() -> Self {
        Pointer(String::new())
    }

    /// Goes to the value under a key.
    pub fn key(&mut self, key: &str) {
        let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        if key.is_empty() || !key.bytes().all(word) {
            let _ = write!(self.0, "[{key:?}]");
            return;
        }
        if !self.0.is_empty() {
            self.0.push('.');
        }
        self.0.push_str(key);
    }

    /// Goes to an item by its index.
    pub fn index(&mut self, index: usize) {
        let _ = write!(self.0, "[{index}]");
    }

    /// Goes to an item by the values of the list's keys.
    pub fn item<'a>(&mut self, keys: impl IntoIterator<Item = (&'a str, &'a str)>) {
        self.0.push('[');
        for (index, (key, value)) in keys.into_iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let _ = write!(self.0, "{comma}{key}={value}");
        }
        self.0.push(']');
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the document as a whole.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing() {
        let mut pointer = Pointer::root();
        assert!(pointer.is_root());
        pointer.key("spec");
        pointer.key("ports");
        pointer.item([("port", "80"), ("protocol", "TCP")]);
        pointer.key("a.b/c");
        pointer.index(3);
        pointer.key("x");
        assert_eq!(
            pointer.as_str(),
            r#"spec.ports[port=80,protocol=TCP]["a.b/c"][3].x"#
        );
    }
}
