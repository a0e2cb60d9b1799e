//! Masks for sequences of different lengths.
//!
//! A batch is a rectangle, sentences are not: short ones are filled up with **padding**. Nobody may
//! look at it. Unlike the causal mask, such a mask differs from sequence to sequence.

use dfdx::prelude::{Axis, BroadcastTo, Device, HasShape, ReshapeTo, Tensor};
use tensors::Real;

// ANCHOR: padding
/// Masks for a batch of sequences, of which the i-th has `lengths[i]` keys and then padding:
/// `(batch, seq, keys)`, 0 where looking is allowed and −∞ where it is not. With `causal`, looking
/// ahead is not allowed either.
///
/// ```
/// use dfdx::prelude::*;
/// let no = f32::NEG_INFINITY;
/// let masks = multi_head::padding_masks::<f32, Cpu>(&Cpu::default(), &[2, 3], 1, 3, false);
/// assert_eq!(masks.as_vec(), [0.0, 0.0, no, 0.0, 0.0, 0.0]);
/// ```
///
/// # Panics
/// When a length is 0: a softmax over nothing has no answer.
pub fn padding_masks<E: Real, D: Device<E>>(
    device: &D,
    lengths: &[usize],
    seq: usize,
    keys: usize,
    causal: bool,
) -> Tensor<(usize, usize, usize), E, D> {
    assert!(lengths.iter().all(|&length| length > 0), "an empty sequence cannot be attended to");
    let minus_infinity = E::of(f64::NEG_INFINITY);
    let allowed = |length: usize, i: usize, j: usize| j < length && (!causal || j <= i);
    let mut numbers = Vec::with_capacity(lengths.len() * seq * keys);
    for &length in lengths {
        for i in 0..seq {
            numbers.extend(
                (0..keys).map(|j| if allowed(length, i, j) { E::default() } else { minus_infinity }),
            );
        }
    }
    device.tensor_from_vec(numbers, (lengths.len(), seq, keys))
}
// ANCHOR_END: padding

/// `(batch, seq, keys)` to `(batch · heads, seq, keys)`: the same mask for each head of a sequence.
pub(crate) fn for_each_head<E: Real, D: Device<E>>(
    masks: &Tensor<(usize, usize, usize), E, D>,
    heads: usize,
) -> Tensor<(usize, usize, usize), E, D> {
    let (batch, seq, keys) = *masks.shape();
    masks.clone().broadcast_like::<_, Axis<1>>(&(batch, heads, seq, keys)).reshape_like(&(
        batch * heads,
        seq,
        keys,
    ))
}
