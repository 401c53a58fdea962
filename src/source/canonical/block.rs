//! Lines, and the block collections that they belong to.

use crate::source::tree::{Shape, Style};

use super::token::Token;
use super::{DEPTH, Reader};

/// What the last line left to come.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Wanted {
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
pub(super) struct Open {
    column: usize,
    list: bool,
    /// Where its keys begin in `Reader::keys`.
    keys: usize,
}

impl Reader<'_> {
    /// A key whose value did not come has the value null.
    pub(super) fn settle(&mut self) -> Option<()> {
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
    pub(super) fn line(&mut self, mut column: usize) -> Option<()> {
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

    pub(super) fn close(&mut self) -> Option<()> {
        let open = self.open.pop()?;
        self.builder.close();
        self.forget_keys(open.keys)
    }

    /// Drops the keys of a map, unless one of them may have been there twice.
    pub(super) fn forget_keys(&mut self, from: usize) -> Option<()> {
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
