//! What one head of one text has to look at: keys and values, laid out for one query at a time.
//!
//! Scores are sums of products. With each key in a row of its own, a register takes sixteen products
//! of *one* score, which it must then add up among its own lanes, and that takes longer than the
//! products. With the same number of sixteen keys in a row, the lanes are sixteen scores, and no lane
//! is ever added to another. So keys are kept transposed, sixteen at a time.
//!
//! Of the values we want sums over positions, lane by lane: they are right as they come. Four positions
//! are added at a time, so that the sums so far are fetched and put back once for four.

use kernels::lanes::{max, sum};
use neurons::exponential::exp;
use tensors::widest;

/// Positions whose keys lie side by side: as many numbers as the widest register of today holds.
const TILE: usize = 16;

// ANCHOR: head_past
/// Keys and values of the positions that a head has seen, in whole tiles: places that no position has
/// taken yet are 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeadPast {
    positions: usize,
    /// Of each key the same number side by side: `(tiles, HeadDim, TILE)`.
    keys: Vec<[f32; TILE]>,
    /// One after the other: `(tiles · TILE, HeadDim)`.
    values: Vec<f32>,
}

impl HeadPast {
    /// One more position.
    pub(crate) fn keep(&mut self, key: &[f32], value: &[f32]) {
        let (head_dim, lane) = (key.len(), self.positions % TILE);
        if lane == 0 {
            self.keys.resize(self.keys.len() + head_dim, [0.0; TILE]);
            self.values.resize(self.values.len() + head_dim * TILE, 0.0);
        }
        let tile = self.keys.len() - head_dim;
        for (numbers, number) in self.keys[tile..].iter_mut().zip(key) {
            numbers[lane] = *number;
        }
        self.values[self.positions * head_dim..][..head_dim].copy_from_slice(value);
        self.positions += 1;
    }

    /// Adds to `found` what a query finds: Σ softmax(query · key / √head_dim) value over all positions.
    /// `weights` is memory for the softmax.
    pub(crate) fn look(&self, query: &[f32], weights: &mut Vec<f32>, found: &mut [f32]) {
        let (head_dim, scale) = (query.len(), 1.0 / (query.len() as f32).sqrt());
        weights.resize(self.values.len() / head_dim, 0.0);
        widest!({
            for (scores, keys) in weights.chunks_exact_mut(TILE).zip(self.keys.chunks_exact(head_dim)) {
                let mut lanes = [0.0; TILE];
                for (query, keys) in query.iter().zip(keys) {
                    for lane in 0..TILE {
                        lanes[lane] += query * keys[lane];
                    }
                }
                scores.copy_from_slice(&lanes.map(|score| score * scale));
            }
            weights[self.positions..].fill(f32::NEG_INFINITY); // nobody is there yet
            let largest = max(weights);
            for weight in weights.iter_mut() {
                *weight = exp(*weight - largest);
            }
            let share = 1.0 / sum(weights);
            for (weights, values) in weights.chunks_exact(4).zip(self.values.chunks_exact(4 * head_dim)) {
                let [w0, w1, w2, w3] = [0, 1, 2, 3].map(|i| weights[i] * share);
                let [v0, v1, v2, v3] = [0, 1, 2, 3].map(|i| &values[i * head_dim..][..head_dim]);
                for (i, found) in found[..head_dim].iter_mut().enumerate() {
                    *found += (w0 * v0[i] + w1 * v1[i]) + (w2 * v2[i] + w3 * v3[i]);
                }
            }
        });
    }
}
// ANCHOR_END: head_past

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition in plain loops, in double precision.
    fn spec(query: &[f32], keys: &[Vec<f32>], values: &[Vec<f32>]) -> Vec<f64> {
        let dot = |a: &[f32], b: &[f32]| {
            a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>()
        };
        let score = |key: &Vec<f32>| (dot(query, key) / (query.len() as f64).sqrt()).exp();
        let weights: Vec<f64> = keys.iter().map(score).collect();
        let total: f64 = weights.iter().sum();
        let of = |i: usize| {
            weights.iter().zip(values).map(|(weight, value)| weight / total * f64::from(value[i])).sum()
        };
        (0..query.len()).map(of).collect()
    }

    fn rows(count: usize, width: usize) -> impl Strategy<Value = Vec<Vec<f32>>> {
        prop::collection::vec(prop::collection::vec(-2.0_f32..2.0, width), count)
    }

    fn heads() -> impl Strategy<Value = (Vec<f32>, Vec<Vec<f32>>, Vec<Vec<f32>>)> {
        // Up to three tiles, full and not, and widths that fill no register.
        (1_usize..40, 1_usize..40).prop_flat_map(|(positions, width)| {
            let query = prop::collection::vec(-2.0_f32..2.0, width);
            (query, rows(positions, width), rows(positions, width))
        })
    }

    proptest! {
        #[test]
        fn a_query_finds_what_the_definition_says((query, keys, values) in heads()) {
            let (mut past, mut weights) = (HeadPast::default(), vec![7.0; 100]);
            for (seen, (key, value)) in keys.iter().zip(&values).enumerate() {
                past.keep(key, value);
                let mut found = vec![0.0; query.len()];
                past.look(&query, &mut weights, &mut found);
                let expected = spec(&query, &keys[..=seen], &values[..=seen]);
                for (ours, expected) in found.iter().zip(expected) {
                    // Scores of some units in f32, sums of at most 40 values of size 2.
                    prop_assert!((f64::from(*ours) - expected).abs() < 1e-4, "{ours} {expected}");
                }
            }
        }
    }
}
