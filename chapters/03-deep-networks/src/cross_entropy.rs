//! Cross-entropy of several classes: the loss of a classifier and of a language model.

use dfdx::prelude::{
    Axis, ConstDim, Device, HasShape, MeanTo, Rank0, SelectTo, Tape, Tensor, TensorFromVec,
};
use tensors::Real;

// ANCHOR: cross_entropy
/// The mean over rows of −ln p(target), where p = softmax(logits), in nats. `logits` is
/// `(rows, Classes)`.
///
/// With equal logits every class has the probability 1/Classes, and the loss is ln Classes:
///
/// ```
/// use dfdx::prelude::*;
/// let logits: Tensor<_, f32, _> = Cpu::default().zeros_like(&(2, Const::<8>));
/// let loss = deep_networks::cross_entropy(logits, &[3, 5]);
/// assert!((loss.array() - 8_f32.ln()).abs() < 1e-6);
/// ```
///
/// # Panics
/// When there is not one target for each row, or a target is not smaller than `Classes`.
pub fn cross_entropy<Classes: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    logits: Tensor<(usize, Classes), E, D, T>,
    targets: &[usize],
) -> Tensor<Rank0, E, D, T> {
    assert_eq!(logits.shape().0, targets.len(), "one target for each row of logits");
    let device = logits.device().clone();
    let targets = TensorFromVec::<usize>::tensor_from_vec(&device, targets.to_vec(), (targets.len(),));
    logits.log_softmax::<Axis<1>>().select(targets).mean::<Rank0, _>().negate()
}
// ANCHOR_END: cross_entropy
