//! What one head of one text has to look at: keys and values, laid out for one query at a time.
//!
//! Scores are sums of products. With each key in a row of its own, a register takes sixteen products
//! of *one* score, which it must then add up among its own lanes, and that takes longer than the
//! products. With the same number of sixteen keys in a row, the lanes are sixteen scores, and no lane
//! is ever added to another. So keys are kept transposed, sixteen at a time.
//!
//! Of the values we want sums over positions, lane by lane: they are right as they come.

use kernels::lanes::{max, sum};
use neurons::exponential::exp;
use tensors::widest;

/// As many numbers as the widest register of today holds.
const LANES: usize = 16;

// ANCHOR: head_past
/// Keys and values of the positions that a head has seen. What fills no register is filled up with 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeadPast {
    positions: usize,
    /// Of sixteen keys the same number side by side: `(tiles, HeadDim, LANES)`.
    keys: Vec<[f32; LANES]>,
    /// One after the other: `(positions, HeadDim / LANES, LANES)`.
    values: Vec<[f32; LANES]>,
}

impl HeadPast {
    /// One more position.
    pub(crate) fn keep(&mut self, key: &[f32], value: &[f32]) {
        let lane = self.positions % LANES;
        if lane == 0 {
            self.keys.resize(self.keys.len() + key.len(), [0.0; LANES]);
        }
        let tile = self.keys.len() - key.len();
        for (numbers, number) in self.keys[tile..].iter_mut().zip(key) {
            numbers[lane] = *number;
        }
        for part in value.chunks(LANES) {
            let mut register = [0.0; LANES];
            register[..part.len()].copy_from_slice(part);
            self.values.push(register);
        }
        self.positions += 1;
    }

    /// Adds to `found` what a query finds: Σ softmax(query · key / √head_dim) value over all positions.
    /// `weights` is memory for the softmax.
    pub(crate) fn look(&self, query: &[f32], weights: &mut Vec<f32>, found: &mut [f32]) {
        let scale = 1.0 / (query.len() as f32).sqrt();
        weights.resize(self.positions.next_multiple_of(LANES), 0.0);
        widest!({
            for (scores, keys) in weights.chunks_exact_mut(LANES).zip(self.keys.chunks_exact(query.len())) {
                let mut sums = [0.0; LANES];
                for (query, keys) in query.iter().zip(keys) {
                    for lane in 0..LANES {
                        sums[lane] += query * keys[lane];
                    }
                }
                scores.copy_from_slice(&sums.map(|score| score * scale));
            }
            let weights = &mut weights[..self.positions];
            let largest = max(weights);
            for weight in weights.iter_mut() {
                *weight = exp(*weight - largest);
            }
            let share = 1.0 / sum(weights);
            let registers = query.len().div_ceil(LANES);
            for (register, found) in found.chunks_mut(LANES).enumerate() {
                let (mut sums, values) = ([0.0; LANES], self.values[register..].iter().step_by(registers));
                for (weight, value) in weights.iter().zip(values) {
                    for lane in 0..LANES {
                        sums[lane] += weight * value[lane];
                    }
                }
                for (found, sum) in found.iter_mut().zip(sums) {
                    *found += sum * share;
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
        let dot =
            |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
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
