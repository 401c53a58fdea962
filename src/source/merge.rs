//! Two trees to one: files of one config that add up, and overlays.

mod conflict;
mod rules;

use std::collections::HashMap;

use super::position::Pos;
use super::tree::{Node, Shape, Tree, TreeBuilder};

pub use conflict::{Conflict, ConflictKind};
pub use rules::{ListKeys, MergeMode, MergeRules, MergeTable, Newcomer};

/// Merges `over` into `base`. Every node keeps the place where it was written.
pub fn merge(base: Node<'_>, over: Node<'_>, rules: &dyn MergeRules) -> (Tree, Vec<Conflict>) {
    let mut merger = Merger {
        rules,
        overlay: rules.mode() == MergeMode::Overlay,
        builder: TreeBuilder::with_capacity(
            base.tree().text().clone(),
            (base.end() - base.id() + over.end() - over.id()) as usize,
        ),
        path: Vec::new(),
        pointer: Vec::new(),
        conflicts: Vec::new(),
    };
    merger.node(base, over);
    (merger.builder.finish(), merger.conflicts)
}

struct Merger<'r, 't> {
    rules: &'r dyn MergeRules,
    overlay: bool,
    builder: TreeBuilder,
    /// The path which the rules see.
    path: Vec<&'t str>,
    /// The path which people see: keys as `.key`, items with their brackets.
    pointer: Vec<String>,
    conflicts: Vec<Conflict>,
}

impl<'t> Merger<'_, 't> {
    fn conflict(&mut self, kind: ConflictKind, base: Pos, over: Pos) {
        let path = self.pointer.concat().trim_start_matches('.').to_string();
        self.conflicts.push(Conflict {
            kind,
            path,
            base,
            over,
        });
    }

    /// Does something one step further down the path.
    fn below(&mut self, step: &'t str, shown: String, work: impl FnOnce(&mut Self)) {
        self.path.push(step);
        self.pointer.push(shown);
        work(self);
        self.path.pop();
        self.pointer.pop();
    }

    fn node(&mut self, base: Node<'t>, over: Node<'t>) {
        match (base.shape(), over.shape()) {
            (Shape::Map, Shape::Map) => self.maps(base, over),
            (Shape::Seq, Shape::Seq) => self.lists(base, over),
            _ if self.overlay => self.added(over),
            (a, b) => {
                let collections = [a, b].iter().any(|s| matches!(s, Shape::Map | Shape::Seq));
                let agree = !collections && a == b && base.text() == over.text();
                if !(agree && self.rules.may_repeat(&self.path)) {
                    let kind = if collections {
                        ConflictKind::OtherKind { base: a, over: b }
                    } else {
                        ConflictKind::GivenTwice
                    };
                    self.conflict(kind, base.pos(), over.pos());
                }
                self.builder.copy(base);
            }
        }
    }

    fn maps(&mut self, base: Node<'t>, over: Node<'t>) {
        self.builder.open(Shape::Map, base.style(), base.pos());
        let mut overs: HashMap<&str, Node<'t>> = over
            .entries()
            .map(|(key, value)| (key.text(), value))
            .collect();
        for (key, value) in base.entries() {
            match overs.remove(key.text()) {
                None => {
                    self.builder.copy(key);
                    self.builder.copy(value);
                }
                Some(other) if self.overlay && other.is_null() => {}
                Some(other) => {
                    self.builder.copy(key);
                    let step = key.text();
                    self.below(step, format!(".{step}"), |merger| merger.node(value, other));
                }
            }
        }
        for (key, value) in over.entries() {
            // What is left of the table is what the base lacks.
            if overs.remove(key.text()).is_none() {
                continue;
            }
            let step = key.text();
            let newcomer = Newcomer::Key(step);
            if self.overlay && !self.rules.allows(&self.path, newcomer) {
                self.below(step, format!(".{step}"), |merger| {
                    merger.conflict(ConflictKind::NothingToChange, Pos::NONE, key.pos());
                });
            } else if !(self.overlay && value.is_null()) {
                self.builder.copy(key);
                self.added(value);
            }
        }
        self.builder.close();
    }

    /// What stands in the second tree alone; what an overlay deletes there was never there.
    fn added(&mut self, over: Node<'t>) {
        if !self.overlay || !over.is_map() {
            self.builder.copy(over);
            return;
        }
        self.builder.open(Shape::Map, over.style(), over.pos());
        for (key, value) in over.entries().filter(|(_, value)| !value.is_null()) {
            self.builder.copy(key);
            self.added(value);
        }
        self.builder.close();
    }

    fn lists(&mut self, base: Node<'t>, over: Node<'t>) {
        let rules = self.rules;
        let keys = rules.list_keys(&self.path);
        if keys.is_empty() {
            if self.overlay {
                self.builder.copy(over);
            } else {
                self.builder.open(Shape::Seq, base.style(), base.pos());
                base.items()
                    .chain(over.items())
                    .for_each(|item| self.builder.copy(item));
                self.builder.close();
            }
            return;
        }
        self.builder.open(Shape::Seq, base.style(), base.pos());
        let places: HashMap<Vec<&str>, usize> = base
            .items()
            .enumerate()
            .filter_map(|(place, item)| Some((name_of(item, keys)?, place)))
            .collect();
        let mut changes: Vec<Option<Node<'t>>> = vec![None; base.items().count()];
        let mut newcomers: Vec<Node<'t>> = Vec::new();
        let mut named: HashMap<Vec<&str>, Node<'t>> = HashMap::new();
        for item in over.items() {
            let Some(name) = name_of(item, keys) else {
                self.nameless(item, &mut newcomers);
                continue;
            };
            if let Some(first) = named.insert(name.clone(), item)
                && (self.overlay || !places.contains_key(&name))
            {
                self.at_item(item, keys, |merger| {
                    merger.conflict(ConflictKind::SameItem, first.pos(), item.pos());
                });
                continue;
            }
            match places.get(&name) {
                Some(place) => changes[*place] = Some(item),
                None => newcomers.push(item),
            }
        }
        for (item, change) in base.items().zip(changes) {
            match change {
                None => self.builder.copy(item),
                Some(change) => self.at_item(item, keys, |merger| {
                    if merger.overlay {
                        merger.node(item, change);
                    } else {
                        merger.conflict(ConflictKind::SameItem, item.pos(), change.pos());
                        merger.builder.copy(item);
                    }
                }),
            }
        }
        for item in newcomers {
            if self.overlay && !rules.allows(&self.path, Newcomer::Item) {
                self.at_item(item, keys, |merger| {
                    merger.conflict(ConflictKind::NothingToChange, Pos::NONE, item.pos());
                });
            } else {
                self.added(item);
            }
        }
        self.builder.close();
    }

    fn nameless(&mut self, item: Node<'t>, newcomers: &mut Vec<Node<'t>>) {
        if self.overlay {
            self.conflict(ConflictKind::ItemWithoutKey, Pos::NONE, item.pos());
        } else {
            newcomers.push(item);
        }
    }

    fn at_item(&mut self, item: Node<'t>, keys: &[&str], work: impl FnOnce(&mut Self)) {
        let named: Vec<String> = keys
            .iter()
            .filter_map(|key| Some(format!("{key}={}", item.get(key)?.text())))
            .collect();
        self.below("*", format!("[{}]", named.join(",")), work);
    }
}

/// What an item is called: the values of its list's keys. The first key has to be there; of
/// several, those that are left out count as empty.
fn name_of<'t>(item: Node<'t>, keys: &[&str]) -> Option<Vec<&'t str>> {
    let scalar = |key: &&str| {
        item.get(key)
            .filter(|n| !n.is_map() && !n.is_seq() && !n.is_null())
    };
    keys.first().and_then(scalar)?;
    Some(
        keys.iter()
            .map(|key| scalar(key).map_or("", Node::text))
            .collect(),
    )
}

#[cfg(test)]
mod tests;
