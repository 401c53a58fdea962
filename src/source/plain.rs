//! Which texts may stand without quotes.

use super::scalar::{ambiguity, shape_of_plain};
use super::tree::Shape;

/// Whether a string can be written without quotes, so that every reader of YAML 1.1 or 1.2 reads
/// the same string back, as a key or as a value in block style.
///
/// Where readers of one version differ among themselves, the answer is no.
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.last() == Some(&b' ') || !is_plain_on_its_line(text) {
        return false;
    }
    let mut before = 0;
    let mut ascii = true;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b':' if bytes[at + 1] == b' ' => return false,
            b'#' if before == b' ' => return false,
            0..=0x1F | 0x7F => return false,
            0x80.. => ascii = false,
            _ => {}
        }
        before = *byte;
    }
    ascii || text.chars().all(is_printable)
}

/// The same of a text that was read as a plain scalar from a line of printable characters.
pub(super) fn is_plain_on_its_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .first()
        .is_some_and(|first| may_begin(*first, bytes) && may_mean_text(*first, text))
        && bytes.last() != Some(&b':')
}

/// Whether a character may be written as it is. Line breaks of YAML 1.1 and marks that editors
/// drop are better seen.
pub(super) fn is_printable(character: char) -> bool {
    !matches!(
        character,
        '\0'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{FEFF}'
            | '\u{FFFE}'
            | '\u{FFFF}'
    )
}

fn may_begin(first: u8, bytes: &[u8]) -> bool {
    match first {
        b' ' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!'
        | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' => false,
        b'-' => {
            let second = bytes.get(1);
            !matches!(second, None | Some(b' ' | b',' | b'[' | b']' | b'{' | b'}'))
                && bytes != b"---"
                && !bytes.starts_with(b"--- ")
        }
        b'.' => !bytes.starts_with(b"..."),
        _ => true,
    }
}

/// Whether no reader takes the text for anything but a string.
fn may_mean_text(first: u8, text: &str) -> bool {
    match first {
        b'0'..=b'9' | b'+' | b'-' | b'.' => {
            shape_of_plain(text) == Shape::Str
                && ambiguity(text).is_none()
                && !is_nearly_number(text.as_bytes())
        }
        b'y' | b'Y' | b'n' | b'N' | b'o' | b'O' | b't' | b'T' | b'f' | b'F' | b'~' | b'<'
        | b'=' => {
            shape_of_plain(text) == Shape::Str
                && ambiguity(text).is_none()
                && !matches!(text, "<<" | "=")
                && !is_word(text)
        }
        _ => true,
    }
}

/// The words of YAML in any mixture of cases; some readers do not look at the case.
fn is_word(text: &str) -> bool {
    let words = ["y", "yes", "n", "no", "on", "off", "true", "false", "null"];
    text.len() <= 5 && words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Dates, and what at least one reader takes for a number: `1:30`, `1_000`, `0X1F`, `._1`.
fn is_nearly_number(bytes: &[u8]) -> bool {
    let rest = match bytes {
        [b'+' | b'-', rest @ ..] => rest,
        _ => bytes,
    };
    if let [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', ..] = rest {
        return true;
    }
    let word = rest.strip_prefix(b".").unwrap_or(rest);
    if word.eq_ignore_ascii_case(b"inf") || word.eq_ignore_ascii_case(b"nan") || word.is_empty() {
        return true;
    }
    if let [a, b, c, d, b'-', month, ..] = rest
        && [a, b, c, d, month].iter().all(|byte| byte.is_ascii_digit())
    {
        return true;
    }
    let numeric = |b: &u8| b.is_ascii_digit() || matches!(b, b'_' | b'.' | b':' | b'e' | b'E');
    rest.iter()
        .all(|b| numeric(b) || matches!(b, b'+' | b'-' | b','))
        && rest
            .iter()
            .any(|b| matches!(b, b'_' | b':' | b'e' | b'E' | b','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_need_no_quotes() {
        let words = "a name www.example.com /get a:b http://x:80/ 10.0.0.0/8 1.2.3 10s 5m --flag=1 -x \
            a#b é 日本 x-y v1beta1 1/2 a] it's ~/x =x <x> nope once 1st $(X) 100m 1.2.3-4 \
            2001:db8::1 a\u{200B}b 😀 .. .a e1 12ab +x";
        for text in words.split_whitespace().chain(["a b", "a, b", "a\u{A0}b"]) {
            assert!(is_plain(text), "{text:?}");
        }
    }

    #[test]
    fn what_another_reader_may_take_for_something_else_needs_quotes() {
        let words = "~ null Null NULL nULL true tRue False y Y yes YES yEs n N no NO on On ON off Off \
            0 12 -1 +1 012 08 0o14 0O14 0x1F 0X1F +0x10 -0x10 0b101 0B1 1_000 1__0 1e3 1E3 1e+3 1.5 \
            .5 5. 1.5e3 .inf -.inf +.INF .nan .NaN 1:30 190:20:30 12:34:56 8080:80 1:2 ._ ._1 1_ + - \
            . = << 2001-12-14 2001-1-1 2001-12-14t21:59:43.10-05:00 1,000 -,a -[ --- ... ?a :a [a ]a \
            {a }a ,a #a &a *a !a |a >a 'a \"a %a @a `a a:";
        let phrases = [
            "",
            " ",
            " a",
            "a ",
            "2001-12-14 21:59:43.10 -5",
            "--- a",
            "... a",
            "- a",
            "? a",
            ": a",
            "a: b",
            "a #b",
            "a\tb",
            "a\nb",
            "\ta",
            "a\u{85}b",
            "a\u{2028}b",
            "\u{FEFF}a",
            "a\u{FFFE}",
            "\u{80}",
            "a\u{7F}",
            "a\0",
            "é: a",
            "é #a",
        ];
        for text in words.split_whitespace().chain(phrases) {
            assert!(!is_plain(text), "{text:?}");
        }
    }
}
