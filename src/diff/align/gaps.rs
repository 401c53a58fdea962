//! Items without an equal, or a key, in the other list: those that are alike are the same thing.

use std::cmp::Reverse;

use super::Aligner;
use crate::diff::likeness::{Leaves, likeness};
use crate::diff::order::heaviest;
use crate::source::Node;

/// Items that are less alike than this, of 1000, are not the same thing changed.
const ALIKE: usize = 300;

/// Items that are at least so much alike, of 1000, are the same thing even if it moved and changed
/// at once.
const MUCH_ALIKE: usize = 700;

/// Between two pairs, so many possible pairs are weighed; where there are more, items pair up in
/// their order.
const MOST_WEIGHED: usize = 4096;

impl<'t> Aligner<'t> {
    /// Pairs what stands between the same neighbours in both lists and is alike.
    pub(super) fn gaps(&mut self) {
        let pairs = self
            .pairs()
            .filter(|(_, second, _)| !self.moved.contains(second));
        let mut fixed: Vec<(usize, usize)> = pairs.map(|(a, b, _)| (a, b)).collect();
        fixed.push((self.taken.len(), self.partner.len()));
        let (mut first, mut second) = (0, 0);
        for (a, b) in fixed {
            let left: Vec<usize> = (first..a).filter(|at| !self.taken[*at]).collect();
            let right: Vec<usize> = (second..b)
                .filter(|at| self.partner[*at].is_none())
                .collect();
            for (first, second) in self.alike(&left, &right) {
                self.pair(first, second, false);
            }
            (first, second) = (a + 1, b + 1);
        }
    }

    /// Pairs what is left and much alike, wherever it stands.
    pub(super) fn strays(&mut self) {
        let left: Vec<usize> = (0..self.taken.len())
            .filter(|at| !self.taken[*at])
            .collect();
        let right: Vec<usize> = (0..self.partner.len())
            .filter(|at| self.partner[*at].is_none())
            .collect();
        if left.len() * right.len() > MOST_WEIGHED {
            return;
        }
        let (first, second) = (self.leaves(0, &left), self.leaves(1, &right));
        let mut found = Vec::new();
        for (a, (old, of_old)) in first.iter().enumerate() {
            for (b, (new, of_new)) in second.iter().enumerate() {
                let weight = likeness((*old, of_old), (*new, of_new));
                if weight >= MUCH_ALIKE {
                    found.push((Reverse(weight), left[a], right[b]));
                }
            }
        }
        found.sort_unstable();
        for (_, a, b) in found {
            if !self.taken[a] && self.partner[b].is_none() {
                self.pair(a, b, false);
            }
        }
    }

    /// Some items of a list with what they hold.
    fn leaves(&self, side: usize, indexes: &[usize]) -> Vec<(Node<'t>, Leaves)> {
        let items = indexes.iter().map(|at| self.items[side][*at]);
        items.map(|item| (item, Leaves::of(item))).collect()
    }

    /// The pairs of items that are most alike in sum, in the order of both lists.
    fn alike(&self, left: &[usize], right: &[usize]) -> Vec<(usize, usize)> {
        if left.is_empty() || right.is_empty() {
            return Vec::new();
        }
        let (first, second) = (self.leaves(0, left), self.leaves(1, right));
        let weight = |a: usize, b: usize| {
            let ((a, of_a), (b, of_b)) = (&first[a], &second[b]);
            let weight = likeness((*a, of_a), (*b, of_b));
            if weight < ALIKE { 0 } else { weight }
        };
        let chosen = if left.len() * right.len() > MOST_WEIGHED {
            let both = 0..left.len().min(right.len());
            both.filter(|at| weight(*at, *at) > 0)
                .map(|at| (at, at))
                .collect()
        } else {
            heaviest(left.len(), right.len(), weight)
        };
        chosen
            .into_iter()
            .map(|(a, b)| (left[a], right[b]))
            .collect()
    }
}
