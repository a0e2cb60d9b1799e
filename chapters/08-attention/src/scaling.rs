//! Why the scores are divided, by what, and how often: measured on random queries and keys.

use crate::Sequences;
use dfdx::prelude::{
    Axes3, Axis, BroadcastTo, Const, Cpu, Device, HasShape, MaxTo, MinTo, NoneTape, PermuteTo, Tape,
    Tensor, TensorFromVec, TryMatMul,
};
use tensors::{Real, seeds};

/// The mean and the variance of `count` dot products of two vectors of `KEY` numbers with mean 0
/// and variance 1.
pub fn score_moments<const KEY: usize>(count: usize, seed: u64) -> (f64, f64) {
    let mut rng = seeds::generator(seed);
    let mut dot = || {
        let (q, k) = (seeds::normal(&mut rng, KEY, 1.0), seeds::normal(&mut rng, KEY, 1.0));
        q.iter().zip(k).map(|(q, k)| f64::from(q * k)).sum::<f64>()
    };
    let scores: Vec<f64> = (0..count).map(|_| dot()).collect();
    let mean = scores.iter().sum::<f64>() / count as f64;
    (mean, scores.iter().map(|score| (score - mean).powi(2)).sum::<f64>() / count as f64)
}

/// Of random queries and keys with `KEY` numbers: the mean entropy of the weights over `keys` keys
/// in bits, when scores are divided by `divisor`. At most log₂ `keys`, where all weights are equal;
/// 0 where one key has all the weight.
pub fn weight_entropy<const KEY: usize>(keys: usize, divisor: f64, seed: u64) -> f64 {
    let mut rng = seeds::generator(seed);
    let mut random = || -> Sequences<Const<KEY>, f64, Cpu, NoneTape> {
        let values = seeds::normal(&mut rng, keys * KEY, 1.0).into_iter().map(f64::from).collect();
        Cpu::default().tensor_from_vec(values, (1, keys, Const))
    };
    let scores = random().matmul(random().permute::<_, Axes3<0, 2, 1>>()) / divisor;
    let weights = scores.softmax::<Axis<2>>().as_vec();
    weights.into_iter().filter(|&w| w > 0.0).map(|w| -w * w.log2()).sum::<f64>() / keys as f64
}

// ANCHOR: twice
/// A widespread mistake: scores are first brought to 0…1 in each row, then put through softmax. No
/// weight can then be more than e times another, however well its key fits: among n keys none gets
/// more than e / (e + n − 1).
///
/// Shapes as in [`attention_weights`](crate::attention_weights); there is no way to mask.
pub fn weights_normalised_twice<const KEY: usize, E: Real, D: Device<E>, T: Tape<E, D>>(
    query: Sequences<Const<KEY>, E, D, T>,
    key: Sequences<Const<KEY>, E, D, T>,
) -> Tensor<(usize, usize, usize), E, D, T> {
    let scores = query.matmul(key.permute::<_, Axes3<0, 2, 1>>());
    let shape = *scores.shape();
    let lowest = scores.retaped::<T>().min::<_, Axis<2>>().broadcast_like::<_, Axis<2>>(&shape);
    let highest = scores.retaped::<T>().max::<_, Axis<2>>().broadcast_like::<_, Axis<2>>(&shape);
    let span = highest - lowest.retaped::<T>() + E::of(1e-6);
    ((scores - lowest) / span).softmax::<Axis<2>>()
}
// ANCHOR_END: twice

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention_weights;

    #[test]
    fn the_variance_of_a_score_is_the_size_of_the_keys() {
        for (moments, size) in
            [(score_moments::<4>(20_000, 1), 4.0), (score_moments::<64>(20_000, 2), 64.0)]
        {
            // The standard error of the variance is about size · √(2/20000), or 1 % of it; a few of
            // them.
            assert!((moments.1 / size - 1.0).abs() < 0.06, "{moments:?} for {size}");
            assert!(moments.0.abs() < 4.0 * (size / 20_000.0_f64).sqrt(), "{moments:?}");
        }
    }

    #[test]
    fn divided_by_the_root_of_the_size_the_weights_are_as_soft_for_any_size() {
        let soft = [weight_entropy::<4>(64, 2.0, 1), weight_entropy::<256>(64, 16.0, 1)];
        assert!((soft[0] - soft[1]).abs() < 0.3, "{soft:?}");
        assert!(weight_entropy::<256>(64, 1.0, 1) < 0.6, "undivided, one key has nearly all the weight");
        assert!(weight_entropy::<256>(64, 1e9, 1) > 5.999, "divided by far too much, all keys are alike");
    }

    #[test]
    fn normalised_twice_no_weight_exceeds_its_bound() {
        let dev = Cpu::default();
        // One key fits perfectly, seven not at all.
        let query = dev.tensor_from_vec(vec![100.0, 0.0], (1, 1, Const::<2>));
        let mut keys = vec![0.0; 16];
        keys[0] = 100.0;
        let key = dev.tensor_from_vec(keys, (1, 8, Const::<2>));
        let once = attention_weights(query.clone(), key.clone(), None).as_vec()[0];
        let twice = weights_normalised_twice(query, key).as_vec()[0];
        let bound = std::f64::consts::E / (std::f64::consts::E + 7.0);
        assert!(once > 0.999, "{once}");
        assert!((twice - bound).abs() < 1e-6, "{twice}, the bound is {bound}");
    }
}
