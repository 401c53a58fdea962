//! Hand-written forms of the patterns that most strings of a gateway's documents are held against.

/// A pattern that is decided without a regex.
pub(super) struct FastPattern {
    pattern: &'static str,
    /// What decides it.
    pub(super) matches: fn(&str) -> bool,
    /// What it asks for, in words.
    pub(super) words: &'static str,
}

const fn fast(
    pattern: &'static str,
    matches: fn(&str) -> bool,
    words: &'static str,
) -> FastPattern {
    FastPattern {
        pattern,
        matches,
        words,
    }
}

/// Sorted by pattern.
#[rustfmt::skip]
const FAST: &[FastPattern] = &[
    fast(
        r"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        empty_or_subdomain,
        "nothing, or a DNS name of lower-case letters, digits, `-` and `.`",
    ),
    fast(
        r"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$",
        url_path,
        "a URL path, with other characters as `%` and two hexadecimal digits",
    ),
    fast(
        r"^([0-9]{1,5}(h|m|s|ms)){1,4}$",
        duration,
        "a duration such as `10s`, `500ms` or `1h30m`, of whole numbers",
    ),
    fast(
        r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        wildcard_subdomain,
        "a host name of lower-case letters, digits, `-` and `.`, perhaps with `*.` before it",
    ),
    fast(
        r"^[!-~]+([\t ]?[!-~]+)*$",
        header_value,
        "visible ASCII characters with single blanks between them",
    ),
    fast(
        r"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$",
        header_name,
        "a header name",
    ),
    fast(
        r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        label,
        "lower-case letters, digits and `-`, with no `-` at either end",
    ),
    fast(
        r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        subdomain,
        "a DNS name of lower-case letters, digits, `-` and `.`",
    ),
    fast(
        r"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",
        kind,
        "letters, digits and `-`, with a letter at its beginning and no `-` at its end",
    ),
];

/// The hand-written form of a pattern, if there is one.
pub(super) fn find(pattern: &str) -> Option<&'static FastPattern> {
    FAST.binary_search_by(|fast| fast.pattern.cmp(pattern))
        .ok()
        .map(|index| &FAST[index])
}

fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_label(bytes: &[u8]) -> bool {
    matches!((bytes.first(), bytes.last()), (Some(a), Some(z)) if is_lower(*a) && is_lower(*z))
        && bytes.iter().all(|b| is_lower(*b) || *b == b'-')
}

/// A label of a DNS name, of any length.
pub(super) fn label(text: &str) -> bool {
    is_label(text.as_bytes())
}

/// Labels of a DNS name, of any length, with dots between them.
pub(super) fn subdomain(text: &str) -> bool {
    text.as_bytes().split(|b| *b == b'.').all(is_label)
}

fn empty_or_subdomain(text: &str) -> bool {
    text.is_empty() || subdomain(text)
}

fn wildcard_subdomain(text: &str) -> bool {
    subdomain(text.strip_prefix("*.").unwrap_or(text))
}

fn kind(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

fn duration(text: &str) -> bool {
    let mut rest = text.as_bytes();
    for part in 0..5 {
        if rest.is_empty() {
            return part > 0;
        }
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=5).contains(&digits) {
            return false;
        }
        rest = match &rest[digits..] {
            [b'm', b's', rest @ ..] | [b'h' | b'm' | b's', rest @ ..] => rest,
            _ => return false,
        };
    }
    false
}

fn header_name(text: &str) -> bool {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !text.is_empty() && text.bytes().all(token)
}

/// Visible characters with single blanks between them.
fn header_value(text: &str) -> bool {
    let mut blank = true;
    for byte in text.bytes() {
        match byte {
            b'!'..=b'~' => blank = false,
            b' ' | b'\t' if !blank => blank = true,
            _ => return false,
        }
    }
    !blank
}

fn url_path(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let good = match byte {
            b'%' => [bytes.next(), bytes.next()]
                .iter()
                .all(|digit| digit.is_some_and(|d| d.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-/._~!$&'()*+,;=:@".contains(&byte),
        };
        if !good {
            return false;
        }
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::kube::Pattern;

    #[test]
    fn the_table_is_sorted() {
        assert!(
            FAST.is_sorted_by(|a, b| a.pattern < b.pattern),
            "sort FAST by pattern"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn each_is_equal_to_its_regex(
            text in r"[a-cA-C0-3hms*.%/@!~ \t`é-]{0,10}|([0-9]{1,6}(h|m|s|ms)){1,5}|(\*\.)?[a-c.-]{1,6}|.{0,3}",
        ) {
            static PATTERNS: LazyLock<Vec<Pattern>> =
                LazyLock::new(|| FAST.iter().map(|fast| Pattern::new(fast.pattern)).collect());
            for (fast, pattern) in FAST.iter().zip(&*PATTERNS) {
                let by_regex = pattern.matches_by_regex(&text);
                prop_assert_eq!((fast.matches)(&text), by_regex, "{} and {:?}", pattern.as_str(), text);
            }
        }
    }
}
