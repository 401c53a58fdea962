//! Scalars on one line.

use std::ops::Range;

use super::{KEY, Reader};
use crate::source::emit::{block_header, is_kept, quote};
use crate::source::plain::{is_plain, is_plain_on_its_line};
use crate::source::scalar::{ambiguity, shape_of_plain};
use crate::source::tree::{Shape, Style};

/// A scalar that was read and is not in the tree yet.
pub(super) struct Token {
    style: Style,
    /// Where it begins, with its quote.
    start: usize,
    /// Where its value stands in the text; what was escaped stands in `Reader::unescaped`.
    value: Range<usize>,
    escaped: bool,
}

/// What the bytes of a plain scalar can be.
const STOPS: [bool; 256] = table(b"\n:#");
const FLOW_STOPS: [bool; 256] = table(b"\n:#,[]{}");
const NEVER_FIRST: [bool; 256] = table(b"\n ?:,[]{}#&*!|>'\"%@`");

const fn table(of: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < of.len() {
        table[of[at] as usize] = true;
        at += 1;
    }
    table
}

impl Reader<'_> {
    /// Reads a scalar in block style.
    pub(super) fn token(&mut self) -> Option<Token> {
        match self.peek()? {
            b'"' => self.double(),
            b'\'' => self.single(),
            _ => self.plain(&STOPS),
        }
    }

    /// Reads a scalar inside brackets.
    pub(super) fn flow_token(&mut self) -> Option<Token> {
        match self.peek()? {
            b'"' => self.double(),
            b'\'' => self.single(),
            _ => self.plain(&FLOW_STOPS),
        }
    }

    /// A plain scalar up to the first byte that ends it: of `stops` a line break and brackets do,
    /// a colon before a blank, and `#` behind one.
    fn plain(&mut self, stops: &[bool; 256]) -> Option<Token> {
        let start = self.at;
        let bytes = self.bytes;
        let first = bytes[start];
        let ends_flow = |at: usize| matches!(bytes.get(at), Some(b',' | b'[' | b']' | b'{' | b'}'));
        let dash = first == b'-' && (self.is_blank(start + 1) || ends_flow(start + 1));
        if NEVER_FIRST[first as usize] || dash {
            return None;
        }
        let mut at = start + 1;
        loop {
            while at < bytes.len() && !stops[bytes[at] as usize] {
                at += 1;
            }
            match bytes.get(at) {
                Some(b':') => {
                    if self.is_blank(at + 1) {
                        // A colon behind a blank is rare enough for the other reader.
                        if bytes[at - 1] == b' ' {
                            return None;
                        }
                        break;
                    }
                    if stops[usize::from(b',')] && ends_flow(at + 1) {
                        return None;
                    }
                }
                Some(b'#') if bytes[at - 1] != b' ' => {}
                _ => break,
            }
            at += 1;
        }
        let mut end = at;
        while bytes[end - 1] == b' ' {
            end -= 1;
        }
        self.at = end;
        Some(Token {
            style: Style::Plain,
            start,
            value: start..end,
            escaped: false,
        })
    }

    fn single(&mut self) -> Option<Token> {
        let start = self.at;
        let mut at = start + 1;
        let mut escaped = false;
        loop {
            at += self.bytes[at..]
                .iter()
                .position(|b| matches!(b, b'\'' | b'\n'))?;
            if self.bytes[at] == b'\n' {
                return None;
            }
            if self.bytes.get(at + 1) != Some(&b'\'') {
                break;
            }
            escaped = true;
            at += 2;
        }
        let value = start + 1..at;
        if escaped {
            self.unescaped = self.text[value.clone()].replace("''", "'");
        }
        self.at = at + 1;
        Some(Token {
            style: Style::Single,
            start,
            value,
            escaped,
        })
    }

    fn double(&mut self) -> Option<Token> {
        let start = self.at;
        let mut from = start + 1;
        let mut at = from;
        let mut escaped = false;
        loop {
            at += self.bytes[at..]
                .iter()
                .position(|b| matches!(b, b'"' | b'\\' | b'\n'))?;
            match self.bytes[at] {
                b'"' => break,
                b'\n' => return None,
                _ => {}
            }
            if !escaped {
                self.unescaped.clear();
            }
            escaped = true;
            self.unescaped.push_str(&self.text[from..at]);
            let (character, length) = unescape(&self.bytes[at + 1..])?;
            self.unescaped.push(character);
            at += 1 + length;
            from = at;
        }
        if escaped {
            self.unescaped.push_str(&self.text[from..at]);
        }
        self.at = at + 1;
        Some(Token {
            style: Style::Double,
            start,
            value: start + 1..at,
            escaped,
        })
    }

    /// Puts a scalar into the tree, unless it has a meaning which the general reader has to judge.
    pub(super) fn push(&mut self, token: &Token, key: bool) -> Option<()> {
        let text = self.text;
        let value = if token.escaped {
            &*self.unescaped
        } else {
            &text[token.value.clone()]
        };
        let mut shape = Shape::Str;
        if token.style == Style::Plain {
            if matches!(
                value.as_bytes()[0],
                b'0'..=b'9' | b'+' | b'-' | b'.' | b'=' | b'~'
            ) || value.len() <= 5
            {
                shape = shape_of_plain(value);
                if ambiguity(value).is_some() {
                    return None;
                }
            }
            if key && (shape == Shape::Null || value == "<<") {
                return None;
            }
        }
        if key {
            if token.value.len() > KEY {
                return None;
            }
            self.keys.push(digest(value.as_bytes()));
        }
        self.exact = self.exact
            && match token.style {
                Style::Plain if shape == Shape::Str => is_plain_on_its_line(value),
                Style::Plain => is_kept(shape, value),
                Style::Double => is_emitted(value, token, &text[token.start..], key),
                _ => false,
            };
        let pos = self.pos(token.start);
        if token.escaped {
            self.builder.owned(shape, token.style, &self.unescaped, pos);
        } else {
            self.builder
                .borrowed(shape, token.style, token.value.clone(), pos);
        }
        Some(())
    }
}

/// Whether the emitter would write a string in quotes, and with these escapes.
fn is_emitted(value: &str, token: &Token, written: &str, key: bool) -> bool {
    if is_plain(value) || (!key && block_header(value).is_some()) {
        return false;
    }
    if !token.escaped {
        return true;
    }
    let mut quoted = String::with_capacity(token.value.len() + 2);
    quote(&mut quoted, value);
    written.starts_with(&quoted)
}

/// The character that an escape stands for, and how long the escape is behind its backslash.
fn unescape(bytes: &[u8]) -> Option<(char, usize)> {
    let simple = match bytes.first()? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'u' => {
            let digits = std::str::from_utf8(bytes.get(1..5)?).ok()?;
            let all_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
            let number = u32::from_str_radix(digits, 16).ok().filter(|_| all_hex)?;
            return char::from_u32(number).map(|character| (character, 5));
        }
        _ => return None,
    };
    Some((simple, 1))
}

/// A number that differs for different keys, but for an accident which costs time alone.
fn digest(key: &[u8]) -> u64 {
    key.chunks(8).fold(key.len() as u64, |digest, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        let sum = digest.rotate_left(5) ^ u64::from_le_bytes(word) ^ 0x9E37_79B9_7F4A_7C15;
        // Both halves of the product, so that each byte of the key reaches each bit.
        let product = u128::from(sum) * 0x517C_C1B7_2722_0A95;
        product as u64 ^ (product >> 64) as u64
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn similar_names_have_different_digests() {
        let names = |form: fn(usize) -> String| (0..20_000).map(form);
        let all: Vec<String> = names(|n| format!("team-{n:04}"))
            .chain(names(|n| format!("svc-{n:05}-canary")))
            .chain(names(|n| format!("{n:05}.shop.example.com")))
            .collect();
        let digests: BTreeSet<u64> = all.iter().map(|name| digest(name.as_bytes())).collect();
        assert_eq!(digests.len(), all.len());
    }
}
