//! What a plain scalar means, under YAML 1.2 and under YAML 1.1.
//!
//! Sources: YAML 1.2.2 section 10.3 (core schema) and the YAML 1.1 type repository
//! (<https://yaml.org/type/>), whose readings live on in kubectl, Helm and `PyYAML`.

use super::tree::Shape;

/// A plain scalar that YAML 1.1 and YAML 1.2 readers understand differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// What a YAML 1.1 reader makes of it.
    pub old: &'static str,
    /// What a YAML 1.2 reader makes of it.
    pub new: &'static str,
}

/// The shape of a plain scalar under the core schema of YAML 1.2.
pub fn shape_of_plain(text: &str) -> Shape {
    let bytes = text.as_bytes();
    match bytes.first() {
        None => Shape::Null,
        Some(b'~') if bytes.len() == 1 => Shape::Null,
        Some(b'n' | b'N') if matches!(text, "null" | "Null" | "NULL") => Shape::Null,
        Some(b't' | b'T') if matches!(text, "true" | "True" | "TRUE") => Shape::Bool,
        Some(b'f' | b'F') if matches!(text, "false" | "False" | "FALSE") => Shape::Bool,
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => shape_of_number(bytes),
        Some(_) => Shape::Str,
    }
}

fn shape_of_number(bytes: &[u8]) -> Shape {
    if let Some(digits) = bytes.strip_prefix(b"0o") {
        return int_if(!digits.is_empty() && digits.iter().all(|b| (b'0'..=b'7').contains(b)));
    }
    if let Some(digits) = bytes.strip_prefix(b"0x") {
        return int_if(!digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit));
    }
    if matches!(bytes, b".nan" | b".NaN" | b".NAN") {
        return Shape::Float;
    }
    let rest = match bytes {
        [b'+' | b'-', rest @ ..] => rest,
        _ => bytes,
    };
    if matches!(rest, b".inf" | b".Inf" | b".INF") {
        return Shape::Float;
    }
    let whole = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if whole == rest.len() {
        return int_if(whole > 0);
    }
    let mut at = whole;
    let mut digits = whole;
    if rest[at] == b'.' {
        at += 1;
        let fraction = rest[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        at += fraction;
        digits += fraction;
    }
    if digits == 0 {
        return Shape::Str;
    }
    if let Some(b'e' | b'E') = rest.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = rest.get(at) {
            at += 1;
        }
        let exponent = rest[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if exponent == 0 {
            return Shape::Str;
        }
        at += exponent;
    }
    if at == rest.len() {
        Shape::Float
    } else {
        Shape::Str
    }
}

fn int_if(yes: bool) -> Shape {
    if yes { Shape::Int } else { Shape::Str }
}

/// How YAML 1.1 and 1.2 differ about a plain scalar, if they do.
///
/// Dates are left out: where they are read as dates they are written back as the same text.
pub fn ambiguity(text: &str) -> Option<Ambiguity> {
    let found = |old, new| Some(Ambiguity { old, new });
    let bytes = text.as_bytes();
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            return found("the boolean `true`", "a string");
        }
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            return found("the boolean `false`", "a string");
        }
        "=" => return found("a default-value marker", "a string"),
        _ => {}
    }
    if !matches!(bytes.first(), Some(b'0'..=b'9' | b'+' | b'-' | b'.')) {
        return None;
    }
    let new = match shape_of_plain(text) {
        Shape::Int => "a decimal integer",
        Shape::Float => "a number",
        _ => "a string",
    };
    let rest = match bytes {
        [b'+' | b'-', rest @ ..] => rest,
        _ => bytes,
    };
    if text.starts_with("0o") && new != "a string" {
        return found("a string", "an octal number");
    }
    if let Some(digits) = rest.strip_prefix(b"0b") {
        let binary = digits.iter().any(|b| *b != b'_')
            && digits.iter().all(|b| matches!(b, b'0' | b'1' | b'_'));
        return if binary {
            found("a binary number", new)
        } else {
            None
        };
    }
    if let Some(digits) = rest.strip_prefix(b"0x") {
        let hex = digits.iter().any(|b| *b != b'_')
            && digits.iter().all(|b| b.is_ascii_hexdigit() || *b == b'_');
        let differs = digits.contains(&b'_') || rest.len() != bytes.len();
        return if hex && differs {
            found("a hexadecimal number", new)
        } else {
            None
        };
    }
    if !rest
        .first()
        .is_some_and(|b| b.is_ascii_digit() || *b == b'.')
    {
        return None;
    }
    if rest.len() > 1 && rest[0] == b'0' && rest.iter().all(|b| matches!(b, b'0'..=b'7' | b'_')) {
        return found("an octal number", new);
    }
    if rest.contains(&b':') {
        return if is_sexagesimal(rest) {
            found("a number in base 60", new)
        } else {
            None
        };
    }
    if rest.contains(&b'_') {
        let number = rest.iter().any(u8::is_ascii_digit)
            && rest[0] != b'_'
            && rest
                .iter()
                .all(|b| b.is_ascii_digit() || matches!(b, b'_' | b'.'))
            && rest.split(|b| *b == b'.').count() <= 2;
        return if number { found("a number", new) } else { None };
    }
    // Without a dot and a signed exponent, YAML 1.1 sees no number.
    let exponent = rest.iter().position(|b| matches!(b, b'e' | b'E'));
    if let (Some(at), "a number") = (exponent, new) {
        let signed = matches!(rest.get(at + 1), Some(b'+' | b'-'));
        if !(signed && rest[..at].contains(&b'.')) {
            return found("a string", "a number");
        }
    }
    None
}

/// YAML 1.1: `[1-9][0-9_]*(:[0-5]?[0-9])+`, with a fraction allowed at the end.
fn is_sexagesimal(bytes: &[u8]) -> bool {
    let mut parts = bytes.split(|b| *b == b':');
    let first = parts.next().unwrap_or_default();
    let leads = first.first().is_some_and(u8::is_ascii_digit)
        && first.iter().all(|b| b.is_ascii_digit() || *b == b'_');
    leads
        && parts.all(|part| {
            let whole = part.split(|b| *b == b'.').next().unwrap_or_default();
            let fraction = &part[whole.len()..];
            let small = match whole {
                [b'0'..=b'9'] => true,
                [tens, ones] => (b'0'..=b'5').contains(tens) && ones.is_ascii_digit(),
                _ => false,
            };
            small
                && fraction
                    .iter()
                    .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'_'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_have_the_shape_of_the_core_schema() {
        for (text, shape) in [
            ("", Shape::Null),
            ("~", Shape::Null),
            ("null", Shape::Null),
            ("nULL", Shape::Str),
            ("true", Shape::Bool),
            ("FALSE", Shape::Bool),
            ("tRUE", Shape::Str),
            ("yes", Shape::Str),
            ("0", Shape::Int),
            ("-12", Shape::Int),
            ("012", Shape::Int),
            ("0o14", Shape::Int),
            ("0xfF", Shape::Int),
            ("0x", Shape::Str),
            ("+", Shape::Str),
            ("-", Shape::Str),
            (".", Shape::Str),
            ("1.", Shape::Float),
            (".5", Shape::Float),
            ("1e3", Shape::Float),
            ("1e", Shape::Str),
            ("-.inf", Shape::Float),
            (".nan", Shape::Float),
            ("1.2.3", Shape::Str),
            ("10.0.0.0/8", Shape::Str),
            ("1_000", Shape::Str),
            ("8080:80", Shape::Str),
        ] {
            assert_eq!(shape_of_plain(text), shape, "{text:?}");
        }
    }

    #[test]
    fn scalars_that_the_versions_read_differently_are_known() {
        for text in [
            "on",
            "Off",
            "YES",
            "n",
            "012",
            "-017",
            "1_000",
            "0b101",
            "+0x10",
            "0x1_0",
            "0o14",
            "1:30",
            "190:20:30",
            "1e3",
            "1.5e3",
            "=",
            "1_0.5",
            "12:34:56",
        ] {
            assert!(ambiguity(text).is_some(), "{text:?}");
        }
        for text in [
            "",
            "true",
            "null",
            "0",
            "10",
            "08",
            "1.5",
            "0x10",
            "1.5e+3",
            "8080:80",
            "a",
            "oN",
            "2001-12-14",
            "1.2.3",
            "10s",
            "-",
            "_1",
            "5m",
            "::1",
            "1:",
            ".5",
            "10.0.0.0/8",
        ] {
            assert!(ambiguity(text).is_none(), "{text:?}");
        }
    }
}
