//! Layer norm in one pass over each row.
//!
//! Forward, with n numbers in a row: μ = Σx / n, σ = √(Σ(x − μ)² / n + ε), x̂ = (x − μ) / σ, y = gain · x̂ + bias.
//!
//! Backward, with g = dy · gain: dx = (g − mean(g) − x̂ · mean(g · x̂)) / σ. The two means are what the row's mean and deviation pass on:
//! moving one number of a row moves all of its outputs. dgain += dy · x̂ and dbias += dy, summed over rows.

use crate::lanes::{add_to, dot, sum, sum_by};
use attention::scaled_dot_product::Sequences;
use dfdx::prelude::{Cpu, HasShape, PutTape, ReshapeTo, Shape, SplitTape, Tape, TensorFromVec};
use transformer::LayerNorm;

pub(crate) fn layer_norm<const MODEL: usize, T: Tape<f32, Cpu>>(
    x: Sequences<MODEL, f32, Cpu, T>,
    norm: &LayerNorm<MODEL, f32, Cpu>,
) -> Sequences<MODEL, f32, Cpu, T> {
    let (x, mut tape) = x.contiguous().split_tape();
    let (mut gains, mut biases) = ([0.0; MODEL], [0.0; MODEL]);
    norm.gain.copy_into(&mut gains);
    norm.bias.copy_into(&mut biases);
    let mut normalised = vec![0.0; x.shape().num_elements()];
    x.copy_into(&mut normalised);
    let mut outputs = vec![0.0; normalised.len()];
    let mut scales = Vec::with_capacity(normalised.len() / MODEL);
    for (row, y) in normalised.chunks_exact_mut(MODEL).zip(outputs.chunks_exact_mut(MODEL)) {
        let mean = sum(row) / MODEL as f32;
        let variance = sum_by(row, row, |x, _| (x - mean) * (x - mean)) / MODEL as f32;
        let scale = 1.0 / (variance + LayerNorm::<MODEL, f32, Cpu>::EPSILON as f32).sqrt();
        for i in 0..MODEL {
            row[i] = (row[i] - mean) * scale;
            y[i] = gains[i] * row[i] + biases[i];
        }
        scales.push(scale);
    }
    let y = x.device().tensor_from_vec(outputs, *x.shape());
    let (x, y_ghost, gain, bias) = (x.ghost(), y.ghost(), norm.gain.ghost(), norm.bias.ghost());
    tape.add_backward_op(move |grads| {
        let arriving = std::mem::take(&mut **grads.get_or_alloc_mut(&y_ghost)?);
        let (mut gain_slope, mut bias_slope) = ([0.0; MODEL], [0.0; MODEL]);
        let leaving = grads.get_or_alloc_mut(&x)?;
        let rows = arriving.chunks_exact(MODEL).zip(normalised.chunks_exact(MODEL));
        for (((dy, x), dx), scale) in rows.zip(leaving.chunks_exact_mut(MODEL)).zip(&scales) {
            let mut g = [0.0; MODEL];
            for i in 0..MODEL {
                g[i] = dy[i] * gains[i];
                gain_slope[i] += dy[i] * x[i];
                bias_slope[i] += dy[i];
            }
            let (mean, along) = (sum(&g) / MODEL as f32, dot(&g, x) / MODEL as f32);
            for i in 0..MODEL {
                dx[i] += (g[i] - mean - x[i] * along) * scale;
            }
        }
        add_to(grads.get_or_alloc_mut(&gain)?, &gain_slope);
        add_to(grads.get_or_alloc_mut(&bias)?, &bias_slope);
        Ok(())
    });
    y.put_tape(tape)
}
