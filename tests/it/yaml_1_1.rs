//! What plain scalars mean to readers of YAML 1.1, kubectl's among them.
//!
//! Written from the language-independent types of YAML 1.1 (bool, int, float, null, merge, value,
//! timestamp) and from what was seen of kubectl, and on purpose not from our own readers.

use std::sync::LazyLock;

use regex::Regex;

/// What a plain scalar means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Text,
    Boolean,
    Null,
    /// A whole number; none, where it is beyond 64 bits.
    Integer(Option<i64>),
    Number,
    /// Something that only some readers know: a merge key, a time, a number to the base of 60.
    Special,
}

static SPECIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:<<|=",
        r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?",
        r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?)$",
    ))
    .unwrap()
});

static INTEGER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[-+]?(?:0b[01_]+|0o?[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|0[0-9_]+)$").unwrap()
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?",
        r"|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+",
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
    ))
    .unwrap()
});

/// What `text` means where it stands without quotes.
pub(crate) fn meaning(text: &str) -> Meaning {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "n" | "no" | "true" | "false" | "on" | "off" => return Meaning::Boolean,
        "" | "~" | "null" => return Meaning::Null,
        "." | "-" | "+" => return Meaning::Text,
        _ => {}
    }
    if SPECIAL.is_match(text) {
        Meaning::Special
    } else if INTEGER.is_match(text) {
        Meaning::Integer(text.parse().ok())
    } else if NUMBER.is_match(text)
        && text.contains(|c: char| c.is_ascii_digit() || c == 'n' || c == 'N')
    {
        Meaning::Number
    } else {
        Meaning::Text
    }
}

#[test]
fn the_table_knows_what_kubectl_reads() {
    for text in ["on", "Off", "y", "N", "yes", "NO"] {
        assert_eq!(meaning(text), Meaning::Boolean, "{text}");
    }
    for text in ["012", "0b101", "1_000", "0x1F", "0o14", "+1"] {
        assert!(matches!(meaning(text), Meaning::Integer(_)), "{text}");
    }
    for text in ["1e3", "1.5", ".5", "1.", ".inf", "-.INF", ".nan"] {
        assert_eq!(meaning(text), Meaning::Number, "{text}");
    }
    for text in ["1:30", "190:20:30", "2001-12-14", "<<", "="] {
        assert_eq!(meaning(text), Meaning::Special, "{text}");
    }
    for text in ["httpbin", "1.2.3", "1m", "v1", "a=b", "a:b", "-x", "1-0"] {
        assert_eq!(meaning(text), Meaning::Text, "{text}");
    }
}
