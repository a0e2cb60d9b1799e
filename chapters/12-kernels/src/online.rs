//! Softmax of scores that arrive one by one, without keeping them.
//!
//! To be safe from overflow a softmax subtracts its largest score, which is known only after all
//! have been seen. Milakov & Gimelshein (2018) do it in one pass: keep the largest so far, and when
//! it grows, scale down what was summed under the old one. FlashAttention (Dao et al. 2022) does
//! the same with the weighted sum of values, block by block.
//!
//! This is the idea on its own, for the page. `attention.rs` does not use it: a block's scores for
//! all keys fit into a core's cache, so it knows the largest before it begins.

// ANCHOR: online
/// Σ exp(sᵢ) vᵢ / Σ exp(sᵢ) over the scores and values so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Online {
    /// m: the largest score so far.
    largest: f32,
    /// Σ exp(sᵢ − m).
    total: f32,
    /// Σ exp(sᵢ − m) vᵢ.
    sum: Vec<f32>,
}

impl Online {
    /// Nothing seen yet; values will have `width` numbers.
    pub fn new(width: usize) -> Self {
        Self { largest: f32::NEG_INFINITY, total: 0.0, sum: vec![0.0; width] }
    }

    /// One more score and its value.
    pub fn push(&mut self, score: f32, value: &[f32]) {
        self.merge(&Self { largest: score, total: 1.0, sum: value.to_vec() });
    }

    /// What another has seen, added: two blocks of keys can be worked on apart.
    pub fn merge(&mut self, other: &Self) {
        let largest = self.largest.max(other.largest);
        if largest == f32::NEG_INFINITY {
            return; // neither has seen anything
        }
        let [ours, theirs] = [self.largest, other.largest].map(|m| (m - largest).exp());
        self.total = ours * self.total + theirs * other.total;
        for (sum, theirs_sum) in self.sum.iter_mut().zip(&other.sum) {
            *sum = ours * *sum + theirs * theirs_sum;
        }
        self.largest = largest;
    }

    /// The mean of the values so far, weighted by the softmax of their scores.
    pub fn mean(&self) -> Vec<f32> {
        self.sum.iter().map(|sum| sum / self.total).collect()
    }
}
// ANCHOR_END: online

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same with all scores at hand, in double precision.
    fn softmax_mean(scores: &[f32], values: &[[f32; 2]]) -> [f64; 2] {
        let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let weights: Vec<f64> = scores.iter().map(|s| f64::from(s - largest).exp()).collect();
        let total: f64 = weights.iter().sum();
        [0, 1].map(|i| weights.iter().zip(values).map(|(w, v)| w * f64::from(v[i])).sum::<f64>() / total)
    }

    proptest! {
        #[test]
        fn it_equals_the_softmax_of_all_scores(
            list in prop::collection::vec((-200.0_f32..200.0, [-3.0_f32..3.0, -3.0_f32..3.0]), 1..40),
            cut in 0_usize..40,
        ) {
            let (scores, values): (Vec<f32>, Vec<[f32; 2]>) = list.iter().copied().unzip();
            let expected = softmax_mean(&scores, &values);
            let seen = |part: &[(f32, [f32; 2])]| {
                let mut online = Online::new(2);
                for (score, value) in part {
                    online.push(*score, value);
                }
                online
            };
            let (left, right) = list.split_at(cut.min(list.len()));
            let mut merged = seen(left);
            merged.merge(&seen(right));
            for found in [seen(&list), merged] {
                for (found, expected) in found.mean().into_iter().zip(expected) {
                    // 40 additions of numbers up to 3 in f32.
                    prop_assert!((f64::from(found) - expected).abs() < 1e-5, "{found} {expected}");
                }
            }
        }
    }

    #[test]
    fn scores_beyond_the_range_of_exp_do_no_harm() {
        let mut online = Online::new(1);
        for (score, value) in [(1e4, 1.0), (-1e4, 5.0), (1e4, 3.0)] {
            online.push(score, &[value]);
        }
        assert_eq!(online.mean(), [2.0]);
    }
}
