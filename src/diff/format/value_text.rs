//! Values as people read them.

use super::place::in_one_line;
use crate::diff::difference::State;
use crate::diff::site::Site;
use crate::source::{Node, Shape, emit};

/// Of a longer line this many characters are shown.
const LONGEST: usize = 160;

/// The names of the items on the way to a value that a pointer knows by their index alone.
pub(super) fn names_on_the_way(state: &State, node: Node<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let (mut at, mut site) = (state.tree.root(), Site::root(&state.name));
    while at.id() < node.id() {
        let entry = at.entries().find(|(_, value)| node.id() < value.end());
        let item = at
            .items()
            .enumerate()
            .find(|(_, item)| node.id() < item.end());
        if let Some((key, value)) = entry {
            (at, site) = (value, site.key(key.text()));
        } else if let Some((index, item)) = item {
            let name = item.get("name").and_then(Node::as_str);
            if let Some(name) = name.filter(|_| !site.has_keys()) {
                names.push(format!(
                    "{}[{index}] {}",
                    site.last_key(),
                    in_one_line(name)
                ));
            }
            (at, site) = (item, site.item());
        } else {
            break;
        }
    }
    names
}

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

/// Which item of its list a node is.
pub(super) fn index(node: Node<'_>) -> usize {
    let tree = node.tree();
    let list = tree.parent(node.id()).map(|parent| tree.node(parent));
    let mut items = list.into_iter().flat_map(Node::items);
    items
        .position(|item| item.id() == node.id())
        .unwrap_or_default()
}

/// A line as far as it is shown.
pub(super) fn cut(line: &str) -> String {
    let line = in_one_line(line);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}
