//! Cross-entropy of logits: ℓ = −ln p(t) with p = softmax(z) for each row, and of all rows Σ wℓ / n:
//! the mean, w = 1 and n = rows, or a sum with weights, n = 1.
//!
//! Its gradient by a row is (softmax(z) − one-hot(t)) · w / n, which the forward pass has nearly in
//! hand: it is computed there and kept.

use crate::lanes::{max, sum};
use crate::sized::{Backward, Rows, numbers};
use dfdx::prelude::{Cpu, HasShape, Rank0, Tensor, TensorFromVec};
use neurons::exponential::exp;
use tensors::widest;

// ANCHOR: cross_entropy
/// The loss in nats of `logits`, (batch, seq, classes), against a target for each row, and the way
/// back: the mean, or Σ wℓ with a weight for each row.
pub(crate) fn cross_entropy(
    logits: &Rows,
    targets: &[usize],
    weights: Option<&[f32]>,
) -> (Tensor<Rank0, f32, Cpu>, Backward) {
    let (_, _, classes) = *logits.shape();
    let mut slopes = numbers(logits);
    assert_eq!(slopes.len(), targets.len() * classes, "one target for each row of logits");
    assert!(weights.is_none_or(|w| w.len() == targets.len()), "one weight for each row of logits");
    let count = if weights.is_some() { 1.0 } else { targets.len() as f32 };
    let mut loss = 0.0;
    widest!({
        for (i, (row, &target)) in slopes.chunks_exact_mut(classes).zip(targets).enumerate() {
            let weight = weights.map_or(1.0, |weights| weights[i]);
            let largest = max(row);
            let score = row[target] - largest;
            for z in row.iter_mut() {
                *z = exp(*z - largest);
            }
            let total = sum(row);
            loss += f64::from(weight) * f64::from(total.ln() - score);
            let share = weight / (total * count);
            for z in row.iter_mut() {
                *z *= share;
            }
            row[target] -= weight / count;
        }
    });
    let out = logits.device().tensor_from_vec(vec![(loss / f64::from(count)) as f32], ());
    let (logits, output) = (logits.ghost(), out.ghost());
    let backward: Backward = Box::new(move |grads| {
        let arriving = grads.get_or_alloc_mut(&output)?[0];
        let leaving = grads.get_or_alloc_mut(&logits)?;
        for (sum, slope) in leaving.iter_mut().zip(slopes.iter()) {
            *sum += slope * arriving;
        }
        Ok(())
    });
    (out, backward)
}
// ANCHOR_END: cross_entropy
