//! Scaled dot-product attention over a batch of sequences.

use dfdx::prelude::{
    Axes3, Axis, BroadcastTo, ConstDim, Device, HasShape, PermuteTo, Tape, Tensor, TryAdd, TryMatMul,
};
use tensors::Real;

/// A batch of sequences of vectors: `(batch, seq, Size)`.
pub type Sequences<Size, E, D, T> = Tensor<(usize, usize, Size), E, D, T>;

// ANCHOR: weights
/// How much each position looks at each other: softmax(Q Kᵀ / √Key + mask), rows summing to 1.
///
/// Shapes: queries `(batch, seq, Key)`, keys `(batch, keys, Key)`, mask `(seq, keys)`; the result
/// is `(batch, seq, keys)`.
///
/// The division keeps the softmax soft: the dot product of two vectors of Key independent numbers
/// of variance 1 has variance Key.
///
/// # Panics
/// When the batch sizes differ or the mask is not `(seq, keys)`.
pub fn attention_weights<Key: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    query: Sequences<Key, E, D, T>,
    key: Sequences<Key, E, D, T>,
    mask: Option<&Tensor<(usize, usize), E, D>>,
) -> Tensor<(usize, usize, usize), E, D, T> {
    let each = mask.map(|mask| {
        let (batch, seq, keys) = (query.shape().0, query.shape().1, key.shape().1);
        mask.clone().broadcast_like::<_, Axis<0>>(&(batch, seq, keys))
    });
    weights_with_masks(query, key, each)
}

/// [`attention_weights`] with a mask for each sequence, `(batch, seq, keys)`: where sequences of
/// different lengths are filled up to the same.
///
/// # Panics
/// When the batch sizes differ or the mask is not `(batch, seq, keys)`.
pub fn weights_with_masks<Key: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    query: Sequences<Key, E, D, T>,
    key: Sequences<Key, E, D, T>,
    masks: Option<Tensor<(usize, usize, usize), E, D>>,
) -> Tensor<(usize, usize, usize), E, D, T> {
    let scores = query.matmul(key.permute::<_, Axes3<0, 2, 1>>()) / E::of((Key::SIZE as f64).sqrt());
    let scores = match masks {
        None => scores,
        Some(masks) => scores.try_add(masks).expect("both have the shape (batch, seq, keys)"),
    };
    scores.softmax::<Axis<2>>()
}
// ANCHOR_END: weights

// ANCHOR: attention
/// Attention(Q, K, V) = softmax(Q Kᵀ / √Key + mask) V.
///
/// Shapes: queries `(batch, seq, Key)`, keys `(batch, keys, Key)`, values `(batch, keys, Value)`,
/// mask `(seq, keys)`; the result is `(batch, seq, Value)`. Queries and keys must have the same
/// size, or the program does not compile:
///
/// ```compile_fail
/// use dfdx::prelude::*;
/// let dev = Cpu::default();
/// let of = |seq: usize| dev.zeros_like(&(1, seq, Const::<4>));
/// let wide = dev.zeros_like(&(1, 3, Const::<8>));
/// let _: Tensor<_, f32, _> = attention::attention(of(3), wide, of(3), None); // keys of 8 for queries of 4
/// ```
///
/// # Panics
/// As [`attention_weights`], and when there are not as many values as keys.
pub fn attention<Key: ConstDim, Value: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    query: Sequences<Key, E, D, T>,
    key: Sequences<Key, E, D, T>,
    value: Sequences<Value, E, D, T>,
    mask: Option<&Tensor<(usize, usize), E, D>>,
) -> Sequences<Value, E, D, T> {
    attention_weights(query, key, mask).matmul(value)
}
// ANCHOR_END: attention

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causal_mask;
    use backprop::gradient_check::{Traced, worst_error};
    use dfdx::prelude::{Const, Cpu, NoneTape, Rank0, SumTo, TensorFromVec};
    use proptest::prelude::*;
    use tensors::seeds;

    type Shape<const SIZE: usize> = (usize, usize, Const<SIZE>);
    type Batch<const SIZE: usize> = Sequences<Const<SIZE>, f64, Cpu, NoneTape>;

    fn random<const SIZE: usize>(batch: usize, seq: usize, seed: u64) -> Batch<SIZE> {
        let values = seeds::normal(&mut seeds::generator(seed), batch * seq * SIZE, 1.0);
        let values = values.into_iter().map(f64::from).collect();
        Cpu::default().tensor_from_vec(values, (batch, seq, Const::<SIZE>))
    }

    fn rows(flat: &[f64], size: usize) -> Vec<&[f64]> {
        flat.chunks(size).collect()
    }

    /// Causal attention of one sequence, in plain loops: what [`attention`] must equal.
    fn attention_spec(q: &[&[f64]], k: &[&[f64]], v: &[&[f64]]) -> Vec<Vec<f64>> {
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let scale = (q[0].len() as f64).sqrt();
        (0..q.len())
            .map(|i| {
                // Position i may look at itself and at what came before it: never ahead.
                let scores: Vec<f64> = (0..=i).map(|j| dot(q[i], k[j]) / scale).collect();
                let total: f64 = scores.iter().map(|s| s.exp()).sum();
                let weight = |j: usize| scores[j].exp() / total;
                (0..v[0].len()).map(|d| (0..=i).map(|j| weight(j) * v[j][d]).sum()).collect()
            })
            .collect()
    }

    proptest! {
        #[test]
        fn the_tensor_version_equals_the_loops(batch in 1_usize..4, seq in 1_usize..9, seed: u64) {
            let (q, k, v) = (random::<3>(batch, seq, seed), random::<3>(batch, seq, seed ^ 1), random::<5>(batch, seq, seed ^ 2));
            let mask = causal_mask(&Cpu::default(), seq);
            let ours = attention(q.clone(), k.clone(), v.clone(), Some(&mask)).as_vec();
            let (q, k, v) = (q.as_vec(), k.as_vec(), v.as_vec());
            for b in 0..batch {
                let part = |x: &[f64], size: usize| x[b * seq * size..(b + 1) * seq * size].to_vec();
                let (q, k, v) = (part(&q, 3), part(&k, 3), part(&v, 5));
                let spec = attention_spec(&rows(&q, 3), &rows(&k, 3), &rows(&v, 5)).concat();
                prop_assert_eq!(spec.len(), seq * 5);
                for (a, b) in part(&ours, 5).iter().zip(spec) {
                    prop_assert!((a - b).abs() < 1e-12);
                }
            }
        }

        #[test]
        fn rows_of_weights_sum_to_one_and_the_future_weighs_nothing(seq in 1_usize..12, seed: u64, size in 0.0..300.0) {
            // Large queries make large scores: the softmax must stay finite.
            let mask = causal_mask(&Cpu::default(), seq);
            let weights = attention_weights(random::<4>(1, seq, seed) * size, random::<4>(1, seq, !seed), Some(&mask)).as_vec();
            for (i, row) in rows(&weights, seq).into_iter().enumerate() {
                prop_assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                prop_assert!(row[i + 1..].iter().all(|&w| w == 0.0));
            }
        }

        #[test]
        fn future_tokens_do_not_change_past_outputs(seq in 2_usize..9, seed: u64) {
            let mask = causal_mask(&Cpu::default(), seq);
            let x = random::<4>(1, seq, seed);
            let mut changed = x.as_vec();
            changed[(seq - 1) * 4..].iter_mut().for_each(|v| *v += 10.0);
            let y = Cpu::default().tensor_from_vec(changed, (1, seq, Const::<4>));
            let run = |x: Batch<4>| attention(x.clone(), x.clone(), x, Some(&mask)).as_vec();
            let (before, after) = (run(x), run(y));
            prop_assert_eq!(&before[..(seq - 1) * 4], &after[..(seq - 1) * 4]);
            prop_assert_ne!(&before[(seq - 1) * 4..], &after[(seq - 1) * 4..]);
        }
    }

    #[test]
    fn gradients_equal_central_differences() {
        let (q, k, v) = (random::<3>(2, 4, 1), random::<3>(2, 4, 2), random::<2>(2, 4, 3));
        let mask = causal_mask(&Cpu::default(), 4);
        let weigh = random::<2>(2, 4, 4);
        let by_query = worst_error(&q, |q: Traced<Shape<3>>| {
            (attention(q, k.retaped(), v.retaped(), Some(&mask)) * weigh.clone()).sum::<Rank0, _>()
        });
        let by_key = worst_error(&k, |k: Traced<Shape<3>>| {
            (attention(q.retaped(), k, v.retaped(), Some(&mask)) * weigh.clone()).sum::<Rank0, _>()
        });
        let by_value = worst_error(&v, |v: Traced<Shape<2>>| {
            (attention(q.retaped(), k.retaped(), v, Some(&mask)) * weigh.clone()).sum::<Rank0, _>()
        });
        for (name, error) in [("query", by_query), ("key", by_key), ("value", by_value)] {
            assert!(error < 1e-9, "{name}: {error}");
        }
    }
}
