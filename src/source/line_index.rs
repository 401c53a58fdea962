//! Where the lines of a text begin.

use std::ops::Range;

/// Characters before a position are counted from the nearest mark, so that one long line costs no
/// more than many short ones.
const MARK_EVERY: usize = 4096;

/// An index of the lines of one text; made once, then every question is cheap.
///
/// Only a line feed ends a line. The index does not hold the text: its methods must be given the
/// text that it was made from.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// How many characters begin before each multiple of [`MARK_EVERY`].
    marks: Vec<u32>,
}

impl LineIndex {
    /// The index of a text.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let feeds = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        starts.extend(feeds.map(|(at, _)| at as u32 + 1));
        let mut marks = vec![0];
        let mut count = 0;
        for chunk in bytes.chunks(MARK_EVERY) {
            count += characters(chunk) as u32;
            marks.push(count);
        }
        LineIndex { starts, marks }
    }

    /// How many lines there are; a text that ends with a line feed has an empty last line.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line and the column of a byte, both counted from 1; columns count characters.
    pub fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.line(offset);
        let start = self.starts[line - 1] as usize;
        (
            line,
            1 + self.before(text, offset) - self.before(text, start),
        )
    }

    /// The line, counted from 1, that a byte stands on.
    pub fn line(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|start| *start as usize <= offset)
    }

    /// The bytes of a line, counted from 1, without the line feed and a carriage return before it.
    pub fn range(&self, text: &str, line: usize) -> Range<usize> {
        let start = self.starts[line - 1] as usize;
        let end = self
            .starts
            .get(line)
            .map_or(text.len(), |next| *next as usize - 1);
        let carriage = end > start && self.starts.len() > line && text.as_bytes()[end - 1] == b'\r';
        start..end - usize::from(carriage)
    }

    /// How many characters begin before a byte.
    fn before(&self, text: &str, offset: usize) -> usize {
        let mark = offset / MARK_EVERY;
        self.marks[mark] as usize + characters(&text.as_bytes()[mark * MARK_EVERY..offset])
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    // A UTF-8 continuation byte begins no character.
    bytes
        .iter()
        .map(|byte| usize::from((byte & 0xC0) != 0x80))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_those_that_counting_finds() {
        let long = "é€x".repeat(5000);
        for text in [
            "",
            "\n",
            "a",
            "a\r\nbé\n",
            "\n\n",
            long.as_str(),
            &format!("a\n{long}\n{long}"),
        ] {
            let index = LineIndex::new(text);
            assert_eq!(index.lines(), text.matches('\n').count() + 1);
            for (offset, _) in text.char_indices().chain([(text.len(), 'x')]) {
                if offset % 7 != 0 && offset < text.len().saturating_sub(8) {
                    continue;
                }
                let before = &text[..offset];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
                assert_eq!(index.line_column(text, offset), (line, column), "{offset}");
            }
        }
    }

    #[test]
    fn a_line_ends_before_its_line_break() {
        let text = "a\r\nb\n\r\nc\r";
        let index = LineIndex::new(text);
        let lines: Vec<_> = (1..=index.lines())
            .map(|l| &text[index.range(text, l)])
            .collect();
        assert_eq!(lines, ["a", "b", "", "c\r"]);
    }
}
