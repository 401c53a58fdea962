//! Values as people read them.

use super::place::in_one_line;
use crate::source::{Node, Shape, emit};

/// Of a longer line this many characters are shown.
const LONGEST: usize = 160;

/// A value as it may stand in a line: a scalar of one line, or an empty map or list.
pub(super) fn in_line(node: Node<'_>) -> Option<String> {
    let scalar = !matches!(node.shape(), Shape::Map | Shape::Seq);
    let text = emit(node);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let is_short = (scalar || node.end() == node.id() + 1) && !text.contains('\n');
    is_short.then(|| text.to_owned())
}

/// A value as lines; a text of several lines without its indentation.
pub(super) fn shown(node: Node<'_>) -> String {
    match node.as_str() {
        Some(text) if text.contains('\n') && in_line(node).is_none() => {
            let end = if text.ends_with('\n') { "" } else { "\n" };
            format!("{text}{end}")
        }
        _ => emit(node),
    }
}

pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// A line as far as it is shown.
pub(super) fn cut(line: &str) -> String {
    let line = in_one_line(line);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}
