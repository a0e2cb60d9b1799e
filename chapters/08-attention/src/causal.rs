//! The causal mask: nobody may look ahead.
//!
//! A language model predicts token t + 1 from tokens 0 … t. Were position t allowed to look at
//! t + 1, it would copy the answer and learn nothing. The mask is added to the scores before the
//! softmax: 0 where looking is allowed, −∞ where it is not, since e^−∞ = 0.

use dfdx::prelude::{Device, Tensor};
use tensors::Real;

/// A `(seq, seq)` mask: 0 on and below the diagonal, −∞ above it. Row = who looks, column = who is
/// looked at.
///
/// Every row has its diagonal allowed, so no softmax is ever over −∞ alone.
///
/// ```
/// use dfdx::prelude::*;
/// let mask = attention::causal_mask::<f32, Cpu>(&Cpu::default(), 2);
/// assert_eq!(mask.as_vec(), [0.0, f32::NEG_INFINITY, 0.0, 0.0]);
/// ```
pub fn causal_mask<E: Real, D: Device<E>>(device: &D, seq: usize) -> Tensor<(usize, usize), E, D> {
    let minus_infinity = E::of(f64::NEG_INFINITY);
    let row = |i: usize| (0..seq).map(move |j| if j <= i { E::default() } else { minus_infinity });
    device.tensor_from_vec((0..seq).flat_map(row).collect(), (seq, seq))
}
