//! Trees to text: the one emitter, format `v1`.

use super::plain::{is_plain, is_printable};
use super::scalar::{ambiguity, shape_of_plain};
use super::tree::{Node, Shape};

/// Past this length in bytes a key is written in the long form, which has no limit.
pub(super) const LONG_KEY: usize = 1000;

/// The text of a document, which ends with a line break and has no `---`.
///
/// The bytes are a promise: they change with a new format alone.
pub fn emit(node: Node<'_>) -> String {
    let mut out = String::with_capacity(node.tree().len() * 8);
    emit_into(&mut out, node, 0);
    out
}

/// Writes a node as lines which are indented by so many spaces.
fn emit_into(out: &mut String, node: Node<'_>, indent: usize) {
    match node.shape() {
        Shape::Map if node.end() > node.id() + 1 => {
            pad(out, indent);
            map(out, node, indent);
        }
        Shape::Seq if node.end() > node.id() + 1 => {
            pad(out, indent);
            seq(out, node, indent);
        }
        _ => {
            pad(out, indent);
            leaf(out, node, indent);
        }
    }
}

/// Writes a string on the current line: plain where every reader takes it for that string, or
/// else in double quotes.
pub fn scalar(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
    } else {
        quote(out, text);
    }
}

fn pad(out: &mut String, indent: usize) {
    const SPACES: &str = "                                                                ";
    let mut left = indent;
    while left > SPACES.len() {
        out.push_str(SPACES);
        left -= SPACES.len();
    }
    out.push_str(&SPACES[..left]);
}

/// The entries of a map, the first one on the current line.
fn map(out: &mut String, node: Node<'_>, indent: usize) {
    for (count, (key, value)) in node.entries().enumerate() {
        if count > 0 {
            pad(out, indent);
        }
        write_key(out, key, indent);
        match value.shape() {
            Shape::Map if value.end() > value.id() + 1 => {
                out.push('\n');
                emit_into(out, value, indent + 2);
            }
            Shape::Seq if value.end() > value.id() + 1 => {
                out.push('\n');
                emit_into(out, value, indent);
            }
            _ => {
                out.push(' ');
                leaf(out, value, indent);
            }
        }
    }
}

fn write_key(out: &mut String, key: Node<'_>, indent: usize) {
    let start = out.len();
    match key.shape() {
        Shape::Str => scalar(out, key.text()),
        Shape::Map | Shape::Seq => out.push_str("\"\""),
        _ => value(out, key),
    }
    if out.len() - start > LONG_KEY {
        out.insert_str(start, "? ");
        out.push('\n');
        pad(out, indent);
    }
    out.push(':');
}

/// The items of a list, the first one on the current line.
fn seq(out: &mut String, node: Node<'_>, indent: usize) {
    for (count, item) in node.items().enumerate() {
        if count > 0 {
            pad(out, indent);
        }
        out.push_str("- ");
        match item.shape() {
            Shape::Map if item.end() > item.id() + 1 => map(out, item, indent + 2),
            Shape::Seq if item.end() > item.id() + 1 => seq(out, item, indent + 2),
            _ => leaf(out, item, indent),
        }
    }
}

/// A scalar or an empty collection, and the line break after it.
fn leaf(out: &mut String, node: Node<'_>, indent: usize) {
    match node.shape() {
        Shape::Map => out.push_str("{}"),
        Shape::Seq => out.push_str("[]"),
        Shape::Str => {
            let text = node.text();
            if let Some(header) = block_header(text) {
                block(out, text, header, indent + 2);
                return;
            }
            scalar(out, text);
        }
        _ => value(out, node),
    }
    out.push('\n');
}

/// The first line of the block in which a text of several lines can be written, if it can be.
pub(super) fn block_header(text: &str) -> Option<&'static str> {
    let body = text.trim_end_matches('\n');
    let ends = text.len() - body.len();
    let first = body.as_bytes().first()?;
    if (ends == 0 && !body.contains('\n')) || matches!(first, b'\n' | b' ' | b'\t') {
        return None;
    }
    // Blanks at the end of a line are not seen, and a line of blanks alone is read differently.
    let lines_are_safe = body.split('\n').all(|line| !line.ends_with([' ', '\t']));
    let safe = lines_are_safe
        && body
            .chars()
            .all(|c| is_printable(c) || c == '\n' || c == '\t');
    safe.then_some(match ends {
        0 => "|-",
        1 => "|",
        _ => "|+",
    })
}

fn block(out: &mut String, text: &str, header: &str, indent: usize) {
    out.push_str(header);
    out.push('\n');
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            pad(out, indent);
            out.push_str(line);
        }
        out.push('\n');
    }
}

pub(super) fn quote(out: &mut String, text: &str) {
    use std::fmt::Write;

    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{C}' => out.push_str("\\f"),
            c if is_printable(c) => out.push(c),
            c => {
                let written = write!(out, "\\u{:04x}", u32::from(c));
                debug_assert!(written.is_ok(), "writing to a string does not fail");
            }
        }
    }
    out.push('"');
}

/// A null, a boolean or a number.
fn value(out: &mut String, node: Node<'_>) {
    let text = node.text();
    if is_kept(node.shape(), text) {
        out.push_str(text);
        return;
    }
    match node.shape() {
        Shape::Null => out.push_str("null"),
        Shape::Int => out.push_str(&decimal(text)),
        _ => out.push_str(&float(text)),
    }
}

/// Whether a null, a boolean or a number is written as its text is.
pub(super) fn is_kept(shape: Shape, text: &str) -> bool {
    shape_of_plain(text) == shape
        && match shape {
            Shape::Null => !text.is_empty(),
            Shape::Int => ambiguity(text).is_none() && !has_leading_zero(text),
            Shape::Float => ambiguity(text).is_none() && !is_bare_fraction(text),
            _ => true,
        }
}

fn has_leading_zero(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0x")
}

/// `-.5`, which YAML 1.1 takes for a string.
fn is_bare_fraction(text: &str) -> bool {
    text.starts_with(['+', '-']) && text[1..].starts_with('.') && !text[2..].starts_with(['i', 'I'])
}

/// An integer whose notation readers differ about, in decimal.
fn decimal(text: &str) -> String {
    if let Some(octal) = text.strip_prefix("0o") {
        return octal_to_decimal(octal);
    }
    let (sign, digits) = split_sign(text);
    let digits = digits.trim_start_matches('0');
    format!("{sign}{}", if digits.is_empty() { "0" } else { digits })
}

fn split_sign(text: &str) -> (&str, &str) {
    text.split_at(usize::from(text.starts_with(['+', '-'])))
}

/// Of any length: no integer is too large to be written.
fn octal_to_decimal(octal: &str) -> String {
    if let Ok(number) = u128::from_str_radix(octal, 8) {
        return number.to_string();
    }
    // Hexadecimal is read alike by all, and the digits need no arithmetic.
    let bits = octal
        .bytes()
        .map(|b| format!("{:03b}", b - b'0'))
        .collect::<Vec<_>>()
        .concat();
    let padded = format!("{}{bits}", "0".repeat((4 - bits.len() % 4) % 4));
    let hex: String = padded
        .as_bytes()
        .chunks(4)
        .map(|four| {
            let number = four.iter().fold(0, |n, b| n * 2 + u32::from(b - b'0'));
            char::from_digit(number, 16).unwrap_or('0')
        })
        .collect();
    format!("0x{}", hex.trim_start_matches('0'))
}

/// A float with the dot and the sign of the exponent that YAML 1.1 asks for.
fn float(text: &str) -> String {
    let (sign, rest) = split_sign(text);
    let (mantissa, exponent) = rest.split_at(rest.find(['e', 'E']).unwrap_or(rest.len()));
    let zero = if mantissa.starts_with('.') { "0" } else { "" };
    let dot = if mantissa.contains('.') { "" } else { ".0" };
    let mut exponent = exponent.to_string();
    if !exponent.is_empty() && !exponent[1..].starts_with(['+', '-']) {
        exponent.insert(1, '+');
    }
    format!("{sign}{zero}{mantissa}{dot}{exponent}")
}

#[cfg(test)]
mod tests;
