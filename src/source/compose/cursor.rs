//! Places in a text which its parser leaves open.

use std::ops::Range;

use granit_parser::StructureStyle;

use crate::source::tree::Style;

/// How far a text has been read, from where the places are found which the parser does not tell.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    /// Where the last event ended.
    pub(super) reached: usize,
}

impl Cursor<'_> {
    /// Where the value stands in the text as it is, if it does.
    pub(super) fn place_of_value(
        self,
        value: &str,
        style: Style,
        at: usize,
    ) -> Option<Range<usize>> {
        let start = match style {
            Style::Plain => at,
            Style::Single | Style::Double => at + 1,
            _ => return None,
        };
        let range = start..start + value.len();
        (self.text.as_bytes().get(range.clone()) == Some(value.as_bytes())).then_some(range)
    }

    /// The place of a list. The parser gives one that is a value, and not indented under its key,
    /// the place of its first item.
    pub(super) fn place_of_list(
        self,
        style: StructureStyle,
        start: usize,
        is_value: bool,
    ) -> usize {
        if style == StructureStyle::Flow || !is_value {
            return start;
        }
        let at = self.next_node(false);
        if self.text[at..].starts_with('-') {
            at
        } else {
            start
        }
    }

    /// The place of the `|` or `>` above a text, of which the parser gives the first line.
    pub(super) fn find_header(self, first_line: usize) -> usize {
        let at = self.next_node(true);
        if self.text[at..].starts_with(['|', '>']) {
            at
        } else {
            first_line
        }
    }

    /// Where the text of a document begins, of which `at` is the end of the marker before it.
    pub(super) fn after_marker(self, at: usize) -> usize {
        let content = self.text[at..].trim_start_matches([' ', '\t']);
        let at = self.text.len() - content.len();
        if content.starts_with("\r\n") {
            at + 2
        } else if content.starts_with(['\n', '\r']) {
            at + 1
        } else {
            at
        }
    }

    /// The place where the next node begins past indicators, comments, anchor and tag; `dashes`
    /// says whether the indicators of lists are among what is passed.
    fn next_node(self, dashes: bool) -> usize {
        let bytes = self.text.as_bytes();
        let blank = |at: usize| matches!(bytes.get(at), None | Some(b' ' | b'\t' | b'\n' | b'\r'));
        let mut at = self.reached;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => at += 1,
                b'#' => {
                    while bytes.get(at).is_some_and(|b| !matches!(b, b'\n' | b'\r')) {
                        at += 1;
                    }
                }
                b'&' | b'!' => {
                    while !blank(at) {
                        at += 1;
                    }
                }
                b':' | b'?' if blank(at + 1) => at += 1,
                b'-' if dashes && blank(at + 1) => at += 1,
                _ => break,
            }
        }
        at
    }
}
