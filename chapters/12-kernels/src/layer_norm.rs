//! Layer norm in two passes over each row, with what the backward pass needs kept.
//!
//! Forward, with n numbers in a row: μ = Σx / n, σ = √(Σ(x − μ)² / n + ε), x̂ = (x − μ) / σ,
//! y = gain · x̂ + bias.
//!
//! Backward, with g = dy · gain: dx = (g − mean(g) − x̂ · mean(g · x̂)) / σ. The two means are what
//! the row's mean and deviation pass on: moving one number of a row moves all of its outputs. dgain
//! += dy · x̂ and dbias += dy, summed over rows.

use crate::buffer::Buffer;
use crate::lanes::{dot, sum, sum_by};
use crate::sized::{Backward, Norm, Rows, numbers};
use dfdx::prelude::{Const, Cpu, CpuError, Gradients, HasShape, TensorFromVec};
use tensors::widest;
use transformer::LayerNorm;

// ANCHOR: forward
/// Rows at mean 0 and variance 1, and what they were divided by to get there: (rows, model) and
/// (rows).
#[derive(Debug)]
pub(crate) struct Normalised {
    /// x̂, the rows one after another.
    rows: Buffer,
    /// 1/σ of every row.
    scales: Buffer,
}

impl Normalised {
    /// Normalises every row of `model` numbers, in place.
    pub(crate) fn new(mut rows: Buffer, model: usize) -> Self {
        let mut scales = Buffer::any(rows.len() / model);
        let n = model as f32;
        widest!({
            for (row, scale) in rows.chunks_exact_mut(model).zip(scales.iter_mut()) {
                let mean = sum(row) / n;
                let variance = sum_by(row, row, |x, _| (x - mean) * (x - mean)) / n;
                *scale = 1.0 / (variance + LayerNorm::<Const<1>, f32, Cpu>::EPSILON as f32).sqrt();
                for x in row {
                    *x = (*x - mean) * *scale;
                }
            }
        });
        Self { rows, scales }
    }

    /// y = gain · x̂ + bias. The backward pass computes it again rather than keep it: one pass over
    /// the cache is cheaper than memory.
    pub(crate) fn scaled(&self, gain: &[f32], bias: &[f32]) -> Buffer {
        let mut y = Buffer::any(self.rows.len());
        widest!({
            for (y, x) in y.chunks_exact_mut(gain.len()).zip(self.rows.chunks_exact(gain.len())) {
                for (((y, x), gain), bias) in y.iter_mut().zip(x).zip(gain).zip(bias) {
                    *y = x * gain + bias;
                }
            }
        });
        y
    }
    // ANCHOR_END: forward

    // ANCHOR: backward
    /// Given dy, (rows, model), adds to dx, and to the gradients of the gain and the bias on the
    /// tape.
    pub(crate) fn backward(
        &self,
        dy: &[f32],
        norm: &Norm,
        dx: &mut [f32],
        grads: &mut Gradients<f32, Cpu>,
    ) -> Result<(), CpuError> {
        // The tape lends one gradient at a time, so both are taken out of it.
        let mut dgain = std::mem::take(&mut **grads.get_or_alloc_mut(&norm.gain)?);
        let mut dbias = std::mem::take(&mut **grads.get_or_alloc_mut(&norm.bias)?);
        let (gain, n) = (numbers(&norm.gain), dgain.len());
        let (mut g, rows) = (Buffer::any(n), self.rows.chunks_exact(n).zip(self.scales.iter()));
        widest!({
            for (((x, scale), dy), dx) in rows.zip(dy.chunks_exact(n)).zip(dx.chunks_exact_mut(n)) {
                for ((g, dy), gain) in g.iter_mut().zip(dy).zip(gain.iter()) {
                    *g = dy * gain;
                }
                for (((dgain, dbias), dy), x) in dgain.iter_mut().zip(dbias.iter_mut()).zip(dy).zip(x) {
                    *dgain += dy * x;
                    *dbias += dy;
                }
                let (mean, along) = (sum(&g) / n as f32, dot(&g, x) / n as f32);
                for ((dx, g), x) in dx.iter_mut().zip(g.iter()).zip(x) {
                    *dx += (g - mean - x * along) * scale;
                }
            }
        });
        **grads.get_or_alloc_mut(&norm.gain)? = dgain;
        **grads.get_or_alloc_mut(&norm.bias)? = dbias;
        Ok(())
    }
    // ANCHOR_END: backward
}

// ANCHOR: tape
/// The norm of every row of `x`, (batch, seq, model), and the way back.
pub(crate) fn layer_norm(x: &Rows, norm: Norm) -> (Rows, Backward) {
    let (_, _, model) = *x.shape();
    let normalised = Normalised::new(numbers(x), model);
    let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
    let y = x.device().tensor_from_vec(y.to_vec(), *x.shape());
    let (input, output) = (x.ghost(), y.ghost());
    let backward: Backward = Box::new(move |grads| {
        let dy = std::mem::take(&mut **grads.get_or_alloc_mut(&output)?);
        let mut dx = std::mem::take(&mut **grads.get_or_alloc_mut(&input)?);
        normalised.backward(&dy, &norm, &mut dx, grads)?;
        **grads.get_or_alloc_mut(&input)? = dx;
        Ok(())
    });
    (y, backward)
}
// ANCHOR_END: tape
