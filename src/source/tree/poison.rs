//! Marks of what was found wrong.

use super::{NodeId, POISONED, TAINTED, Tree};

impl Tree {
    /// Marks a node as wrong and reported, and all that it stands in as incomplete.
    pub fn poison(&mut self, id: NodeId) {
        self.poison_inner(id);
        self.taint(0, &[id]);
    }

    /// The same for many nodes, in one walk.
    pub fn poison_all(&mut self, mut ids: Vec<NodeId>) {
        ids.sort_unstable();
        ids.dedup();
        for id in &ids {
            self.poison_inner(*id);
        }
        self.taint(0, &ids);
    }

    /// The same for a node of which all that it stands in is known to be incomplete.
    pub fn poison_inner(&mut self, id: NodeId) {
        self.nodes[id as usize].flags |= POISONED;
    }

    /// Marks as incomplete what stands between `at` and these nodes in it, which are sorted.
    fn taint(&mut self, at: NodeId, mut wrong: &[NodeId]) {
        wrong = wrong.strip_prefix(&[at]).unwrap_or(wrong);
        if wrong.is_empty() {
            return;
        }
        self.nodes[at as usize].flags |= TAINTED;
        let mut child = at + 1;
        while !wrong.is_empty() {
            let end = self.nodes[child as usize].end;
            let (inside, after) = wrong.split_at(wrong.partition_point(|id| *id < end));
            self.taint(child, inside);
            wrong = after;
            child = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;

    #[test]
    fn poison_taints_what_it_stands_in() {
        let mut tree = example();
        tree.poison(5);
        assert!(tree.node(5).is_poisoned() && tree.node(4).is_tainted());
        assert!(tree.root().is_tainted() && !tree.node(2).is_tainted());
        assert!(!tree.node(6).is_tainted());
        let mut at_once = example();
        at_once.poison_all(vec![6, 2, 6]);
        let marks = |tree: &Tree| -> Vec<(bool, bool)> {
            let nodes = (0..tree.len() as NodeId).map(|id| tree.node(id));
            nodes.map(|n| (n.is_poisoned(), n.is_tainted())).collect()
        };
        let mut in_turn = example();
        in_turn.poison(6);
        in_turn.poison(2);
        assert_eq!(marks(&at_once), marks(&in_turn));
    }
}
