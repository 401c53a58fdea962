//! Lists: their items, how many there are, and that they differ.

use std::collections::BTreeMap;

use super::scalars::shown;
use super::walker::Walker;
use crate::diag::Diagnostic;
use crate::kube::{ListKind, Schema};
use crate::source::{Node, NodeId};

/// Up to so many items are compared with each other; more are looked up in a map.
const FEW: usize = 16;

impl<'a> Walker<'a, '_> {
    pub(super) fn list(&mut self, node: Node<'a>, schema: &'a Schema) {
        let mut count = 0;
        for item in node.items() {
            count += 1;
            if let Some(items) = schema.items {
                self.check(item, items);
            }
        }
        if !schema.count.holds(count) {
            self.wrong_count(node, count, schema.count, "items");
        }
        if count > 1 {
            match &schema.list {
                ListKind::Plain => {}
                ListKind::Set => self.set(node),
                ListKind::Map(keys) => {
                    if let Some(items) = schema.items {
                        self.keyed(node, self.facts.schema(items), keys);
                    }
                }
            }
        }
    }

    /// No two scalars of a set are the same.
    fn set(&mut self, node: Node<'a>) {
        let (mut keys, mut ids) = self.scratch();
        for item in node.items().filter(|item| !item.is_map() && !item.is_seq()) {
            keys.push(item.text());
            ids.push(item.id());
        }
        for (first, second) in repeated(&keys, 1) {
            let place = self.place(node.id());
            let headline = format!("`{place}` has the item `{}` twice", shown(keys[second]));
            self.twice("duplicate-item", headline, ids[first], ids[second]);
        }
        self.keys = keys;
        self.ids = ids;
    }

    /// No two items of a list have the same keys; items that lack one are reported elsewhere.
    fn keyed(&mut self, node: Node<'a>, items: &'a Schema, names: &'a [Box<str>]) {
        let (mut keys, mut ids) = self.scratch();
        let facts = self.facts;
        let key = |item: Node<'a>, name: &str| match item.get(name).filter(|v| !v.is_null()) {
            Some(value) => Some(value.text()),
            None => facts
                .schema(items.field(name)?.schema)
                .default
                .as_ref()?
                .as_str(),
        };
        for item in node.items() {
            let before = keys.len();
            keys.extend(names.iter().map_while(|name| key(item, name)));
            if keys.len() - before == names.len() {
                ids.push(item.id());
            } else {
                keys.truncate(before);
            }
        }
        for (first, second) in repeated(&keys, names.len()) {
            let values = &keys[second * names.len()..];
            let pairs = names
                .iter()
                .zip(values)
                .map(|(name, value)| format!("{name}: {value}"));
            let pairs: Vec<String> = pairs.collect();
            let place = self.place(node.id());
            let headline = format!("`{place}` has two items with `{}`", pairs.join(", "));
            self.twice("duplicate-key", headline, ids[first], ids[second]);
        }
        self.keys = keys;
        self.ids = ids;
    }

    /// The walker's lists for keys and nodes, empty; they are given back after use.
    fn scratch(&mut self) -> (Vec<&'a str>, Vec<NodeId>) {
        let (mut keys, mut ids) = (
            std::mem::take(&mut self.keys),
            std::mem::take(&mut self.ids),
        );
        keys.clear();
        ids.clear();
        (keys, ids)
    }

    fn twice(&mut self, id: &'static str, headline: String, first: NodeId, second: NodeId) {
        let tree = self.document.tree();
        let found = Diagnostic::error(id, headline, tree.node(second).pos())
            .label("the second one")
            .related(tree.node(first).pos(), "the first one");
        self.report(second, found);
    }
}

/// The tuples that were there before: the index of the first and of the later one.
fn repeated(keys: &[&str], width: usize) -> Vec<(usize, usize)> {
    let tuples = || keys.chunks_exact(width).enumerate();
    let mut found = Vec::new();
    if keys.len() <= FEW * width {
        for (second, key) in tuples() {
            if let Some((first, _)) = tuples().take(second).find(|(_, other)| *other == key) {
                found.push((first, second));
            }
        }
    } else {
        let mut seen = BTreeMap::new();
        for (second, key) in tuples() {
            let first = *seen.entry(key).or_insert(second);
            if first != second {
                found.push((first, second));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_are_found_alike() {
        let few = ["a", "b", "a", "a"];
        assert_eq!(repeated(&few, 1), [(0, 2), (0, 3)]);
        assert_eq!(repeated(&["a", "b", "a", "c", "a", "b"], 2), [(0, 2)]);
        let names: Vec<String> = (0..40).map(|n| (n % 39).to_string()).collect();
        let many: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(repeated(&many, 1), [(0, 39)]);
    }
}
