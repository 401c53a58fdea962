//! Texts of several lines below `|`.

use std::ops::Range;

use super::Reader;
use crate::source::emit::block_header;
use crate::source::tree::{Shape, Style};

impl Reader<'_> {
    /// Reads a literal block that begins here; it is indented more than `parent`.
    pub(super) fn literal(&mut self, parent: usize) -> Option<()> {
        let start = self.at;
        self.at += 1;
        let chomp = self.peek().filter(|b| matches!(b, b'-' | b'+'));
        self.at += usize::from(chomp.is_some());
        let header = start..self.at;
        self.end_line()?;
        let mut lines = Vec::new();
        // How many of the lines there are up to the last that is not blank.
        let mut full = 0;
        let mut indent = None;
        let mut blanks = 0;
        while self.at < self.bytes.len() {
            let line = self.at;
            let spaces = self.skip_spaces();
            let rest = &self.bytes[self.at..];
            let length = rest.iter().position(|b| *b == b'\n')?;
            if length == 0 {
                blanks = blanks.max(spaces);
                lines.push(self.at..self.at + 1);
                self.at += 1;
                continue;
            }
            let indent = *indent.get_or_insert(spaces);
            if spaces <= parent {
                self.at = line;
                break;
            }
            if spaces < indent {
                return None;
            }
            lines.push(line + indent..self.at + length + 1);
            full = lines.len();
            self.at += length + 1;
        }
        let indent = indent?;
        // Blanks beyond the indentation are text, or an error in front of the first line.
        if full == 0 || blanks > indent || indent <= parent {
            return None;
        }
        let ends_inside = lines.len();
        match chomp {
            Some(b'-') => {
                lines.truncate(full);
                lines[full - 1].end -= 1;
            }
            Some(_) => {}
            None => lines.truncate(full),
        }
        self.exact &= blanks == 0 && indent == parent + 2 && lines.len() == ends_inside;
        self.push_lines(&lines, start, header);
        Some(())
    }

    fn push_lines(&mut self, lines: &[Range<usize>], start: usize, header: Range<usize>) {
        let text = self.text;
        let pos = self.pos(start);
        let id = if let [line] = lines {
            self.builder
                .borrowed(Shape::Str, Style::Literal, line.clone(), pos)
        } else {
            let pieces = lines.iter().map(|line| &text[line.clone()]);
            self.builder.pieces(Shape::Str, Style::Literal, pieces, pos)
        };
        if self.exact {
            self.exact = block_header(self.builder.text_of(id)) == Some(&text[header]);
        }
    }
}
