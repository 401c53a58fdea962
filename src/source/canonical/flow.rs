//! Collections in brackets on one line.

use super::{DEPTH, Reader};
use crate::source::tree::{Shape, Style};

impl Reader<'_> {
    /// Reads a collection that begins here, inside so many others.
    pub(super) fn flow(&mut self, depth: usize) -> Option<()> {
        if depth >= DEPTH {
            return None;
        }
        let map = self.peek() == Some(b'{');
        let (shape, end) = if map {
            (Shape::Map, b'}')
        } else {
            (Shape::Seq, b']')
        };
        self.builder.open(shape, Style::Flow, self.pos(self.at));
        self.at += 1;
        if self.peek() == Some(end) {
            self.at += 1;
            self.builder.close();
            return Some(());
        }
        self.exact = false;
        let keys = self.keys.len();
        self.skip_spaces();
        if self.peek() != Some(end) {
            loop {
                self.skip_spaces();
                if map {
                    self.flow_key()?;
                }
                self.flow_value(depth)?;
                self.skip_spaces();
                if self.peek() != Some(b',') {
                    break;
                }
                self.at += 1;
            }
        }
        if self.peek() != Some(end) {
            return None;
        }
        self.at += 1;
        self.builder.close();
        self.forget_keys(keys)
    }

    fn flow_key(&mut self) -> Option<()> {
        let token = self.flow_token()?;
        if self.peek() != Some(b':') || self.bytes.get(self.at + 1) != Some(&b' ') {
            return None;
        }
        self.push(&token, true)?;
        self.at += 1;
        self.skip_spaces();
        Some(())
    }

    fn flow_value(&mut self, depth: usize) -> Option<()> {
        if let b'{' | b'[' = self.peek()? {
            return self.flow(depth + 1);
        }
        let token = self.flow_token()?;
        self.push(&token, false)
    }
}
