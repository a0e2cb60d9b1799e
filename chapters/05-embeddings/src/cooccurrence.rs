//! Counting which words stand near which, and what is surprising about it.

use crate::EmbeddingError;
use crate::vocabulary::check_window;
use std::collections::BTreeMap;

// ANCHOR: count
/// How often each pair of words was seen within a window. Symmetric; pairs that were never seen
/// take no memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Cooccurrence {
    size: usize,
    cells: BTreeMap<(usize, usize), f64>,
}

impl Cooccurrence {
    /// Counts, for each word, the words up to `window` places before and after it. With
    /// `by_distance` a word d places away counts 1/d, as in GloVe; otherwise 1.
    ///
    /// # Errors
    /// [`EmbeddingError::EmptyCorpus`]; [`EmbeddingError::Window`] when no sentence is longer than
    /// `window`.
    pub fn count(
        sentences: &[Vec<usize>],
        size: usize,
        window: usize,
        by_distance: bool,
    ) -> Result<Self, EmbeddingError> {
        check_window(sentences, window)?;
        let mut cells = BTreeMap::new();
        for sentence in sentences {
            for (i, &word) in sentence.iter().enumerate() {
                for (before, &other) in sentence[i.saturating_sub(window)..i].iter().rev().enumerate() {
                    let weight = if by_distance { 1.0 / (before + 1) as f64 } else { 1.0 };
                    *cells.entry((word, other)).or_default() += weight;
                    *cells.entry((other, word)).or_default() += weight;
                }
            }
        }
        Ok(Self { size, cells })
    }
    // ANCHOR_END: count

    /// How many words there are.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The pairs that were seen, with their counts.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        self.cells.iter().map(|(&(word, other), &count)| (word, other, count))
    }

    /// A row of counts for each word.
    pub fn rows(&self) -> Vec<Vec<f64>> {
        dense(self.size, self.cells())
    }

    // ANCHOR: pmi
    /// Pointwise mutual information of the pairs that were seen, in nats: ln p(a, b) / (p(a) p(b)).
    /// Above 0: seen together more often than chance would have it.
    pub fn pmi(&self) -> Vec<(usize, usize, f64)> {
        let (mut sums, mut all) = (vec![0.0; self.size], 0.0);
        for (word, _, count) in self.cells() {
            sums[word] += count;
            all += count;
        }
        self.cells().map(|(a, b, count)| (a, b, (count * all / (sums[a] * sums[b])).ln())).collect()
    }

    /// Positive PMI (Levy & Goldberg 2014): a row for each word, 0 where the PMI is negative or
    /// nothing was seen.
    pub fn ppmi(&self) -> Vec<Vec<f64>> {
        dense(self.size, self.pmi().into_iter().map(|(a, b, pmi)| (a, b, pmi.max(0.0))))
    }
    // ANCHOR_END: pmi
}

fn dense(size: usize, cells: impl Iterator<Item = (usize, usize, f64)>) -> Vec<Vec<f64>> {
    let mut rows = vec![vec![0.0; size]; size];
    for (row, column, value) in cells {
        rows[row][column] = value;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, in plain loops over all pairs of places.
    fn spec(sentences: &[Vec<usize>], window: usize, a: usize, b: usize) -> f64 {
        let mut count = 0.0;
        for sentence in sentences {
            for i in 0..sentence.len() {
                for j in 0..sentence.len() {
                    if i != j && i.abs_diff(j) <= window && (sentence[i], sentence[j]) == (a, b) {
                        count += 1.0;
                    }
                }
            }
        }
        count
    }

    proptest! {
        #[test]
        fn counts_equal_their_definition(
            sentences in prop::collection::vec(prop::collection::vec(0_usize..5, 4..9), 1..6),
            window in 1_usize..4,
        ) {
            let rows = Cooccurrence::count(&sentences, 5, window, false).unwrap().rows();
            for (a, row) in rows.iter().enumerate() {
                for (b, &count) in row.iter().enumerate() {
                    prop_assert_eq!(count, spec(&sentences, window, a, b));
                }
            }
        }
    }

    #[test]
    fn by_distance_the_second_next_counts_half() {
        let rows = Cooccurrence::count(&[vec![0, 1, 2]], 3, 2, true).unwrap().rows();
        assert_eq!(rows, [[0.0, 1.0, 0.5], [1.0, 0.0, 1.0], [0.5, 1.0, 0.0]]);
    }

    #[test]
    fn ppmi_by_hand() {
        // Two pairs (0, 1), one pair (2, 3): p(0, 1) = 2/6, p(0) = p(1) = 2/6, so PMI = ln 3; of
        // (2, 3) it is ln 6.
        let seen = Cooccurrence::count(&[vec![0, 1], vec![0, 1], vec![2, 3]], 4, 1, false).unwrap();
        let ppmi = seen.ppmi();
        assert!((ppmi[0][1] - 3_f64.ln()).abs() < 1e-12 && (ppmi[3][2] - 6_f64.ln()).abs() < 1e-12);
        assert_eq!(ppmi[0][2], 0.0);
    }

    #[test]
    fn a_window_that_no_sentence_fills_is_refused() {
        let refused = Cooccurrence::count(&[vec![0, 1, 2]], 3, 3, false).unwrap_err();
        assert_eq!(refused, EmbeddingError::Window { window: 3, longest: 3 });
    }
}
