//! The linear layer: y = x Wᵀ + b for every row x, with W stored as (outputs, inputs).
//!
//! Backward, with dy arriving: dx = dy W, dW += dyᵀ x, db += the sum of dy's rows.

use crate::buffer::Buffer;
use crate::lanes::add_to;
use crate::matmul::{Matrix, Write, multiply};
use crate::sized::{Backward, Rows, Table, Vector, numbers};
use dfdx::prelude::{Axes2, BroadcastTo, HasShape, PermuteTo, TensorFromVec, TryMatMul};
use tensors::widest;

// ANCHOR: slices
/// x Wᵀ + b for the rows of `x`.
pub(crate) fn forward(x: &[f32], weight: &[f32], bias: &[f32]) -> Buffer {
    let rows = x.len() / (weight.len() / bias.len());
    let mut y = Buffer::any(rows * bias.len());
    for row in y.chunks_exact_mut(bias.len()) {
        row.copy_from_slice(bias);
    }
    add(x, weight, bias.len(), &mut y);
    y
}

/// y += x Wᵀ.
pub(crate) fn add(x: &[f32], weight: &[f32], outputs: usize, y: &mut [f32]) {
    let inputs = weight.len() / outputs;
    let weight = Matrix::new(weight, outputs, inputs).transposed();
    multiply(Write::Add, y, outputs, 1.0, Matrix::new(x, x.len() / inputs, inputs), weight);
}

/// dx = dy W.
pub(crate) fn to_input(dy: &[f32], weight: &[f32], outputs: usize) -> Buffer {
    let (rows, inputs) = (dy.len() / outputs, weight.len() / outputs);
    let mut dx = Buffer::any(rows * inputs);
    let weight = Matrix::new(weight, outputs, inputs);
    multiply(Write::Over, &mut dx, inputs, 1.0, Matrix::new(dy, rows, outputs), weight);
    dx
}

/// dW += dyᵀ x.
pub(crate) fn to_weight(dy: &[f32], x: &[f32], outputs: usize, dweight: &mut [f32]) {
    let (rows, inputs) = (dy.len() / outputs, dweight.len() / outputs);
    let dy = Matrix::new(dy, rows, outputs).transposed();
    multiply(Write::Add, dweight, inputs, 1.0, dy, Matrix::new(x, rows, inputs));
}

/// db += the sum of dy's rows.
pub(crate) fn to_bias(dy: &[f32], dbias: &mut [f32]) {
    widest!({
        for row in dy.chunks_exact(dbias.len()) {
            add_to(dbias, row);
        }
    });
}
// ANCHOR_END: slices

/// So many numbers of four bytes, 16 MiB, may stay in the cache of a processor of today.
const CACHED: usize = 4 << 20;

// ANCHOR: tape
/// The layer on `x`, (batch, seq, inputs), to (batch, seq, outputs), and the way back.
pub(crate) fn linear(x: &Rows, weight: Table, bias: Option<Vector>) -> (Rows, Backward) {
    let ((batch, seq, inputs), (outputs, _)) = (*x.shape(), *weight.shape());
    let rows = numbers(x);
    // A kernel copies the matrix out of its tensor. If the copy does not stay in the cache and one
    // row uses it only once, the library's product, which reads in place, is faster.
    let y = if batch * seq == 1 && inputs * outputs > CACHED {
        in_place(x, &weight, bias.as_ref())
    } else {
        let biases = bias.as_ref().map_or_else(|| Buffer::zeros(outputs), numbers);
        let y = forward(&rows, &numbers(&weight), &biases);
        x.device().tensor_from_vec(y.to_vec(), (batch, seq, outputs))
    };
    let (x, output) = (x.ghost(), y.ghost());
    let backward: Backward = Box::new(move |grads| {
        let dy = std::mem::take(&mut **grads.get_or_alloc_mut(&output)?);
        add_to(grads.get_or_alloc_mut(&x)?, &to_input(&dy, &numbers(&weight), outputs));
        to_weight(&dy, &rows, outputs, grads.get_or_alloc_mut(&weight)?);
        if let Some(bias) = &bias {
            to_bias(&dy, grads.get_or_alloc_mut(bias)?);
        }
        Ok(())
    });
    (y, backward)
}
// ANCHOR_END: tape

/// x Wᵀ + b by the library, which reads the tensors where they lie.
fn in_place(x: &Rows, weight: &Table, bias: Option<&Vector>) -> Rows {
    let y = x.clone().matmul(weight.clone().permute::<_, Axes2<1, 0>>());
    match bias {
        None => y,
        Some(bias) => bias.clone().broadcast_like::<_, Axes2<0, 1>>(&y) + y,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{Cpu, SampleTensor};

    #[test]
    fn a_matrix_larger_than_the_cache_is_read_in_place_with_the_same_result() {
        let outputs = CACHED / 1000 + 1;
        let dev = Cpu::seed_from_u64(3);
        let x: Rows = dev.sample_normal_like(&(1, 1, 1000));
        let weight: Table = dev.sample_normal_like(&(outputs, 1000));
        let bias: Vector = dev.sample_normal_like(&(outputs,));
        let (large, _) = linear(&x, weight.clone(), Some(bias.clone()));
        let copied = forward(&numbers(&x), &numbers(&weight), &numbers(&bias));
        for (a, b) in large.as_vec().iter().zip(copied.iter()) {
            // Sums of a thousand products of normal numbers, of size 30.
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }
}
