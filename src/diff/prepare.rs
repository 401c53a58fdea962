//! What a document says, as far as it counts.

use super::ignore::Ignore;
use super::meaning::meaning;
use crate::source::{Node, Shape, Style, Tree, TreeBuilder};

/// A copy of a document without the places to ignore, every scalar written in the one way that its
/// meaning has. A map or list of which nothing is left is left out with what was in it.
pub(super) fn prepare<'i>(document: Node<'_>, ignore: impl Iterator<Item = &'i Ignore>) -> Tree {
    let nodes = (document.end() - document.id()) as usize;
    let mut writer = Writer {
        builder: TreeBuilder::with_capacity(document.tree().text().clone(), nodes),
    };
    let ways: Vec<_> = ignore.map(|ignore| Way { ignore, depth: 0 }).collect();
    writer.node(document, &ways);
    writer.builder.finish()
}

/// The way to a place, gone so many steps of it.
#[derive(Clone, Copy)]
struct Way<'i> {
    ignore: &'i Ignore,
    depth: usize,
}

/// The ways that lead on over a step; none at all where one of them ends with it.
fn after<'i>(ways: &[Way<'i>], takes: impl Fn(&Way<'i>) -> bool) -> Option<Vec<Way<'i>>> {
    let mut on = Vec::new();
    for way in ways.iter().filter(|way| takes(way)) {
        let depth = way.depth + 1;
        if depth == way.ignore.depth() {
            return None;
        }
        on.push(Way { depth, ..*way });
    }
    Some(on)
}

struct Writer {
    builder: TreeBuilder,
}

impl Writer {
    /// Writes a node; false if nothing of it is left.
    fn node(&mut self, node: Node<'_>, ways: &[Way<'_>]) -> bool {
        match node.shape() {
            Shape::Map => self.map(node, ways),
            Shape::Seq => self.list(node, ways),
            _ => {
                match meaning(node) {
                    Some((shape, text)) => {
                        self.builder.owned(shape, Style::Plain, &text, node.pos());
                    }
                    None => self.builder.copy(node),
                }
                true
            }
        }
    }

    fn map(&mut self, map: Node<'_>, ways: &[Way<'_>]) -> bool {
        self.builder.open(Shape::Map, Style::Plain, map.pos());
        let mut left = 0;
        let mut gone = 0;
        for (key, value) in map.entries() {
            let on = after(ways, |way| way.ignore.takes_key(way.depth, key.text()));
            let start = self.builder.len() as u32;
            self.key(key);
            if on.is_some_and(|on| self.node(value, &on)) {
                left += 1;
            } else {
                self.builder.truncate(start);
                gone += 1;
            }
        }
        self.builder.close();
        left > 0 || gone == 0
    }

    /// A key is text, as it is in JSON.
    fn key(&mut self, key: Node<'_>) {
        if key.shape() == Shape::Str {
            self.builder.copy(key);
        } else {
            self.builder.string(key.text(), key.pos());
        }
    }

    fn list(&mut self, list: Node<'_>, ways: &[Way<'_>]) -> bool {
        self.builder.open(Shape::Seq, Style::Plain, list.pos());
        let mut left = 0;
        let mut gone = 0;
        for (index, item) in list.items().enumerate() {
            let on = after(ways, |way| way.ignore.takes_item(way.depth, index, item));
            let start = self.builder.len() as u32;
            if on.is_some_and(|on| self.node(item, &on)) {
                left += 1;
            } else {
                self.builder.truncate(start);
                gone += 1;
            }
        }
        self.builder.close();
        left > 0 || gone == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::server_owned::server_owned;
    use crate::source::{Pos, emit, read_text};

    fn left(text: &str, ignore: &[&str]) -> String {
        let tree = &read_text(&text.into(), Pos::NONE).documents[0].tree;
        let ignore: Vec<Ignore> = ignore.iter().map(|path| path.parse().unwrap()).collect();
        emit(prepare(tree.root(), server_owned().iter().chain(&ignore)).root())
    }

    #[test]
    fn what_the_server_owns_is_left_out_and_what_is_empty_then() {
        let text = "metadata:\n  name: a\n  uid: b\n  annotations:\n    \
            kubectl.kubernetes.io/last-applied-configuration: '{}'\n\
            status: {x: 1}\nspec: {replicas: 0x2, on: on, list: [], empty: {}}\n";
        let expected =
            "metadata:\n  name: a\nspec:\n  replicas: 2\n  \"on\": true\n  list: []\n  empty: {}\n";
        assert_eq!(left(text, &[]), expected);
    }

    #[test]
    fn places_to_ignore() {
        let text = "spec:\n  listeners:\n  - {name: a, tls: {mode: x}, port: 1}\n  \
            - {name: b, tls: {mode: z}, port: 2}\n";
        let a = "spec:\n  listeners:\n  - name: a\n    port: 1\n  - name: b\n    tls:\n      mode: z\n    port: 2\n";
        assert_eq!(left(text, &["spec.listeners[name=a].tls"]), a);
        assert_eq!(left(text, &["spec.listeners[0].tls.mode"]), a);
        let b = "spec:\n  listeners:\n  - name: a\n  - name: b\n";
        let both = ["spec.listeners[*].tls", "spec.listeners[*].port"];
        assert_eq!(left(text, &both), b);
        assert_eq!(left(text, &["spec.listeners[*]"]), "{}\n");
        let one = "spec:\n  listeners:\n  - name: a\n    tls:\n      mode: x\n    port: 1\n";
        assert_eq!(left(text, &["spec.listeners[name=b,port=2]"]), one);
        assert_eq!(left(text, &["spec.listeners"]), "{}\n");
        let all = left(text, &[]);
        assert_eq!(left(text, &["spec.listeners[name=c]", "spec.x"]), all);
    }
}
