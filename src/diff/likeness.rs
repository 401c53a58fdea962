//! How much two values have in common.

use super::digest::{hash, mix};
use crate::source::{Node, Shape};

/// The places and values of all scalars of a value, as sorted numbers.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    places: Vec<u64>,
    values: Vec<u64>,
}

impl Leaves {
    /// The leaves of a value. Indexes do not count as places.
    pub(super) fn of(node: Node<'_>) -> Self {
        let mut leaves = Leaves::default();
        leaves.add(node, 0);
        leaves.sorted()
    }

    /// The leaves of an object without what names it: its kind, version, name and namespace.
    pub(super) fn of_content(document: Node<'_>) -> Self {
        let mut leaves = Leaves::default();
        for (key, value) in document.entries() {
            match key.text() {
                "apiVersion" | "kind" => {}
                "metadata" => {
                    let fields = value.entries();
                    for (key, value) in fields.filter(|(k, _)| !is_name(k.text())) {
                        leaves.add(value, hash(key.text()));
                    }
                }
                key => leaves.add(value, hash(key)),
            }
        }
        if !document.is_map() {
            leaves.add(document, 0);
        }
        leaves.sorted()
    }

    fn sorted(mut self) -> Self {
        self.places.sort_unstable();
        self.values.sort_unstable();
        self
    }

    fn add(&mut self, node: Node<'_>, place: u64) {
        let before = self.values.len();
        for (key, value) in node.entries() {
            self.add(value, mix(place ^ hash(key.text())));
        }
        for item in node.items() {
            self.add(item, mix(place));
        }
        if self.values.len() == before {
            self.places.push(place);
            self.values
                .push(mix(place ^ hash(node.text()) ^ node.shape() as u64));
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Numbers of which equal ones stand for equal values at equal places.
    pub(super) fn values(&self) -> &[u64] {
        &self.values
    }

    /// The share of values that both have, of 1000.
    pub(super) fn share(&self, other: &Leaves) -> usize {
        let most = self.len().max(other.len()).max(1);
        in_both(&self.values, &other.values) * 1000 / most
    }

    /// The likeness of two values, of 1000: mostly by their values, a little by their form.
    pub(super) fn likeness(&self, other: &Leaves) -> usize {
        let most = self.len().max(other.len()).max(1);
        let values = in_both(&self.values, &other.values);
        let places = in_both(&self.places, &other.places);
        (2 * values + places) * 1000 / (3 * most)
    }
}

fn is_name(key: &str) -> bool {
    matches!(key, "name" | "namespace")
}

/// How many numbers two sorted lists share.
fn in_both(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

/// The likeness of two items of a list, of 1000; 0 for what is never the same thing.
pub(super) fn likeness(a: (Node<'_>, &Leaves), b: (Node<'_>, &Leaves)) -> usize {
    let ((a, of_a), (b, of_b)) = (a, b);
    match (a.shape(), b.shape()) {
        (Shape::Map, Shape::Map) => {
            // A filter of another type is another filter.
            let types = a.get("type").zip(b.get("type"));
            if types.is_some_and(|(a, b)| a.text() != b.text()) {
                return 0;
            }
            of_a.likeness(of_b)
        }
        (Shape::Seq, Shape::Seq) => of_a.likeness(of_b),
        (Shape::Map | Shape::Seq, _) | (_, Shape::Map | Shape::Seq) => 0,
        _ => {
            let (a, b) = (a.text().as_bytes(), b.text().as_bytes());
            let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
            400 + 600 * same / a.len().max(b.len()).max(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Pos, read_text};

    fn alike(a: &str, b: &str) -> usize {
        let [a, b] = [a, b].map(|text| read_text(&text.into(), Pos::NONE).documents.remove(0).tree);
        let (a, b) = (a.root(), b.root());
        likeness((a, &Leaves::of(a)), (b, &Leaves::of(b)))
    }

    #[test]
    fn more_in_common_is_more_alike() {
        assert_eq!(alike("{a: 1, b: 2}", "{b: 2, a: 1}"), 1000);
        assert_eq!(alike("{a: 1, b: 2}", "{a: 1, b: 3}"), 666);
        assert_eq!(alike("{a: 1}", "{b: 1}"), 0);
        assert_eq!(alike("{type: A, x: 1, y: 2}", "{type: B, x: 1, y: 2}"), 0);
        assert_eq!(alike("a", "{a: 1}"), 0);
        assert!(alike("--level=1", "--level=2") > alike("--level=1", "--other=2"));
        assert!(alike("[1, 2, 3]", "[1, 2, 4]") > alike("[1, 2, 3]", "[4, 5, 3]"));
    }
}
