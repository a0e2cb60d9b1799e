//! The residual connection: x + dropout(branch), where the branch ends in a linear layer.

use crate::lanes::add_to;
use crate::linear;
use deep_networks::Dropout;
use std::borrow::Cow;
use tensors::widest;

/// `stream` += dropout(x Wᵀ + b), where `stream` is (rows, outputs), x is (rows, inputs), W is
/// (outputs, inputs). Returns the factors of dropout, one for each number, if it is on.
///
/// Without dropout the product is added where the stream lies: the branch never has a place of its
/// own.
pub(crate) fn add_branch(
    stream: &mut [f32],
    x: &[f32],
    weight: &[f32],
    bias: &[f32],
    dropout: &mut Dropout,
) -> Option<Vec<f32>> {
    let factors: Option<Vec<f32>> = dropout.factors(stream.len());
    if let Some(factors) = &factors {
        let branch = linear::forward(x, weight, bias);
        widest!({
            for ((sum, x), factor) in stream.iter_mut().zip(branch.iter()).zip(factors) {
                *sum += x * factor;
            }
        });
    } else {
        widest!({
            for row in stream.chunks_exact_mut(bias.len()) {
                add_to(row, bias);
            }
        });
        linear::add(x, weight, bias.len(), stream);
    }
    factors
}

/// The gradient by the branch, given that by the sum.
pub(crate) fn branch_slopes(arriving: &[f32], factors: Option<Vec<f32>>) -> Cow<'_, [f32]> {
    let Some(mut slopes) = factors else { return Cow::Borrowed(arriving) };
    for (slope, dy) in slopes.iter_mut().zip(arriving) {
        *slope *= dy;
    }
    Cow::Owned(slopes)
}
