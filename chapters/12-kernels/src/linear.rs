//! The linear layer: y = x Wᵀ + b, with W stored as (outputs, inputs).
//!
//! Backward: dx += dy W, dW += dyᵀ x, db += the sum of dy's rows. The products add straight into the gradients: nothing is allocated.

use crate::lanes::add_to;
use crate::matmul::{Into, Matrix, multiply};
use attention::scaled_dot_product::Sequences;
use dfdx::prelude::{
    Const, Cpu, HasShape, PutTape, Rank1, Rank2, ReshapeTo, SplitTape, Tape, Tensor, TensorFromVec,
};

pub(crate) fn linear<const IN: usize, const OUT: usize, T: Tape<f32, Cpu>>(
    x: Sequences<IN, f32, Cpu, T>,
    weight: &Tensor<Rank2<OUT, IN>, f32, Cpu>,
    bias: Option<&Tensor<Rank1<OUT>, f32, Cpu>>,
) -> Sequences<OUT, f32, Cpu, T> {
    let (x, mut tape) = x.contiguous().split_tape();
    let weight = weight.clone().contiguous();
    let (batch, seq, _) = *x.shape();
    let rows = batch * seq;
    let (mut inputs, mut weights, mut biases) = (vec![0.0; rows * IN], vec![0.0; OUT * IN], vec![0.0; OUT]);
    x.copy_into(&mut inputs);
    weight.copy_into(&mut weights);
    if let Some(bias) = bias {
        bias.copy_into(&mut biases);
    }
    let mut outputs = biases.repeat(rows);
    let (left, right) = (Matrix::new(&inputs, rows, IN), Matrix::new(&weights, OUT, IN));
    multiply(Into::Accumulate, &mut outputs, OUT, 1.0, left, right.transposed());
    let y = x.device().tensor_from_vec(outputs, (batch, seq, Const::<OUT>));
    let (x, y_ghost, weight, bias) = (x.ghost(), y.ghost(), weight.ghost(), bias.map(Tensor::ghost));
    tape.add_backward_op(move |grads| {
        let arriving = std::mem::take(&mut **grads.get_or_alloc_mut(&y_ghost)?);
        let dy = Matrix::new(&arriving, rows, OUT);
        let (inputs, weights) = (Matrix::new(&inputs, rows, IN), Matrix::new(&weights, OUT, IN));
        multiply(Into::Accumulate, grads.get_or_alloc_mut(&x)?, IN, 1.0, dy, weights);
        multiply(Into::Accumulate, grads.get_or_alloc_mut(&weight)?, IN, 1.0, dy.transposed(), inputs);
        if let Some(bias) = bias {
            let sums = grads.get_or_alloc_mut(&bias)?;
            arriving.chunks_exact(OUT).for_each(|row| add_to(sums, row));
        }
        Ok(())
    });
    y.put_tape(tape)
}
