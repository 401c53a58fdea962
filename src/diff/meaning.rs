//! What a scalar means to an API server, however it was written.
//!
//! `kubectl` turns YAML 1.1 into JSON, in which `1`, `1.0` and `1e0` are one number and `on` is
//! `true`; a text in quotes stays a text.

use crate::source::{Node, Shape, Style, ambiguity};

/// Whole numbers below this are the same number as a float of 64 bits.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What a scalar means, where that is written otherwise than it stands there.
pub(super) fn meaning(node: Node<'_>) -> Option<(Shape, String)> {
    let text = node.text();
    let meant = match node.shape() {
        Shape::Bool => (Shape::Bool, node.as_bool()?.to_string()),
        Shape::Null => (Shape::Null, "null".to_owned()),
        Shape::Int => (
            Shape::Int,
            old_number(text).unwrap_or_else(|| integer(node)),
        ),
        Shape::Float => float(node.as_f64()?),
        Shape::Str if node.style() == Style::Plain => match ambiguity(text)?.old {
            "the boolean `true`" => (Shape::Bool, "true".to_owned()),
            "the boolean `false`" => (Shape::Bool, "false".to_owned()),
            _ => (Shape::Int, old_number(text)?),
        },
        _ => return None,
    };
    (meant.0 != node.shape() || meant.1 != text).then_some(meant)
}

/// A whole number in the notations of YAML 1.1: `012`, `0b101`, `0x1F`, `1_000`.
fn old_number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '_').collect();
    let (sign, digits) = match digits.strip_prefix(['+', '-']) {
        Some(rest) => (if text.starts_with('-') { "-" } else { "" }, rest),
        None => ("", &*digits),
    };
    let (digits, radix) = if let Some(hex) = digits.strip_prefix("0x") {
        (hex, 16)
    } else if let Some(binary) = digits.strip_prefix("0b") {
        (binary, 2)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (digits, 8)
    } else if text.contains('_') {
        (digits, 10)
    } else {
        return None;
    };
    let number = u64::from_str_radix(digits, radix).ok()?;
    let sign = if number == 0 { "" } else { sign };
    Some(format!("{sign}{number}"))
}

fn integer(node: Node<'_>) -> String {
    if let Some(number) = node.as_i64() {
        return number.to_string();
    }
    let text = node.text();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    format!("{sign}{}", digits.trim_start_matches('0'))
}

fn float(number: f64) -> (Shape, String) {
    if number.is_nan() {
        return (Shape::Float, ".nan".to_owned());
    }
    if number.is_infinite() {
        let text = if number > 0.0 { ".inf" } else { "-.inf" };
        return (Shape::Float, text.to_owned());
    }
    if number.fract() == 0.0 && number.abs() < EXACT {
        // The sum takes the sign from a zero.
        return (Shape::Int, (number + 0.0).to_string());
    }
    (Shape::Float, format!("{number:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Pos, read_text};

    fn meant(text: &str) -> (Shape, String) {
        let read = read_text(&text.into(), Pos::NONE);
        let node = read.documents[0].tree.root();
        meaning(node).unwrap_or_else(|| (node.shape(), node.text().to_owned()))
    }

    #[test]
    fn equal_values_however_written() {
        for (shape, meaning, texts) in [
            (Shape::Int, "1", "1 1.0 1e0 +1 01 0x1 0b1 1."),
            (Shape::Int, "10", "10 012 0xA 1_0 0o12 10.0"),
            (Shape::Int, "0", "0 -0 0.0 -0.0 +0 00"),
            (Shape::Int, "1000", "1000 1e3 1_000 1.0e+3"),
            (Shape::Int, "-3", "-3 -3.0 -03"),
            (Shape::Float, "0.5", "0.5 .5 5e-1 0.50"),
            (Shape::Bool, "true", "true True on yes y"),
            (Shape::Bool, "false", "false FALSE Off no N"),
            (Shape::Null, "null", "null ~ Null"),
            (Shape::Float, ".nan", ".nan .NaN"),
            (Shape::Int, "8", "8 08 0o10 010"),
        ] {
            for text in texts.split(' ') {
                assert_eq!(meant(text), (shape, meaning.to_owned()), "{text}");
            }
        }
        assert_eq!(meant("99999999999999999999").1, "99999999999999999999");
        for text in ["\"1\"", "'on'", "1:30", "x", "\"\""] {
            assert_eq!(meant(text).0, Shape::Str, "{text}");
        }
    }
}
