//! What is left to do when a whole document is known: duplicate keys and merge keys.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::compose::MAX_ISSUES;
use super::issue::{Issue, IssueKind};
use super::position::{Pos, Span};
use super::tree::{Node, NodeId, Shape, Style, Tree, TreeBuilder};

/// Of longer tokens the beginning is shown.
const LONGEST_TOKEN: usize = 2048;

/// So many keys are compared with each other before a table of them pays.
const FEW: usize = 8;

/// The tree with its merge keys applied and without second values of a key, and what is wrong.
pub(super) fn arrange(tree: Tree, repeated: &[Range<NodeId>], base: Pos) -> (Tree, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut in_order = true;
    let mut repeated = repeated.iter().peekable();
    let mut id = 0;
    while (id as usize) < tree.len() {
        // What is wrong with the target of an alias is said once.
        if let Some(range) = repeated.next_if(|range| range.start == id) {
            id = range.end;
            continue;
        }
        let node = tree.node(id);
        if node.is_map() {
            in_order &= check(node, base, &mut issues);
        }
        id += 1;
    }
    if in_order {
        return (tree, issues);
    }
    let mut builder = TreeBuilder::rearranging(&tree);
    rebuild(&mut builder, tree.root());
    (builder.finish(), issues)
}

/// Whether a map can stay as it is.
fn check(map: Node<'_>, base: Pos, issues: &mut Vec<Issue>) -> bool {
    let mut in_order = true;
    let mut table = HashMap::new();
    let few = map.entries().take(FEW + 1).count() <= FEW;
    for (count, (key, value)) in map.entries().enumerate() {
        if is_merge(key) {
            in_order = false;
            let bad = match value.shape() {
                Shape::Map => None,
                Shape::Seq => value.items().find(|item| !item.is_map()),
                _ => Some(value),
            };
            if let Some(bad) = bad.filter(|_| issues.len() < MAX_ISSUES) {
                let kind = IssueKind::MergeOfNoMap { shape: bad.shape() };
                issues.push(Issue {
                    kind,
                    span: span_of(bad, base),
                });
            }
            continue;
        }
        if !can_repeat(key) {
            continue;
        }
        let first = if few {
            let mut before = map.entries().take(count).map(|(k, _)| k);
            before.find(|k| k.text() == key.text() && can_repeat(*k))
        } else {
            match table.entry(key.text()) {
                std::collections::hash_map::Entry::Occupied(first) => Some(*first.get()),
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert(key);
                    None
                }
            }
        };
        if let Some(first) = first {
            in_order = false;
            if issues.len() < MAX_ISSUES {
                let (key_text, first) = (key.text().to_string(), span_of(first, base));
                let kind = IssueKind::DuplicateKey {
                    key: key_text,
                    first,
                };
                issues.push(Issue {
                    kind,
                    span: span_of(key, base),
                });
            }
        }
    }
    in_order
}

/// The span of a node's token.
fn span_of(node: Node<'_>, base: Pos) -> Span {
    let pos = node.pos();
    let at = pos.offset().saturating_sub(base.offset()) as usize;
    let text = node.tree().text();
    // A line can be as long as the text, and there can be many mistakes in it.
    let near = (at + LONGEST_TOKEN).min(text.len());
    let near = (at..=near)
        .rev()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or(at);
    let length = text.get(at..near).map_or(0, super::sources::token_length);
    Span::new(pos, pos.plus(length as u32))
}

fn is_merge(key: Node<'_>) -> bool {
    key.shape() == Shape::Str && key.style() == Style::Plain && key.text() == "<<"
}

fn can_repeat(key: Node<'_>) -> bool {
    !matches!(key.shape(), Shape::Null | Shape::Seq | Shape::Map) && !is_merge(key)
}

fn rebuild(builder: &mut TreeBuilder, node: Node<'_>) {
    match node.shape() {
        Shape::Seq => {
            builder.open(Shape::Seq, node.style(), node.pos());
            node.items().for_each(|item| rebuild(builder, item));
            builder.close();
        }
        Shape::Map => {
            builder.open(Shape::Map, node.style(), node.pos());
            flatten(builder, node, &mut HashSet::new());
            builder.close();
        }
        _ => builder.take_over(node),
    }
}

/// Writes the entries of a map, merged ones included, whose keys are not taken yet.
fn flatten<'t>(builder: &mut TreeBuilder, map: Node<'t>, taken: &mut HashSet<&'t str>) {
    // Own keys win over merged ones wherever they stand.
    let own: Vec<bool> = map
        .entries()
        .map(|(key, _)| !can_repeat(key) || taken.insert(key.text()))
        .collect();
    for ((key, value), own) in map.entries().zip(own) {
        if !is_merge(key) {
            if own {
                rebuild(builder, key);
                rebuild(builder, value);
            }
        } else if value.is_map() {
            flatten(builder, value, taken);
        } else {
            value.items().filter(|item| item.is_map()).for_each(|item| {
                flatten(builder, item, taken);
            });
        }
    }
}
