//! Bytes to text.

use std::ops::Range;

/// A text that is not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// The text as far as it can be read, with U+FFFD for each byte sequence that is not UTF-8.
    pub readable: String,
    /// The range of the first such replacement in it.
    pub range: Range<usize>,
    /// What to do about it.
    pub help: &'static str,
}

/// Reads bytes as UTF-8; a byte order mark at the start is dropped.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotUtf8> {
    let start = if bytes.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..start);
            Ok(text)
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to() - start;
            let bytes = &error.as_bytes()[start..];
            let help = match bytes {
                [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "The file is UTF-16; save it as UTF-8.",
                _ => "Save the file as UTF-8.",
            };
            let readable = String::from_utf8_lossy(bytes).into_owned();
            Err(NotUtf8 {
                readable,
                range: at..at + '\u{FFFD}'.len_utf8(),
                help,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_is_read_and_the_rest_is_named() {
        assert_eq!(decode(b"\xEF\xBB\xBFa: \xC3\xA9".to_vec()).unwrap(), "a: é");
        let wrong = decode(b"a: 1\nb: \xE9t\xE9\n".to_vec()).unwrap_err();
        assert_eq!(
            (wrong.readable.as_str(), wrong.range),
            ("a: 1\nb: \u{FFFD}t\u{FFFD}\n", 8..11)
        );
        assert!(
            decode(b"\xFF\xFEa\0".to_vec())
                .unwrap_err()
                .help
                .contains("UTF-16")
        );
        assert_eq!(
            decode(b"\xEF\xBB\xBFa\xFF".to_vec()).unwrap_err().range,
            1..4
        );
    }
}
