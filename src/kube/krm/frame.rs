//! Where the parts of a list stand in its text.

use std::ops::Range;

use crate::source::{Node, Style};

/// Where the parts of a list stand in its text, if it is written in block form.
///
/// All ranges are of whole lines, so that a part can be passed on, replaced or left out as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The entries of the list itself, by key, in written order: from the line of the key to the
    /// line of the next one.
    pub entries: Vec<(String, Range<usize>)>,
    /// The items, each with the comments above it.
    pub items: Vec<Range<usize>>,
    /// The column of the dashes of the items, counted from 0.
    pub indent: usize,
}

impl Frame {
    /// Finds the parts of a list whose document stands in this range of the text; nothing where
    /// it is written in another form.
    pub(super) fn find(text: &str, document: Range<usize>, root: Node<'_>) -> Option<Self> {
        if root.style() != Style::Plain {
            return None;
        }
        let mut starts = Vec::new();
        for (key, _) in root.entries() {
            let at = key.pos().offset() as usize;
            let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            (start == at).then_some(())?;
            starts.push((key.text().to_owned(), start));
        }
        let ends = starts.iter().skip(1).map(|(_, start)| *start);
        let ends: Vec<usize> = ends.chain([document.end]).collect();
        let entries = starts.into_iter().zip(ends);
        let entries: Vec<_> = entries.map(|((key, at), end)| (key, at..end)).collect();
        let mut frame = Frame {
            entries,
            items: Vec::new(),
            indent: 0,
        };
        let items = root.get("items").filter(|items| items.is_seq());
        match items.filter(|items| items.items().next().is_some()) {
            Some(items) => frame.split(text, items).then_some(frame),
            None => Some(frame),
        }
    }

    /// The range of an entry.
    pub fn entry(&self, key: &str) -> Option<Range<usize>> {
        let found = self.entries.iter().find(|(name, _)| name == key);
        found.map(|(_, range)| range.clone())
    }

    /// Finds the items; whether each was found where it has to be.
    fn split(&mut self, text: &str, items: Node<'_>) -> bool {
        let Some(range) = self
            .entry("items")
            .filter(|_| items.style() == Style::Plain)
        else {
            return false;
        };
        let first_line = text[range.clone()]
            .find('\n')
            .map(|at| range.start + at + 1);
        let Some(mut at) = first_line else {
            return false;
        };
        let mut starts: Vec<usize> = Vec::new();
        let mut indent = None;
        let mut comments = None;
        for line in text[at..range.end].split_inclusive('\n') {
            let begun = line.trim_start_matches(' ');
            let column = line.len() - begun.len();
            let rest = begun.trim_end_matches(['\n', '\r']);
            let dash = rest == "-" || rest.starts_with("- ");
            if dash && indent.is_none_or(|known| known == column) {
                indent = Some(column);
                starts.push(comments.take().unwrap_or(at));
            } else if rest.starts_with('#') && indent.is_none_or(|known| column <= known) {
                comments.get_or_insert(at);
            } else if !rest.is_empty() {
                comments = None;
            }
            at += line.len();
        }
        self.indent = indent.unwrap_or(0);
        let ends = starts.iter().skip(1).copied().chain([range.end]);
        self.items = starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(a, b)| a..b)
            .collect();
        let mut found = self.items.iter();
        let fits = items.items().all(|item| {
            let at = item.pos().offset() as usize;
            found.next().is_some_and(|range| range.contains(&at))
        });
        fits && found.next().is_none()
    }
}
