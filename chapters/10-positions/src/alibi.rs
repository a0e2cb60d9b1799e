//! ALiBi (Press et al. 2022): nothing is added to the tokens; the score of a key falls with its
//! distance.
//!
//! Head h of H subtracts mₕ · (i − j) from the score of query i and key j, with mₕ = 2^(−8h/H) for
//! h = 1 … H: some heads look near, some far.

use dfdx::prelude::{Device, Tensor};
use tensors::Real;

// ANCHOR: alibi
/// mₕ of head `head`, counted from 0, of `heads`.
pub fn slope(head: usize, heads: usize) -> f64 {
    2_f64.powf(-8.0 * (head + 1) as f64 / heads as f64)
}

/// A causal mask with slopes for `batch` sequences, `(batch · heads, seq, seq)`: −mₕ (i − j) where
/// looking is allowed, −∞ ahead.
pub fn alibi_masks<E: Real, D: Device<E>>(
    device: &D,
    batch: usize,
    heads: usize,
    seq: usize,
) -> Tensor<(usize, usize, usize), E, D> {
    let entry = |head: usize, i: usize, j: usize| {
        if j <= i { -slope(head, heads) * (i - j) as f64 } else { f64::NEG_INFINITY }
    };
    let mut numbers = Vec::with_capacity(batch * heads * seq * seq);
    for _ in 0..batch {
        for head in 0..heads {
            for i in 0..seq {
                numbers.extend((0..seq).map(|j| E::of(entry(head, i, j))));
            }
        }
    }
    device.tensor_from_vec(numbers, (batch * heads, seq, seq))
}
// ANCHOR_END: alibi

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::Cpu;

    #[test]
    fn slopes_are_those_of_the_paper() {
        let found: Vec<f64> = (0..8).map(|head| slope(head, 8)).collect();
        assert_eq!(found, [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015_625, 0.007_812_5, 0.003_906_25]);
    }

    #[test]
    fn a_step_of_distance_costs_the_steepest_of_eight_heads_four_tenths() {
        assert!((f64::exp(-slope(0, 8)) - 0.61).abs() < 0.005);
    }

    #[test]
    fn three_keys_that_fit_equally_well_weigh_less_the_farther_they_are() {
        let penalties = [2.0, 1.0, 0.0].map(|distance: f64| (-slope(0, 8) * distance).exp());
        let weights = [0.186, 0.307, 0.506];
        for (penalty, weight) in penalties.iter().zip(weights) {
            assert!((penalty / penalties.iter().sum::<f64>() - weight).abs() < 0.0005);
        }
    }

    #[test]
    fn near_keys_lose_less_and_the_future_all() {
        let masks = alibi_masks::<f64, Cpu>(&Cpu::default(), 2, 2, 3).as_vec();
        assert_eq!(masks.len(), 2 * 2 * 9);
        let (slope, no) = (1.0 / 16.0, f64::NEG_INFINITY);
        assert_eq!(masks[..9], [0.0, no, no, -slope, 0.0, no, -2.0 * slope, -slope, 0.0]);
        assert_eq!(masks[18..27], masks[..9], "every sequence has the same");
    }
}
