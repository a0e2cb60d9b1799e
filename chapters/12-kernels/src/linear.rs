//! The linear layer: y = x Wᵀ + b for every row x, with W stored as (outputs, inputs).
//!
//! Backward, with dy arriving: dx = dy W, dW += dyᵀ x, db += the sum of dy's rows.

use crate::buffer::Buffer;
use crate::lanes::add_to;
use crate::matmul::{Into, Matrix, multiply};
use crate::numbers::numbers;
use attention::scaled_dot_product::Sequences;
use dfdx::prelude::{
    Const, Cpu, HasShape, PutTape, Rank1, Rank2, ReshapeTo, SplitTape, Tape, Tensor, TensorFromVec,
};
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
    multiply(Into::Accumulate, y, outputs, 1.0, Matrix::new(x, x.len() / inputs, inputs), weight);
}

/// dx = dy W.
pub(crate) fn to_input(dy: &[f32], weight: &[f32], outputs: usize) -> Buffer {
    let (rows, inputs) = (dy.len() / outputs, weight.len() / outputs);
    let mut dx = Buffer::any(rows * inputs);
    let weight = Matrix::new(weight, outputs, inputs);
    multiply(Into::Overwrite, &mut dx, inputs, 1.0, Matrix::new(dy, rows, outputs), weight);
    dx
}

/// dW += dyᵀ x.
pub(crate) fn to_weight(dy: &[f32], x: &[f32], outputs: usize, dweight: &mut [f32]) {
    let (rows, inputs) = (dy.len() / outputs, dweight.len() / outputs);
    let dy = Matrix::new(dy, rows, outputs).transposed();
    multiply(Into::Accumulate, dweight, inputs, 1.0, dy, Matrix::new(x, rows, inputs));
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

// ANCHOR: tape
/// The layer as one step on the tape.
pub(crate) fn linear<const IN: usize, const OUT: usize, T: Tape<f32, Cpu>>(
    x: Sequences<IN, f32, Cpu, T>,
    weight: &Tensor<Rank2<OUT, IN>, f32, Cpu>,
    bias: Option<&Tensor<Rank1<OUT>, f32, Cpu>>,
) -> Sequences<OUT, f32, Cpu, T> {
    let (x, mut tape) = x.contiguous().split_tape();
    let (batch, seq, _) = *x.shape();
    let inputs = numbers(&x);
    let biases = bias.map_or_else(|| Buffer::zeros(OUT), numbers);
    let y = forward(&inputs, &numbers(weight), &biases);
    let y = x.device().tensor_from_vec(y.to_vec(), (batch, seq, Const::<OUT>));
    let (x, output, weight, bias) = (x.ghost(), y.ghost(), weight.clone(), bias.cloned());
    tape.add_backward_op(move |grads| {
        let dy = std::mem::take(&mut **grads.get_or_alloc_mut(&output)?);
        add_to(grads.get_or_alloc_mut(&x)?, &to_input(&dy, &numbers(&weight), OUT));
        to_weight(&dy, &inputs, OUT, grads.get_or_alloc_mut(&weight)?);
        if let Some(bias) = &bias {
            to_bias(&dy, grads.get_or_alloc_mut(bias)?);
        }
        Ok(())
    });
    y.put_tape(tape)
}
// ANCHOR_END: tape
