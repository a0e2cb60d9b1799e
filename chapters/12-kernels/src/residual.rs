//! The residual connection: x + dropout(branch).

use crate::lanes::add_to;
use deep_networks::Dropout;
use tensors::widest;

/// `stream` += dropout(`branch`). Returns the factors of dropout, if it is on.
pub(crate) fn add_branch(stream: &mut [f32], branch: &[f32], dropout: &mut Dropout) -> Option<Vec<f32>> {
    let factors: Option<Vec<f32>> = dropout.factors(branch.len());
    match &factors {
        None => widest!(add_to(stream, branch)),
        Some(factors) => widest!({
            for ((sum, x), factor) in stream.iter_mut().zip(branch).zip(factors) {
                *sum += x * factor;
            }
        }),
    }
    factors
}

/// The gradient by the branch, given that by the sum.
pub(crate) fn branch_slopes(arriving: &[f32], factors: Option<Vec<f32>>) -> Vec<f32> {
    let Some(mut slopes) = factors else { return arriving.to_vec() };
    slopes.iter_mut().zip(arriving).for_each(|(slope, dy)| *slope *= dy);
    slopes
}
