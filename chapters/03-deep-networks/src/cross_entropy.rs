//! Cross-entropy of several classes: the loss of a classifier and of a language model.

use dfdx::prelude::{
    Axis, ConstDim, Device, HasShape, MeanTo, Rank0, SelectTo, SumTo, Tape, Tensor, TensorFromVec,
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

/// Σ wᵢ · −ln p(targetᵢ) over rows, in nats: a target counts by its weight, and not at all at 0.
///
/// Nothing is divided. Weights w / Σ w give a weighted mean, and 1 / rows each that of
/// [`cross_entropy`]. Signs are allowed, and so is a sum of 0: what compares two texts makes the
/// targets of one likelier and those of the other less likely.
///
/// ```
/// use dfdx::prelude::*;
/// let logits: Tensor<_, f32, _> = Cpu::default().zeros_like(&(3, Const::<8>));
/// let loss = deep_networks::weighted_cross_entropy(logits, &[3, 5, 1], &[1.0, 0.0, -0.5]);
/// assert!((loss.array() - 0.5 * 8_f32.ln()).abs() < 1e-6);
/// ```
///
/// # Panics
/// When there is not one target and one weight for each row, or a target is not smaller than
/// `Classes`.
pub fn weighted_cross_entropy<Classes: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    logits: Tensor<(usize, Classes), E, D, T>,
    targets: &[usize],
    weights: &[f32],
) -> Tensor<Rank0, E, D, T> {
    let (rows, device) = (logits.shape().0, logits.device().clone());
    assert_eq!(
        (targets.len(), weights.len()),
        (rows, rows),
        "a target and a weight for each row of logits"
    );
    let targets = TensorFromVec::<usize>::tensor_from_vec(&device, targets.to_vec(), (rows,));
    let weights = weights.iter().map(|&weight| E::of(f64::from(weight))).collect();
    let weights = device.tensor_from_vec(weights, (rows,));
    (logits.log_softmax::<Axis<1>>().select(targets) * weights).sum::<Rank0, _>().negate()
}
