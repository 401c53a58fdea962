//! The first state of an object in the order of the second.

use std::collections::{BTreeMap, BTreeSet};

use super::align::align;
use super::alignment::List;
use super::difference::Name;
use super::digest::{Digests, is_free};
use super::site::Site;
use crate::source::{Node, Shape, Style, Tree, TreeBuilder};

/// A copy of `before` whose keys, and items of lists in which the order is nothing, come as they do
/// in `after`; what `after` lacks comes where it stood. So the lines of both differ where the
/// values do.
pub(super) fn laid_out(before: &Tree, after: &Tree, name: &Name) -> Tree {
    let site = Site::root(name);
    let digests = [before, after].map(|tree| Digests::new(tree, site));
    let mut writer = Writer {
        digests: [&digests[0], &digests[1]],
        builder: TreeBuilder::with_capacity(before.text().clone(), before.len()),
    };
    writer.node(before.root(), after.root(), site);
    writer.builder.finish()
}

struct Writer<'t> {
    digests: [&'t Digests; 2],
    builder: TreeBuilder,
}

impl<'t> Writer<'t> {
    fn node(&mut self, before: Node<'t>, after: Node<'t>, site: Site<'t>) {
        if before.is_map() && after.is_map() {
            self.map(before, after, site);
        } else if before.is_seq() && after.is_seq() {
            self.list(before, after, site);
        } else {
            self.builder.copy(before);
        }
    }

    fn map(&mut self, before: Node<'t>, after: Node<'t>, site: Site<'t>) {
        let theirs: BTreeMap<&str, Node<'t>> =
            after.entries().map(|(k, v)| (k.text(), v)).collect();
        let ours: BTreeMap<&str, _> = before
            .entries()
            .map(|entry| (entry.0.text(), entry))
            .collect();
        // What only we have, by the key before it that both have.
        let mut own: BTreeMap<Option<&str>, Vec<_>> = BTreeMap::new();
        let mut last = None;
        for (key, value) in before.entries() {
            if theirs.contains_key(key.text()) {
                last = Some(key.text());
            } else {
                own.entry(last).or_default().push((key, value));
            }
        }
        self.builder.open(Shape::Map, Style::Plain, before.pos());
        let keys = after.entries().map(|(key, _)| key.text());
        for key in std::iter::once(None).chain(keys.map(Some)) {
            if let Some(((name, value), other)) =
                key.and_then(|key| Some((*ours.get(key)?, *theirs.get(key)?)))
            {
                self.builder.copy(name);
                self.node(value, other, site.key(name.text()));
            }
            for (key, value) in own.remove(&key).into_iter().flatten() {
                self.builder.copy(key);
                self.builder.copy(value);
            }
        }
        self.builder.close();
    }

    fn list(&mut self, before: Node<'t>, after: Node<'t>, site: Site<'t>) {
        let list = |side: usize, node| List {
            node,
            digests: self.digests[side],
        };
        let alignment = align(list(0, before), list(1, after), site);
        let new: Vec<Node<'t>> = after.items().collect();
        let partners = alignment.pairs.iter().map(|pair| (pair.before, pair.after));
        let partners: BTreeMap<usize, usize> = partners.collect();
        let old: Vec<Node<'t>> = before.items().collect();
        let order: Vec<usize> = if is_free(site.order()) {
            let mut left: BTreeSet<usize> = (0..old.len()).collect();
            let mut order = Vec::with_capacity(old.len());
            let first = lone_run(0, &partners, old.len());
            let pairs = alignment.pairs.iter().flat_map(|pair| {
                std::iter::once(pair.before).chain(lone_run(pair.before + 1, &partners, old.len()))
            });
            order.extend(first.chain(pairs).filter(|index| left.remove(index)));
            order
        } else {
            (0..old.len()).collect()
        };
        self.builder.open(Shape::Seq, Style::Plain, before.pos());
        for index in order {
            match partners.get(&index) {
                Some(partner) => self.node(old[index], new[*partner], site.item()),
                None => self.builder.copy(old[index]),
            }
        }
        self.builder.close();
    }
}

/// The items without a partner that stand one after the other from an index on.
fn lone_run(
    from: usize,
    partners: &BTreeMap<usize, usize>,
    length: usize,
) -> impl Iterator<Item = usize> {
    (from..length).take_while(|index| !partners.contains_key(index))
}
