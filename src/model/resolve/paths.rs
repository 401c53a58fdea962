//! Paths and durations.

use std::sync::LazyLock;

use regex::Regex;

use crate::config::{Duration, PathText};
use crate::diag::Diagnostic;
use crate::source::Located;

use super::resolver::Resolver;

/// Parts that a path may not hold, since proxies and backends disagree on what they mean.
///
/// Source: Gateway API, the rules of `HTTPPathMatch`.
const REFUSED: [(&str, &str); 6] = [
    ("//", "an empty element"),
    ("/./", "the element `.`"),
    ("/../", "the element `..`"),
    ("%2f", "an escaped slash"),
    ("%2F", "an escaped slash"),
    ("#", "a fragment"),
];

/// The characters of a path: RFC 3986, section 3.3.
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$").expect("a valid pattern")
});

/// Reports a path that no match may have.
pub(super) fn check_path(path: &Located<PathText>, cx: &mut Resolver<'_>) {
    let plain = path
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_'));
    if plain && !path.contains("//") {
        return;
    }
    let refused = REFUSED
        .iter()
        .find(|(part, _)| path.contains(part))
        .map(|(_, what)| *what)
        .or_else(|| path.ends_with("/..").then_some("the element `..`"))
        .or_else(|| path.ends_with("/.").then_some("the element `.`"));
    let diagnostic = if let Some(what) = refused {
        Diagnostic::error("bad-path", format!("`{path}` holds {what}"), path.pos)
            .because("Gateway API refuses such paths: proxies and backends read them differently.")
            .help("Write the path without it.")
    } else if path.contains('?') {
        Diagnostic::error("bad-path", format!("`{path}` holds a query"), path.pos)
            .help("Leave it out; conditions on the query go under `query`.")
    } else if !PATH.is_match(path) {
        Diagnostic::error(
            "bad-path",
            format!("`{path}` holds a character that no path has"),
            path.pos,
        )
        .help("Write it as `%` and two hexadecimal digits, or use `pathRegex` for a pattern.")
    } else {
        return;
    };
    cx.report.push(diagnostic);
}

/// Reports a regular expression that Envoy would refuse.
pub(super) fn check_regex(regex: &Located<String>, cx: &mut Resolver<'_>) {
    if let Err(error) = Regex::new(regex) {
        let text = error.to_string();
        let why = text
            .lines()
            .last()
            .unwrap_or(&text)
            .trim_start_matches("error: ")
            .to_owned();
        cx.report.push(
            Diagnostic::error(
                "bad-regex",
                format!("`{}` is not a regular expression of RE2", regex.value),
                regex.pos,
            )
            .because(format!("It does not compile: {why}."))
            .help(if why.contains("look-around") || why.contains("backreference") {
                "Say it without; RE2 has no look-around and no references to groups."
            } else {
                "Correct the expression; a character that has a meaning is taken literally after `\\`."
            }),
        );
    }
}

/// A duration in milliseconds. Its form is the schema's business.
pub(super) fn milliseconds(duration: &Duration) -> u64 {
    let mut total = 0;
    let mut number = 0u64;
    let mut rest = duration.as_str();
    while let Some(first) = rest.chars().next() {
        if let Some(digit) = first.to_digit(10) {
            number = number * 10 + u64::from(digit);
            rest = &rest[1..];
            continue;
        }
        let (unit, length) = match rest {
            _ if rest.starts_with("ms") => (1, 2),
            _ if first == 'h' => (3_600_000, 1),
            _ if first == 'm' => (60_000, 1),
            _ => (1000, 1),
        };
        total += number * unit;
        number = 0;
        rest = rest.get(length..).unwrap_or("");
    }
    total
}

/// Whether a path begins with the elements of a prefix.
///
/// Source: Gateway API, `PathMatchPathPrefix`: a trailing slash of the prefix is ignored.
pub(super) fn has_prefix(path: &str, prefix: &str) -> bool {
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_added_up() {
        for (text, expected) in [
            ("0s", 0),
            ("10s", 10_000),
            ("1m30s", 90_000),
            ("500ms", 500),
            ("1h1m1s1ms", 3_661_001),
        ] {
            assert_eq!(milliseconds(&Duration::new(text)), expected, "{text}");
        }
    }

    #[test]
    fn prefixes_are_whole_elements() {
        assert!(has_prefix("/a/b", "/a"));
        assert!(has_prefix("/a", "/a/"));
        assert!(has_prefix("/a", "/"));
        assert!(!has_prefix("/ab", "/a"));
    }
}
