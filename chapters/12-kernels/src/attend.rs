//! The first half of a block, x + dropout(attention(norm(x))), as one step on the tape.

use crate::attention::Heads;
use crate::buffer::Buffer;
use crate::lanes::add_to;
use crate::layer_norm::Normalised;
use crate::linear;
use crate::numbers::{joined, numbers};
use crate::residual::{add_branch, branch_slopes};
use attention::scaled_dot_product::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{Cpu, HasShape, PutTape, ReshapeTo, SplitTape, Tape, TensorFromVec};
use multi_head::MultiHeadAttention;
use transformer::LayerNorm;

// ANCHOR: attend
pub(crate) fn attend<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, T: Tape<f32, Cpu>>(
    x: Sequences<MODEL, f32, Cpu, T>,
    norm: &LayerNorm<MODEL, f32, Cpu>,
    layer: &MultiHeadAttention<MODEL, HEADS, HEAD_DIM, f32, Cpu>,
    dropout: &mut Dropout,
) -> Sequences<MODEL, f32, Cpu, T> {
    const { assert!(MODEL == HEADS * HEAD_DIM, "the heads must share out the model's size exactly") };
    let (x, mut tape) = x.contiguous().split_tape();
    let (batch, seq, _) = *x.shape();
    let at = Heads { batch, seq, count: HEADS, head_dim: HEAD_DIM };

    let rows = numbers(&x);
    let mut stream = rows.to_vec();
    let normalised = Normalised::new(rows, MODEL);
    let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
    let (weights, biases) = projections(layer);
    let qkv = linear::forward(&y, &weights, &biases);
    let mut undrawn = dropout.clone(); // the backward pass draws the same again
    let (heads, normalisers) = at.forward(&qkv, dropout);
    let (weight, bias) = (numbers(&layer.output.weight), numbers(&layer.output.bias));
    let factors = add_branch(&mut stream, &heads, &weight, &bias, dropout);

    let output = x.device().tensor_from_vec(stream, *x.shape());
    let (x, out, norm, layer) = (x.ghost(), output.ghost(), norm.clone(), layer.clone());
    tape.add_backward_op(move |grads| {
        let mut dx = std::mem::take(&mut **grads.get_or_alloc_mut(&out)?);
        let dbranch = branch_slopes(&dx, factors);
        let dheads = linear::to_input(&dbranch, &numbers(&layer.output.weight), MODEL);
        linear::to_weight(&dbranch, &heads, MODEL, grads.get_or_alloc_mut(&layer.output.weight)?);
        linear::to_bias(&dbranch, grads.get_or_alloc_mut(&layer.output.bias)?);
        drop(dbranch);

        let dqkv = at.backward(&qkv, &normalisers, &dheads, &mut undrawn);
        let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
        let (weights, _) = projections(&layer);
        let dy = linear::to_input(&dqkv, &weights, 3 * MODEL);
        let (mut dweights, mut dbiases) = (Buffer::zeros(weights.len()), Buffer::zeros(3 * MODEL));
        linear::to_weight(&dqkv, &y, 3 * MODEL, &mut dweights);
        linear::to_bias(&dqkv, &mut dbiases);
        let parts = dweights.chunks_exact(MODEL * MODEL).zip(dbiases.chunks_exact(MODEL));
        for (part, (dweight, dbias)) in [&layer.query, &layer.key, &layer.value].into_iter().zip(parts) {
            add_to(grads.get_or_alloc_mut(&part.weight)?, dweight);
            add_to(grads.get_or_alloc_mut(&part.bias)?, dbias);
        }

        normalised.backward(&dy, &norm, &mut dx, grads)?;
        add_to(grads.get_or_alloc_mut(&x)?, &dx);
        Ok(())
    });
    output.put_tape(tape)
}
// ANCHOR_END: attend

/// Weights and biases of query, key and value as those of one layer: a product with them reads its
/// input once instead of three times.
fn projections<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize>(
    layer: &MultiHeadAttention<MODEL, HEADS, HEAD_DIM, f32, Cpu>,
) -> (Buffer, Buffer) {
    let parts = [&layer.query, &layer.key, &layer.value];
    (joined(&parts.map(|part| &part.weight)), joined(&parts.map(|part| &part.bias)))
}
