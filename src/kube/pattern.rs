//! The patterns of CRDs.

use std::sync::OnceLock;

use regex::Regex;

use super::fast_patterns::{self, FastPattern};

/// A pattern as an API server reads it: Go's syntax, found anywhere unless it is anchored.
pub struct Pattern {
    text: Box<str>,
    fast: Option<&'static FastPattern>,
    regex: OnceLock<Option<Regex>>,
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.text.fmt(f)
    }
}

impl Pattern {
    /// The pattern of this text; it is compiled when it is first needed.
    pub fn new(text: &str) -> Self {
        let fast = fast_patterns::find(text);
        Pattern {
            text: text.into(),
            fast,
            regex: OnceLock::new(),
        }
    }

    /// The pattern as the CRD has it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it asks for, in words, where it is a common one.
    pub fn words(&self) -> Option<&'static str> {
        self.fast.map(|fast| fast.words)
    }

    /// Whether it is a common one, which is decided without a regex.
    pub fn is_fast(&self) -> bool {
        self.fast.is_some()
    }

    /// Whether the pattern can be compiled; one that cannot matches everything.
    #[cfg(test)]
    pub(crate) fn is_valid(&self) -> bool {
        self.regex().is_some()
    }

    /// Whether it matches.
    pub fn matches(&self, value: &str) -> bool {
        match self.fast {
            Some(fast) => (fast.matches)(value),
            None => self.matches_by_regex(value),
        }
    }

    /// The same without the hand-written forms of common patterns.
    pub fn matches_by_regex(&self, value: &str) -> bool {
        self.regex().is_none_or(|regex| regex.is_match(value))
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex
            .get_or_init(|| Regex::new(&from_go(&self.text)).ok())
            .as_ref()
    }
}

/// Go's syntax in the syntax of the `regex` crate.
///
/// They differ in what the classes `\d`, `\w`, `\s` and the boundary `\b` cover (ASCII in Go), and
/// in brackets and operators inside a class, which are plain characters in Go.
fn from_go(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d') => out.push_str("[0-9]"),
                Some('D') => out.push_str("[^0-9]"),
                Some('w') => out.push_str("[0-9A-Za-z_]"),
                Some('W') => out.push_str("[^0-9A-Za-z_]"),
                Some('s') => out.push_str(r"[\t\n\f\r ]"),
                Some('S') => out.push_str(r"[^\t\n\f\r ]"),
                Some('b') => out.push_str(r"(?-u:\b)"),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '[' if !in_class => {
                in_class = true;
                out.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                if chars.next_if_eq(&']').is_some() {
                    out.push_str(r"\]");
                }
            }
            '[' if chars.peek() == Some(&':') => {
                out.push('[');
                for inner in chars.by_ref() {
                    out.push(inner);
                    if inner == ']' {
                        break;
                    }
                }
            }
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            '[' | '&' | '~' if in_class => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_syntax() {
        let cases = [
            (r"^\d+$", "12", "\u{663}"),
            (r"^[\w\.-]+$", "a_1.b-", "é"),
            (r"^[[a]$", "[", "]"),
            (r"^[]a]$", "]", "["),
            ("^[^]a]$", "b", "]"),
            ("^[a&&b~~]+$", "a&b~", "-"),
            ("^[[:alpha:]-]+$", "a-b", "1"),
            (r"^\/x\-$", "/x-", "x"),
            ("b", "abc", "ac"),
        ];
        for (pattern, good, bad) in cases {
            let pattern = Pattern::new(pattern);
            assert!(pattern.is_valid(), "{pattern:?}");
            assert!(pattern.matches(good), "{pattern:?} and {good}");
            assert!(!pattern.matches(bad), "{pattern:?} and {bad}");
        }
    }

    #[test]
    fn what_cannot_be_compiled_matches() {
        let pattern = Pattern::new("(");
        assert!(!pattern.is_valid() && pattern.matches("x"));
    }
}
