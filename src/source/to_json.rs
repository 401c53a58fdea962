//! Trees to JSON, as kubectl turns YAML into it.

use std::fmt::Write as _;

use super::plain::is_printable;
use super::tree::{Node, Shape, Style};

/// Writes a node as JSON, indented by four spaces a level as kubectl writes it; the first line is
/// not indented, and the last one has no line break. `depth` is the level of the node.
///
/// Whole numbers keep all their digits. A plain scalar that YAML 1.1 and 1.2 read differently is
/// what kubectl reads, for that is what it has meant to the cluster. An infinity, for which JSON has
/// no number and no API has a use, is a string.
pub fn write_json(out: &mut String, node: Node<'_>, depth: usize) {
    let children: Vec<_> = node.children().collect();
    match node.shape() {
        Shape::Map => {
            let mut first = true;
            out.push('{');
            for (key, value) in node.entries() {
                begin(out, &mut first, depth + 1);
                let mut name = String::new();
                scalar(&mut name, key);
                if name.starts_with('"') {
                    out.push_str(&name);
                } else {
                    string(out, &name);
                }
                out.push_str(": ");
                write_json(out, value, depth + 1);
            }
            end(out, first, depth, '}');
        }
        Shape::Seq => {
            let mut first = true;
            out.push('[');
            for item in children {
                begin(out, &mut first, depth + 1);
                write_json(out, item, depth + 1);
            }
            end(out, first, depth, ']');
        }
        _ => scalar(out, node),
    }
}

fn begin(out: &mut String, first: &mut bool, depth: usize) {
    if !std::mem::take(first) {
        out.push(',');
    }
    line(out, depth);
}

fn end(out: &mut String, empty: bool, depth: usize, mark: char) {
    if !empty {
        line(out, depth);
    }
    out.push(mark);
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("    ", depth));
}

fn scalar(out: &mut String, node: Node<'_>) {
    let text = node.text();
    match node.shape() {
        Shape::Null => out.push_str("null"),
        Shape::Bool => out.push_str(if node.as_bool() == Some(true) {
            "true"
        } else {
            "false"
        }),
        Shape::Int => integer(out, text),
        Shape::Float => float(out, text),
        _ if node.style() == Style::Plain => old_plain(out, text),
        _ => string(out, text),
    }
}

/// A plain string, which kubectl may read as something else.
fn old_plain(out: &mut String, text: &str) {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return out.push_str("true"),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => return out.push_str("false"),
        _ => {}
    }
    let bytes = text.as_bytes();
    let first = bytes.iter().find(|b| !matches!(b, b'+' | b'-'));
    let is_number = first.is_some_and(|b| b.is_ascii_digit() || *b == b'.')
        && (text.contains('_') || text.contains("0b") || text.contains("0x"));
    let bare = text.replace('_', "");
    if !is_number || bare == text && !text.contains("0b") && !text.contains("0x") {
        return string(out, text);
    }
    let digits = bare.trim_start_matches(['+', '-']);
    let all = |prefix: &str, radix| {
        digits
            .strip_prefix(prefix)
            .is_some_and(|d| !d.is_empty() && d.chars().all(|c| c.is_digit(radix)))
    };
    if all("0b", 2) || all("0x", 16) || all("", 10) {
        integer(out, &bare);
    } else if super::shape_of_plain(&bare) == Shape::Float {
        float(out, &bare);
    } else {
        string(out, text);
    }
}

/// An integer in decimal: `0x`, `0o` and `0b` say its base, and so does a zero before octal digits.
fn integer(out: &mut String, text: &str) {
    let (sign, digits) = text.split_at(usize::from(text.starts_with(['+', '-'])));
    let octal =
        |digits: &str| digits.len() > 1 && digits.bytes().all(|b| (b'0'..=b'7').contains(&b));
    let decimal = if let Some(hex) = digits.strip_prefix("0x") {
        in_decimal(hex, 16)
    } else if let Some(digits) = digits.strip_prefix("0o") {
        in_decimal(digits, 8)
    } else if let Some(bits) = digits.strip_prefix("0b") {
        in_decimal(bits, 2)
    } else if digits.starts_with('0') && octal(digits) {
        in_decimal(digits, 8)
    } else {
        digits.trim_start_matches('0').to_owned()
    };
    match decimal.as_str() {
        "" => out.push('0'),
        digits if sign == "-" => {
            let _ = write!(out, "-{digits}");
        }
        digits => out.push_str(digits),
    }
}

/// Digits of another base as decimal ones, of any length, without leading zeros.
fn in_decimal(digits: &str, base: u32) -> String {
    let mut decimal: Vec<u32> = Vec::new();
    for digit in digits.chars().filter_map(|c| c.to_digit(base)) {
        let mut carry = digit;
        for place in &mut decimal {
            let value = *place * base + carry;
            *place = value % 10;
            carry = value / 10;
        }
        while carry > 0 {
            decimal.push(carry % 10);
            carry /= 10;
        }
    }
    let digits = decimal.iter().rev();
    digits
        .filter_map(|digit| char::from_digit(*digit, 10))
        .collect()
}

fn float(out: &mut String, text: &str) {
    let (sign, rest) = text.split_at(usize::from(text.starts_with(['+', '-'])));
    if rest
        .trim_start_matches('.')
        .starts_with(['i', 'I', 'n', 'N'])
    {
        return string(out, text);
    }
    let (mantissa, exponent) = rest.split_at(rest.find(['e', 'E']).unwrap_or(rest.len()));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = whole.trim_start_matches('0');
    if sign == "-" {
        out.push('-');
    }
    out.push_str(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        let _ = write!(out, ".{fraction}");
    }
    out.push_str(exponent);
}

/// A string in quotes. What readers of YAML do not take as it is, and what ends a line in
/// JavaScript, is escaped.
fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if !is_printable(c) || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::samples::{tree_of, value};
    use crate::source::{Pos, read_text};

    fn json(yaml: &str) -> String {
        let read = read_text(&yaml.into(), Pos::new(0));
        let mut out = String::new();
        write_json(&mut out, read.documents[0].tree.root(), 0);
        out
    }

    #[test]
    fn numbers_keep_their_value_and_their_digits() {
        for (yaml, expected) in [
            ("12345678901234567890123", "12345678901234567890123"),
            ("9007199254740993", "9007199254740993"),
            ("-0", "0"),
            ("+7", "7"),
            ("0x1F", "31"),
            (
                "0xffffffffffffffffffffffffffffffffffff",
                "22300745198530623141535718272648361505980415",
            ),
            ("0o14", "12"),
            ("1.5", "1.5"),
            ("1.50E3", "1.50E3"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("+1.", "1"),
            ("1.0e+3", "1.0e+3"),
            ("00.5", "0.5"),
            (".inf", "\".inf\""),
            ("~", "null"),
            ("True", "true"),
            ("\"12\"", "\"12\""),
            ("'on'", "\"on\""),
        ] {
            assert_eq!(json(yaml), expected, "{yaml}");
        }
    }

    /// Seen of kubectl: `kubectl annotate --local --output=json`.
    #[test]
    fn what_readers_differ_about_is_what_kubectl_reads() {
        for (yaml, expected) in [
            ("on", "true"),
            ("N", "false"),
            ("012", "10"),
            ("-012", "-10"),
            ("089", "89"),
            ("1_000", "1000"),
            ("1_000.5", "1000.5"),
            ("0b101", "5"),
            ("-0x1F", "-31"),
            ("0x1_F", "31"),
            ("1:30", "\"1:30\""),
            ("2001-12-14", "\"2001-12-14\""),
            ("a_b", "\"a_b\""),
            ("1_a", "\"1_a\""),
        ] {
            assert_eq!(json(yaml), expected, "{yaml}");
        }
    }

    #[test]
    fn collections_are_indented_as_kubectl_does() {
        assert_eq!(
            json("a: {}\nb: []\nc:\n- 1\n- d: x\n"),
            "{\n    \"a\": {},\n    \"b\": [],\n    \"c\": [\n        1,\n        {\n            \"d\": \"x\"\n        }\n    ]\n}"
        );
    }

    proptest! {
        #[test]
        fn json_is_read_back_as_the_tree(value in value()) {
            let tree = tree_of(&value);
            let mut out = String::new();
            write_json(&mut out, tree.root(), 0);
            let strict: serde_json::Value = serde_json::from_str(&out).unwrap();
            let ours = read_text(&out.as_str().into(), Pos::new(0));
            prop_assert!(ours.issues.is_empty());
            let mut again = String::new();
            write_json(&mut again, ours.documents[0].tree.root(), 0);
            prop_assert_eq!(&again, &out);
            prop_assert!(serde_json::to_string(&strict).is_ok());
        }
    }
}
