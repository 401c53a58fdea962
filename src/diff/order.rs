//! What can stay in order: the longest rising run, and the heaviest pairs.

use std::collections::BTreeSet;

/// Which numbers make up the longest rising run, others left out: their indexes.
pub(super) fn longest_rise(numbers: &[usize]) -> BTreeSet<usize> {
    // For each length, the index of the least number at which a run of it ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut run = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        run.insert(at);
        next = before[at];
    }
    run
}

/// The pairs, rising in both indexes, that weigh most together; those of no weight are no pairs.
pub(super) fn heaviest(
    rows: usize,
    columns: usize,
    weight: impl Fn(usize, usize) -> usize,
) -> Vec<(usize, usize)> {
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    let mut best = vec![0; (rows + 1) * (columns + 1)];
    let mut weights = vec![0; rows * columns];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let own = weight(row, column);
            weights[row * columns + column] = own;
            let with = if own > 0 {
                own + best[at(row + 1, column + 1)]
            } else {
                0
            };
            best[at(row, column)] = with
                .max(best[at(row + 1, column)])
                .max(best[at(row, column + 1)]);
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::new();
    while row < rows && column < columns {
        let own = weights[row * columns + column];
        if own > 0 && best[at(row, column)] == own + best[at(row + 1, column + 1)] {
            pairs.push((row, column));
            row += 1;
            column += 1;
        } else if best[at(row, column)] == best[at(row + 1, column)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run() {
        for (numbers, length) in [
            (&[][..], 0),
            (&[1, 2, 3], 3),
            (&[3, 1, 2], 2),
            (&[3, 2, 1], 1),
            (&[2, 5, 3, 7, 1, 8, 4], 4),
        ] {
            let run = longest_rise(numbers);
            let values: Vec<_> = run.iter().map(|at| numbers[*at]).collect();
            assert_eq!(values.len(), length, "{numbers:?}");
            assert!(values.is_sorted(), "{numbers:?}");
        }
    }

    #[test]
    fn the_heaviest_pairs() {
        let weights = [[5, 0, 9], [0, 7, 0], [0, 0, 4]];
        assert_eq!(
            heaviest(3, 3, |a, b| weights[a][b]),
            [(0, 0), (1, 1), (2, 2)]
        );
        let weights = [[0, 9], [8, 0]];
        assert_eq!(heaviest(2, 2, |a, b| weights[a][b]), [(0, 1)]);
        assert_eq!(heaviest(2, 0, |_, _| 1), []);
    }
}
