//! Numbers by which equal and similar values are found.
//!
//! They choose what is compared with what, and nothing else: values are only called equal after
//! they were compared, so that two values of one digest cost beauty and never truth.

use super::site::{Order, Site};
use crate::source::{Node, NodeId, Shape, Tree};

/// The digest of every node of a tree, by its index. Maps, and lists in which the order is nothing,
/// have the same one in any order.
#[derive(Debug)]
pub(super) struct Digests(Vec<u64>);

impl Digests {
    /// The digests of a document.
    pub(super) fn new(tree: &Tree, site: Site<'_>) -> Self {
        let mut digests = Digests(vec![0; tree.len()]);
        digests.fill(tree.root(), site);
        digests
    }

    /// The digest of a node.
    pub(super) fn of(&self, id: NodeId) -> u64 {
        self.0[id as usize]
    }

    /// The digest of a map without some of its keys; of anything else as a whole.
    pub(super) fn without(&self, node: Node<'_>, gone: impl Fn(&str) -> bool) -> u64 {
        if !node.is_map() {
            return self.of(node.id());
        }
        let entries = node.entries().filter(|(key, _)| !gone(key.text()));
        let all = entries.map(|(key, value)| mix(hash(key.text()) ^ self.of(value.id())));
        all.fold(Shape::Map as u64, u64::wrapping_add)
    }

    fn fill<'t>(&mut self, node: Node<'t>, site: Site<'t>) {
        match node.shape() {
            Shape::Map => {
                for (key, value) in node.entries() {
                    self.fill(value, site.key(key.text()));
                }
                self.0[node.id() as usize] = self.without(node, |_| false);
            }
            Shape::Seq => {
                let free = is_free(site.order());
                let mut all = Shape::Seq as u64;
                for item in node.items() {
                    self.fill(item, site.item());
                    let one = mix(self.of(item.id()));
                    all = if free {
                        all.wrapping_add(one)
                    } else {
                        mix(all ^ one)
                    };
                }
                self.0[node.id() as usize] = all;
            }
            shape => self.0[node.id() as usize] = mix(hash(node.text()) ^ shape as u64),
        }
    }
}

/// Whether the order of a list is nothing.
pub(super) fn is_free(order: Order<'_>) -> bool {
    match order {
        Order::Set | Order::References => true,
        Order::Keys { ordered, .. } => !ordered,
        Order::Rules | Order::Sequence => false,
    }
}

/// FNV-1a, mixed.
pub(super) fn hash(text: &str) -> u64 {
    let bytes = text.bytes();
    let all = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |all, byte| {
        (all ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    mix(all)
}

/// The finish of `SplitMix64`: every bit of the result depends on every bit of the number.
pub(super) fn mix(number: u64) -> u64 {
    let mut x = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}
