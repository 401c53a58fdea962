//! The fast reader, which takes what our emitter writes and what most people write.

mod block;
mod flow;
mod literal;
mod token;

use std::sync::Arc;

use super::position::Pos;
use super::reader::Document;
use super::tree::TreeBuilder;

use block::{Open, Wanted};

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
}

#[cfg(test)]
mod tests;
