//! The fast reader, which takes what our emitter writes and what most people write.

mod flow;
mod literal;
mod token;

use std::sync::Arc;

use super::position::Pos;
use super::reader::Document;
use super::tree::{Shape, Style, TreeBuilder};
use token::Token;

/// Deeper texts are for the general reader.
const DEPTH: usize = 100;

/// Longer keys are for the general reader, and for the long form of the emitter.
const KEY: usize = 990;

/// Reads all documents of a text, or answers `None` when there is anything in it that is unusual
/// or wrong. If it answers, the general reader gives the same trees and has no complaints.
pub(super) fn read_canonical(text: &Arc<str>, start: Pos) -> Option<Vec<Document>> {
    is_tame(text).then(|| Reader::new(text, start))?.read()
}

/// Whether a text has none of the characters which YAML or its readers treat in a special way.
fn is_tame(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a branch for each byte, which makes this pass nearly free.
    let wild = bytes
        .iter()
        .fold(0, |wild, b| wild | u8::from(*b < b' ' && *b != b'\n'))
        != 0;
    let high = bytes.iter().fold(0, |high, b| high | u8::from(*b >= 0x7F)) != 0;
    let tame = |c: char| c == '\n' || super::plain::is_printable(c);
    !wild && (!high || text.chars().all(tame))
}

/// A builder with room for a document of so many bytes, as far as that is not much.
fn builder(text: &Arc<str>, bytes: usize) -> TreeBuilder {
    const BYTES_PER_NODE: usize = 6;
    const MOST: usize = 256;
    TreeBuilder::with_capacity(Arc::clone(text), (bytes / BYTES_PER_NODE).min(MOST))
}

/// What the last line left to come.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    /// The document's root.
    Root,
    /// The value of the key that ends here.
    Value { key_end: usize },
    /// The item of a dash.
    Item,
    /// Nothing; what comes is an entry or item of a collection that is open.
    Nothing,
}

/// A block collection that is open.
struct Open {
    column: usize,
    list: bool,
    /// Where its keys begin in `Reader::keys`.
    keys: usize,
}

struct Reader<'t> {
    text: &'t Arc<str>,
    bytes: &'t [u8],
    start: Pos,
    at: usize,
    /// Where the line of `at` begins.
    line: usize,
    builder: TreeBuilder,
    open: Vec<Open>,
    /// Digests of the keys of all open maps.
    keys: Vec<u64>,
    wanted: Wanted,
    exact: bool,
    document_start: usize,
    documents: Vec<Document>,
    unescaped: String,
}

impl<'t> Reader<'t> {
    fn new(text: &'t Arc<str>, start: Pos) -> Self {
        Reader {
            text,
            bytes: text.as_bytes(),
            start,
            at: 0,
            line: 0,
            builder: builder(text, text.len()),
            open: Vec::new(),
            keys: Vec::new(),
            wanted: Wanted::Root,
            exact: true,
            document_start: 0,
            documents: Vec::new(),
            unescaped: String::new(),
        }
    }

    fn read(mut self) -> Option<Vec<Document>> {
        while self.at < self.bytes.len() {
            let line = self.at;
            self.line = line;
            self.skip_spaces();
            let column = self.at - line;
            match self.peek() {
                None | Some(b'\n' | b'#') => self.skip_line(),
                Some(b'-') if column == 0 && self.bytes[line..].starts_with(b"---") => {
                    self.separator(line)?;
                }
                Some(b'.') if column == 0 && self.bytes[line..].starts_with(b"...") => return None,
                Some(_) => self.line(column)?,
            }
        }
        self.end_document(self.bytes.len())?;
        Some(self.documents)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn is_blank(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b' ' | b'\n'))
    }

    fn pos(&self, at: usize) -> Pos {
        self.start.plus(at as u32)
    }

    fn skip_spaces(&mut self) -> usize {
        let from = self.at;
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
        self.at - from
    }

    /// Passes what the emitter would not have written.
    fn skip_line(&mut self) {
        self.exact = false;
        let rest = &self.bytes[self.at..];
        self.at += rest
            .iter()
            .position(|b| *b == b'\n')
            .map_or(rest.len(), |end| end + 1);
    }

    /// Passes the end of a line, on which nothing but a comment may stand.
    fn end_line(&mut self) -> Option<()> {
        let spaces = self.skip_spaces();
        match self.peek() {
            Some(b'\n') => {
                self.exact &= spaces == 0;
                self.at += 1;
                Some(())
            }
            Some(b'#') if spaces > 0 => {
                self.skip_line();
                Some(())
            }
            None => {
                self.exact = false;
                Some(())
            }
            Some(_) => None,
        }
    }

    fn separator(&mut self, line: usize) -> Option<()> {
        self.at += 3;
        self.skip_spaces();
        if !matches!(self.peek(), None | Some(b'\n')) || !self.is_blank(line + 3) {
            return None;
        }
        self.end_document(line)?;
        self.at = (self.at + 1).min(self.bytes.len());
        self.document_start = self.at;
        Some(())
    }

    fn end_document(&mut self, end: usize) -> Option<()> {
        self.settle()?;
        if self.wanted != Wanted::Root {
            while !self.open.is_empty() {
                self.close()?;
            }
            let next = builder(self.text, self.bytes.len() - end);
            let tree = std::mem::replace(&mut self.builder, next).finish();
            let range = self.document_start..end;
            self.documents.push(Document {
                tree,
                range,
                exact: self.exact,
            });
        }
        self.wanted = Wanted::Root;
        self.exact = true;
        Some(())
    }

    /// A key whose value did not come has the value null.
    fn settle(&mut self) -> Option<()> {
        match self.wanted {
            Wanted::Value { key_end } => {
                self.exact = false;
                let pos = self.pos(key_end);
                self.builder
                    .borrowed(Shape::Null, Style::Plain, key_end..key_end, pos);
                self.wanted = Wanted::Nothing;
            }
            Wanted::Item => return None,
            Wanted::Root | Wanted::Nothing => {}
        }
        Some(())
    }

    /// A line that holds a node, whose first byte stands in `column`.
    fn line(&mut self, mut column: usize) -> Option<()> {
        let mut after_dash = false;
        while self.peek() == Some(b'-') && self.is_blank(self.at + 1) {
            self.enter(column, true)?;
            self.wanted = Wanted::Item;
            self.at += 1;
            let spaces = self.skip_spaces();
            if matches!(self.peek(), None | Some(b'\n' | b'#')) {
                self.skip_line();
                return Some(());
            }
            self.exact &= spaces == 1;
            column += 1 + spaces;
            after_dash = true;
        }
        match self.peek()? {
            b'|' if after_dash => {
                let parent = self.open.last()?.column;
                self.literal(parent)?;
            }
            b'{' | b'[' => {
                self.expect_value(column, after_dash)?;
                self.flow(self.open.len())?;
                self.end_line()?;
            }
            _ => {
                let token = self.token()?;
                if self.peek() == Some(b':') && self.is_blank(self.at + 1) {
                    self.enter(column, false)?;
                    self.entry(&token)?;
                    return Some(());
                }
                self.expect_value(column, after_dash)?;
                self.push(&token, false)?;
                self.end_line()?;
            }
        }
        self.wanted = Wanted::Nothing;
        Some(())
    }

    /// Whether a scalar or flow collection may stand here.
    fn expect_value(&mut self, column: usize, after_dash: bool) -> Option<()> {
        let parent = self.open.last().map_or(0, |open| open.column);
        match self.wanted {
            Wanted::Root => self.exact &= column == 0,
            Wanted::Item if after_dash => {}
            Wanted::Item | Wanted::Value { .. } if column > parent => self.exact = false,
            _ => return None,
        }
        Some(())
    }

    /// Finds or opens the list or map which has an item or a key in this column.
    fn enter(&mut self, column: usize, list: bool) -> Option<()> {
        if let Wanted::Value { .. } = self.wanted {
            let parent = self.open.last()?.column;
            if column > parent || (list && column == parent) {
                let emitted = if list { parent } else { parent + 2 };
                self.exact &= column == emitted;
                return self.open(column, list);
            }
            self.settle()?;
        }
        match self.wanted {
            Wanted::Root => {
                self.exact &= column == 0;
                self.open(column, list)
            }
            Wanted::Item if column > self.open.last()?.column => self.open(column, list),
            Wanted::Nothing => {
                while self.open.last().is_some_and(|open| {
                    open.column > column || (open.column == column && open.list != list)
                }) {
                    self.close()?;
                }
                self.open
                    .last()
                    .filter(|open| open.column == column)
                    .map(|_| ())
            }
            _ => None,
        }
    }

    fn open(&mut self, column: usize, list: bool) -> Option<()> {
        if self.open.len() >= DEPTH {
            return None;
        }
        let shape = if list { Shape::Seq } else { Shape::Map };
        // A map begins with its first key, which was read already.
        let pos = self.pos(self.line + column);
        self.builder.open(shape, Style::Plain, pos);
        self.open.push(Open {
            column,
            list,
            keys: self.keys.len(),
        });
        Some(())
    }

    fn close(&mut self) -> Option<()> {
        let open = self.open.pop()?;
        self.builder.close();
        self.forget_keys(open.keys)
    }

    /// Drops the keys of a map, unless one of them may have been there twice.
    fn forget_keys(&mut self, from: usize) -> Option<()> {
        let keys = &mut self.keys[from..];
        let twice = if keys.len() <= 16 {
            (1..keys.len()).any(|at| keys[..at].contains(&keys[at]))
        } else {
            keys.sort_unstable();
            keys.windows(2).any(|pair| pair[0] == pair[1])
        };
        self.keys.truncate(from);
        (!twice).then_some(())
    }

    /// A key that is followed by its colon, and what stands behind it.
    fn entry(&mut self, key: &Token) -> Option<()> {
        self.push(key, true)?;
        let key_end = self.at;
        let parent = self.open.last()?.column;
        self.at += 1;
        let spaces = self.skip_spaces();
        match self.peek() {
            None | Some(b'\n' | b'#') => {
                self.at -= spaces;
                self.end_line()?;
                self.wanted = Wanted::Value { key_end };
                return Some(());
            }
            Some(b'|') => self.literal(parent)?,
            Some(b'{' | b'[') => {
                self.flow(self.open.len())?;
                self.end_line()?;
            }
            Some(_) => {
                let token = self.token()?;
                self.push(&token, false)?;
                self.end_line()?;
            }
        }
        self.exact &= spaces == 1;
        self.wanted = Wanted::Nothing;
        Some(())
    }
}

#[cfg(test)]
mod tests;
