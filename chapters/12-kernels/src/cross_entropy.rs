//! Cross-entropy of logits: −ln p(t) with p = softmax(z), the mean over rows.
//!
//! Its gradient is (softmax(z) − one-hot(t)) / rows, which the forward pass has nearly in hand: it
//! is computed there and kept.

use crate::lanes::{max, sum};
use crate::sized::{Backward, Rows, numbers};
use dfdx::prelude::{Cpu, HasShape, Rank0, Tensor, TensorFromVec};
use neurons::exponential::exp;
use tensors::widest;

// ANCHOR: cross_entropy
/// The mean loss in nats of `logits`, (batch, seq, classes), against a target for each row, and the
/// way back.
pub(crate) fn cross_entropy(logits: &Rows, targets: &[usize]) -> (Tensor<Rank0, f32, Cpu>, Backward) {
    let (_, _, classes) = *logits.shape();
    let mut slopes = numbers(logits);
    let count = targets.len() as f32;
    assert_eq!(slopes.len(), targets.len() * classes, "one target for each row of logits");
    let mut loss = 0.0;
    widest!({
        for (row, &target) in slopes.chunks_exact_mut(classes).zip(targets) {
            let largest = max(row);
            let score = row[target] - largest;
            for z in row.iter_mut() {
                *z = exp(*z - largest);
            }
            let total = sum(row);
            loss += f64::from(total.ln() - score);
            let share = 1.0 / (total * count);
            for z in row.iter_mut() {
                *z *= share;
            }
            row[target] -= 1.0 / count;
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
