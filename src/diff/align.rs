//! Which items of two lists are the same thing.

mod gaps;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::alignment::{Alignment, List, Pair};
use super::digest::is_free;
use super::item_key::{key_of, matches_of, name_of};
use super::order::longest_rise;
use super::site::{Order, Site};
use crate::source::Node;

/// Aligns two lists at the same place of an object.
pub(super) fn align<'t>(before: List<'t>, after: List<'t>, site: Site<'t>) -> Alignment {
    // Ties are broken by the lists themselves, so that the way back is the same way.
    let digest = |list: List<'_>| list.digests.of(list.node.id());
    let turned = digest(before) > digest(after);
    let (first, second) = if turned {
        (after, before)
    } else {
        (before, after)
    };
    let mut aligner = Aligner::new(first, second);
    aligner.run(site);
    let (mut pairs, removed, added) = aligner.done();
    if !turned {
        return Alignment {
            pairs,
            removed,
            added,
        };
    }
    for pair in &mut pairs {
        std::mem::swap(&mut pair.before, &mut pair.after);
    }
    pairs.sort_by_key(|pair| pair.after);
    Alignment {
        pairs,
        removed: added,
        added: removed,
    }
}

struct Aligner<'t> {
    lists: [List<'t>; 2],
    items: [Vec<Node<'t>>; 2],
    /// For each item of the second list its partner in the first, and whether it is renamed.
    partner: Vec<Option<(usize, bool)>>,
    /// Whether an item of the first list has a partner.
    taken: Vec<bool>,
    moved: BTreeSet<usize>,
}

impl<'t> Aligner<'t> {
    fn new(first: List<'t>, second: List<'t>) -> Self {
        let items = [first, second].map(|list| list.node.items().collect::<Vec<_>>());
        Aligner {
            partner: vec![None; items[1].len()],
            taken: vec![false; items[0].len()],
            lists: [first, second],
            items,
            moved: BTreeSet::new(),
        }
    }

    fn run(&mut self, site: Site<'t>) {
        let order = self.fitting(site);
        match order {
            Order::Set => self.by_value(),
            Order::Keys { keys, .. } => {
                self.by(|_, item| key_of(item, keys, site), false, false);
                self.by_rest(|key| keys.contains(key));
            }
            Order::References => {
                self.by_value();
                self.by(
                    |_, item| name_of(item, &["name", "port", "sectionName"]),
                    false,
                    false,
                );
                self.by(|_, item| name_of(item, &["name"]), false, false);
                self.by_rest(|key| key == "name");
            }
            Order::Rules | Order::Sequence => {
                self.ends();
                self.by_value();
                self.by(|_, item| name_of(item, &["name"]), false, false);
                if order == Order::Rules {
                    self.by(|list, item| matches_of(list, item), false, false);
                }
                self.by_rest(|key| key == "name");
            }
        }
        if !is_free(order) {
            self.find_moved();
        }
        if matches!(order, Order::Rules | Order::Sequence) {
            self.gaps();
            self.strays();
            self.find_moved();
        }
    }

    /// The order of the place, or that of a sequence if the items are not as it says.
    fn fitting(&self, site: Site<'t>) -> Order<'t> {
        let order = site.order();
        let mut items = self.items.iter().flatten();
        let fits = match order {
            Order::Set => items.all(|item| !item.is_map() && !item.is_seq()),
            Order::Keys { keys, .. } => self.items.iter().all(|items| {
                let mut seen = BTreeSet::new();
                let mut found = items.iter().map(|item| key_of(*item, keys, site));
                found.all(|key| key.is_some_and(|key| seen.insert(key)))
            }),
            _ => true,
        };
        if fits { order } else { Order::Sequence }
    }

    fn pair(&mut self, first: usize, second: usize, renamed: bool) {
        self.taken[first] = true;
        self.partner[second] = Some((first, renamed));
    }

    /// Pairs what is equal at both ends.
    fn ends(&mut self) {
        let [first, second] = [0, 1].map(|side| {
            let items = self.items[side].iter();
            let digests = self.lists[side].digests;
            items.map(|item| digests.of(item.id())).collect::<Vec<_>>()
        });
        let head = first
            .iter()
            .zip(&second)
            .take_while(|(a, b)| a == b)
            .count();
        for at in 0..head {
            self.pair(at, at, false);
        }
        let (first, second) = (&first[head..], &second[head..]);
        let ends = first.iter().rev().zip(second.iter().rev());
        let tail = ends.take_while(|(a, b)| a == b).count();
        let lengths = (first.len() + head, second.len() + head);
        for at in 1..=tail {
            self.pair(lengths.0 - at, lengths.1 - at, false);
        }
    }

    /// Pairs equal items, in their order.
    fn by_value(&mut self) {
        self.by(|list, item| Some(list.digests.of(item.id())), true, false);
    }

    /// Pairs items that are equal but for some of their keys, if there is more to them.
    fn by_rest(&mut self, gone: impl Fn(&str) -> bool + Copy) {
        let rest = |list: List<'_>, item: Node<'_>| {
            let keys = || item.entries().map(|(key, _)| key.text());
            let is_both = keys().any(gone) && keys().any(|key| !gone(key));
            is_both.then(|| list.digests.without(item, gone))
        };
        self.by(rest, true, true);
    }

    /// Pairs items without a partner by a key: by one that is unique in both lists, or else by the
    /// first with the first.
    fn by(
        &mut self,
        key: impl Fn(List<'t>, Node<'t>) -> Option<u64>,
        repeated: bool,
        renamed: bool,
    ) {
        let mut table: BTreeMap<u64, [VecDeque<usize>; 2]> = BTreeMap::new();
        for side in [0, 1] {
            for (index, item) in self.items[side].iter().enumerate() {
                let free = match side {
                    0 => !self.taken[index],
                    _ => self.partner[index].is_none(),
                };
                if let Some(key) = free.then(|| key(self.lists[side], *item)).flatten() {
                    table.entry(key).or_default()[side].push_back(index);
                }
            }
        }
        for [first, second] in table.into_values() {
            if repeated || (first.len() == 1 && second.len() == 1) {
                for (first, second) in first.into_iter().zip(second) {
                    self.pair(first, second, renamed);
                }
            }
        }
    }

    /// Marks the fewest pairs without which all others are in the same order in both lists.
    fn find_moved(&mut self) {
        let pairs: Vec<(usize, usize)> = self.pairs().map(|(a, b, _)| (a, b)).collect();
        let firsts: Vec<usize> = pairs.iter().map(|(a, _)| *a).collect();
        let stay = longest_rise(&firsts);
        let moved = pairs
            .iter()
            .enumerate()
            .filter(|(at, _)| !stay.contains(at));
        self.moved = moved.map(|(_, (_, second))| *second).collect();
    }

    /// The pairs, by their index in the second list.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize, bool)> {
        let partners = self.partner.iter().enumerate();
        partners
            .filter_map(|(second, partner)| partner.map(|(first, named)| (first, second, named)))
    }

    fn done(self) -> (Vec<Pair>, Vec<usize>, Vec<usize>) {
        let pairs = self.pairs().map(|(before, after, renamed)| Pair {
            before,
            after,
            moved: self.moved.contains(&after),
            renamed,
        });
        let pairs = pairs.collect();
        let lone = |has: Vec<bool>| {
            let lone = has.into_iter().enumerate().filter(|(_, has)| !has);
            lone.map(|(index, _)| index).collect()
        };
        let second = self.partner.iter().map(Option::is_some).collect();
        (pairs, lone(self.taken), lone(second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::difference::Name;
    use crate::diff::digest::Digests;
    use crate::source::{Pos, Tree, read_text};

    fn tree(text: &str) -> Tree {
        read_text(&text.into(), Pos::NONE).documents.remove(0).tree
    }

    /// The alignment of two lists under a key: `0>1` for a pair, `!` if moved, `*` if renamed.
    fn aligned(key: &str, before: &str, after: &str) -> String {
        let name = Name::Object(crate::kube::ObjectId {
            group: "gateway.networking.k8s.io".to_owned(),
            kind: "HTTPRoute".to_owned(),
            namespace: None,
            name: "x".to_owned(),
        });
        let site = Site::root(&name).key("spec").key(key);
        let [a, b] = [before, after].map(tree);
        let [of_a, of_b] = [&a, &b].map(|tree| Digests::new(tree, site));
        let alignment = align(
            List {
                node: a.root(),
                digests: &of_a,
            },
            List {
                node: b.root(),
                digests: &of_b,
            },
            site,
        );
        let back = align(
            List {
                node: b.root(),
                digests: &of_b,
            },
            List {
                node: a.root(),
                digests: &of_a,
            },
            site,
        );
        assert_eq!(
            (&back.added, &back.removed),
            (&alignment.removed, &alignment.added)
        );
        let mut words = Vec::new();
        for pair in &alignment.pairs {
            let moved = if pair.moved { "!" } else { "" };
            let renamed = if pair.renamed { "*" } else { "" };
            words.push(format!("{}>{}{moved}{renamed}", pair.before, pair.after));
        }
        words.extend(alignment.removed.iter().map(|at| format!("-{at}")));
        words.extend(alignment.added.iter().map(|at| format!("+{at}")));
        words.join(" ")
    }

    #[test]
    fn sequences() {
        assert_eq!(aligned("x", "[a, b, c]", "[a, b, c]"), "0>0 1>1 2>2");
        assert_eq!(aligned("x", "[a, b, c]", "[a, c]"), "0>0 2>1 -1");
        assert_eq!(aligned("x", "[a, b, c]", "[a, x, b, c]"), "0>0 1>2 2>3 +1");
        assert_eq!(aligned("x", "[a, b, c]", "[a, x, c]"), "0>0 1>1 2>2");
        assert_eq!(
            aligned("x", "[a, b, c, d]", "[a, d, b, c]"),
            "0>0 3>1! 1>2 2>3"
        );
        assert_eq!(aligned("x", "[a, a, b, a]", "[a, b, a]"), "0>0 2>1 3>2 -1");
        assert_eq!(aligned("x", "[]", "[a]"), "+0");
    }

    #[test]
    fn what_moved_and_changed_at_once_is_still_the_same() {
        let (before, after) = (
            "[--level=info, --port=80, --x]",
            "[--port=80, --level=debug, --x]",
        );
        assert_eq!(aligned("args", before, after).matches('!').count(), 1);
        let before = "[{a: 1, b: 2, c: 3}, {d: 1}, {e: 1}]";
        let after = "[{d: 1}, {e: 1}, {a: 1, b: 2, c: 4}]";
        assert_eq!(aligned("x", before, after), "1>0 2>1 0>2!");
    }

    #[test]
    fn filters_of_another_type_are_other_filters() {
        let before = "[{type: URLRewrite, a: 1}, {type: Mirror, b: 1}]";
        let after = "[{type: Redirect, a: 1}, {type: Mirror, b: 2}]";
        assert_eq!(aligned("filters", before, after), "1>1 -0 +0");
    }

    #[test]
    fn rules_are_known_by_name_or_match() {
        let a = "{name: a, matches: [{path: /a}], backendRefs: [{name: x}]}";
        let other_match = "{name: a, matches: [{path: /z}], timeout: 3}";
        let b = "{matches: [{path: /b}], backendRefs: [{name: y}]}";
        let other_backend = "{matches: [{path: /b}], timeout: 2, filters: [{type: X}]}";
        let (before, after) = (
            format!("[{a}, {b}]"),
            format!("[{other_backend}, {other_match}]"),
        );
        assert_eq!(
            aligned("rules", &before, &after).replace('!', ""),
            "1>0 0>1"
        );
        assert_eq!(aligned("rules", &before, &after).matches('!').count(), 1);
        let changed = "{matches: [{path: /c}], backendRefs: [{name: y}]}";
        let after = format!("[{a}, {changed}]");
        assert_eq!(aligned("rules", &before, &after), "0>0 1>1");
    }

    #[test]
    fn sets_and_references_have_no_order() {
        assert_eq!(
            aligned("hostnames", "[a, b, c]", "[c, d, a]"),
            "2>0 0>2 -1 +1"
        );
        let before = "[{name: a, port: 1}, {name: b, port: 2}]";
        let after = "[{name: b, port: 2}, {name: a, port: 3}]";
        assert_eq!(aligned("backendRefs", before, after), "1>0 0>1");
        let after = "[{name: b, port: 2}, {name: c, port: 1}]";
        assert_eq!(aligned("backendRefs", before, after), "1>0 0>1*");
    }

    #[test]
    fn items_with_keys() {
        let before = "[{name: a, image: x}, {name: b, image: y}]";
        let after = "[{name: b, image: z}, {name: c, image: x}]";
        assert_eq!(aligned("containers", before, after), "1>0 0>1*");
        assert_eq!(
            aligned("initContainers", before, after)
                .matches('!')
                .count(),
            1
        );
        // Without their keys they are a list like any other.
        assert_eq!(
            aligned("containers", "[a, b]", "[b, a]")
                .matches('!')
                .count(),
            1
        );
    }

    #[test]
    fn large_lists_take_no_long_time() {
        let list = |range: std::ops::Range<usize>| {
            let items: Vec<String> = range.map(|n| format!("{{a: {n}, b: {}}}", n * 7)).collect();
            format!("[{}]", items.join(", "))
        };
        let (before, after) = (list(0..3000), list(3000..6000));
        assert_eq!(aligned("x", &before, &after).matches('>').count(), 3000);
    }
}
