//! Bytes to text.

use std::fmt;

/// Bytes that are not a text in UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// The offset of the first byte that is wrong.
    pub offset: usize,
    /// Its line, counted from 1.
    pub line: usize,
    /// The encoding the bytes announce, where it is another one.
    pub encoding: Option<&'static str>,
}

impl fmt::Display for NotUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.encoding {
            Some(encoding) => write!(f, "the text is in {encoding}, and UTF-8 is expected"),
            None => {
                write!(
                    f,
                    "not UTF-8: line {} has a wrong byte at offset {}",
                    self.line, self.offset
                )
            }
        }
    }
}

impl std::error::Error for NotUtf8 {}

/// The text that these bytes are.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotUtf8> {
    let encoding = match bytes.as_slice() {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("UTF-16"),
        _ => None,
    };
    if encoding.is_some() {
        return Err(NotUtf8 { offset: 0, line: 1, encoding });
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..offset];
        let line = before.split(|b| *b == b'\n').count();
        NotUtf8 { offset, line, encoding: None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wrong_byte_is_named() {
        assert_eq!(decode(b"a: \xC3\xA9\n".to_vec()).unwrap(), "a: é\n");
        let error = decode(b"a: 1\nb: \xFF\n".to_vec()).unwrap_err();
        assert_eq!((error.offset, error.line, error.encoding), (8, 2, None));
        assert_eq!(decode(b"\xFF\xFEa\0".to_vec()).unwrap_err().encoding, Some("UTF-16"));
        assert_eq!(decode(b"\0\0\xFE\xFF".to_vec()).unwrap_err().encoding, Some("UTF-32"));
    }
}
