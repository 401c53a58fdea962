//! The texts which were read, in one address space.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::line_index::LineIndex;
use super::position::{Pos, Span};

/// Names one source of a [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// One text: a file, standard input, or a text made in memory.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: Arc<str>,
    base: u32,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// What a person calls it: the path as it was given, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The position of the text's first byte.
    pub fn start(&self) -> Pos {
        Pos::new(self.base)
    }

    /// Where its lines begin; found when first asked for.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The line and the column of a byte, both counted from 1; columns count characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        self.lines().line_column(&self.text, offset)
    }
}

/// All sources are held in one address space of 32 bits; this one did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuchText;

impl fmt::Display for TooMuchText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the files are larger than 2 GiB together")
    }
}

impl std::error::Error for TooMuchText {}

/// Every text that was read in this run, by [`SourceId`] and by [`Pos`].
#[derive(Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
    next: u32,
}

impl Sources {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a text up under the name a person knows it by.
    pub fn add(
        &mut self,
        name: impl Into<String>,
        text: impl Into<Arc<str>>,
    ) -> Result<SourceId, TooMuchText> {
        let text = text.into();
        let id = u32::try_from(self.all.len()).map_err(|_| TooMuchText)?;
        let base = self.next;
        // One position more than the text has bytes: its end is a place of its own.
        let length = u32::try_from(text.len() + 1).map_err(|_| TooMuchText)?;
        let next = base
            .checked_add(length)
            .filter(|n| *n < 1 << 31)
            .ok_or(TooMuchText)?;
        self.next = next;
        self.all.push(Source {
            name: name.into(),
            text,
            base,
            lines: OnceLock::new(),
        });
        Ok(SourceId(id))
    }

    /// The source of this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// All sources, in the order in which they were taken up.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.all.iter()
    }

    /// The source that holds a position, and the byte offset in it.
    pub fn locate(&self, pos: Pos) -> Option<(&Source, usize)> {
        if !pos.is_some() {
            return None;
        }
        let at = self
            .all
            .partition_point(|s| s.base <= pos.offset())
            .checked_sub(1)?;
        let source = &self.all[at];
        let offset = (pos.offset() - source.base) as usize;
        (offset <= source.text.len()).then_some((source, offset))
    }

    /// The source and byte range of a span.
    pub fn range(&self, span: Span) -> Option<(&Source, Range<usize>)> {
        let (source, start) = self.locate(span.start)?;
        let length = span.end.offset().saturating_sub(span.start.offset()) as usize;
        Some((source, start..(start + length).min(source.text.len())))
    }

    /// The source and byte range of the node that begins at a position: a scalar whole, of a
    /// collection or a block scalar what stands on its first line.
    pub fn token(&self, pos: Pos) -> Option<(&Source, Range<usize>)> {
        let (source, start) = self.locate(pos)?;
        Some((source, start..start + token_length(&source.text[start..])))
    }
}

/// Of a longer token only the start is found, so that finding many on one long line stays cheap.
const TOKEN_AT_MOST: usize = 4096;

/// The length of the token at the start of `text`, as far as it stands on one line.
pub fn token_length(text: &str) -> usize {
    let text = &text[..text.floor_char_boundary(TOKEN_AT_MOST)];
    let line = text.split(['\n', '\r']).next().unwrap_or("");
    let bytes = line.as_bytes();
    let end = match bytes.first() {
        None => 0,
        Some(b'"') => {
            let mut at = 1;
            while at < bytes.len() && bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            (at + 1).min(bytes.len())
        }
        Some(b'\'') => {
            let mut at = 1;
            while at < bytes.len() {
                if bytes[at] == b'\'' {
                    if bytes.get(at + 1) != Some(&b'\'') {
                        break;
                    }
                    at += 1;
                }
                at += 1;
            }
            (at + 1).min(bytes.len())
        }
        Some(b'{' | b'[') => flow_length(bytes),
        Some(_) => plain_length(bytes),
    };
    // An escape at the end of the line may have stepped into the middle of a character.
    let end = (0..=end.min(line.len()))
        .rev()
        .find(|at| line.is_char_boundary(*at))
        .unwrap_or(0);
    line[..end].trim_end().len()
}

fn plain_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b':' if matches!(bytes.get(at + 1), None | Some(b' ' | b'\t')) => break,
            b'#' if at > 0 && matches!(bytes[at - 1], b' ' | b'\t') => break,
            // Inside a flow collection these end a plain scalar; outside they are rare in one.
            b',' | b'}' | b']' if at > 0 => break,
            _ => at += 1,
        }
    }
    at.max(1)
}

fn flow_length(bytes: &[u8]) -> usize {
    let mut depth = 0usize;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_names_its_source() {
        let mut sources = Sources::new();
        let a = sources.add("a", "one\ntwo").unwrap();
        let b = sources.add("b", "thrée four").unwrap();
        let pos = sources.get(b).start().plus(7);
        let (source, offset) = sources.locate(pos).unwrap();
        assert_eq!((source.name(), offset), ("b", 7));
        assert_eq!(source.line_column(offset), (1, 7));
        assert_eq!(sources.get(a).line_column(5), (2, 2));
        let end = sources.get(a).start().plus(7);
        assert_eq!(sources.locate(end).unwrap().0.name(), "a");
        assert!(sources.locate(Pos::NONE).is_none());
    }

    #[test]
    fn tokens_end_where_a_reader_sees_their_end() {
        for (text, token) in [
            ("name: x", "name"),
            ("a b # c", "a b"),
            ("http://x:80/y", "http://x:80/y"),
            (r#""a\"b", c"#, r#""a\"b""#),
            ("'it''s' x", "'it''s'"),
            ("{a: [1, 2]} # x", "{a: [1, 2]}"),
            ("{a: 1,\n b: 2}", "{a: 1,"),
            ("x}, y", "x"),
            ("| \ntext", "|"),
            ("", ""),
            ("\"\\é", "\"\\é"),
        ] {
            assert_eq!(&text[..token_length(text)], token, "{text:?}");
        }
    }
}
