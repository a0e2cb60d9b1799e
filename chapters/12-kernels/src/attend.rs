//! The first half of a block, x + dropout(attention(norm(x))), as one step on the tape.

use crate::attention::Heads;
use crate::buffer::Buffer;
use crate::lanes::add_to;
use crate::layer_norm::Normalised;
use crate::linear;
use crate::residual::{add_branch, branch_slopes};
use crate::sized::{Backward, Linear, Norm, Rows, joined, numbers};
use deep_networks::Dropout;
use dfdx::prelude::{ConstDim, Cpu, HasShape, TensorFromVec};
use multi_head::MultiHeadAttention;
use transformer::LayerNorm;

/// What it is computed with: all layers are model to model.
#[derive(Debug)]
pub(crate) struct Parameters {
    norm: Norm,
    query: Linear,
    key: Linear,
    value: Linear,
    output: Linear,
}

impl Parameters {
    pub(crate) fn new<Model: ConstDim, Heads: ConstDim, HeadDim: ConstDim>(
        norm: &LayerNorm<Model, f32, Cpu>,
        layer: &MultiHeadAttention<Model, Heads, HeadDim, f32, Cpu>,
    ) -> Self {
        let MultiHeadAttention { query, key, value, output, .. } = layer;
        Self {
            norm: norm.into(),
            query: query.into(),
            key: key.into(),
            value: value.into(),
            output: output.into(),
        }
    }

    /// Weights, (3 · model, model), and biases, (3 · model), of query, key and value as those of one
    /// layer: a product with them reads its input once instead of three times.
    fn projections(&self) -> (Buffer, Buffer) {
        let parts = [&self.query, &self.key, &self.value];
        (joined(&parts.map(|part| &part.weight)), joined(&parts.map(|part| &part.bias)))
    }
}

// ANCHOR: attend
/// x + dropout(O W_Oᵀ + b_O), (batch, seq, model), where O is what `heads` heads find in Q, K and V,
/// each norm(x) W ᵀ + b: see [`Heads`].
pub(crate) fn attend(
    x: &Rows,
    parameters: Parameters,
    heads: usize,
    dropout: &mut Dropout,
) -> (Rows, Backward) {
    let (batch, seq, model) = *x.shape();
    let at = Heads { batch, seq, count: heads, head_dim: model / heads };
    let Parameters { norm, output, .. } = &parameters;

    let rows = numbers(x);
    let mut stream = rows.to_vec();
    let normalised = Normalised::new(rows, model);
    let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
    let (weights, biases) = parameters.projections();
    let qkv = linear::forward(&y, &weights, &biases);
    let mut undrawn = dropout.clone(); // the backward pass draws the same again
    let (found, normalisers) = at.forward(&qkv, dropout);
    let (weight, bias) = (numbers(&output.weight), numbers(&output.bias));
    let factors = add_branch(&mut stream, &found, &weight, &bias, dropout);

    let sum = x.device().tensor_from_vec(stream, *x.shape());
    let (x, out) = (x.ghost(), sum.ghost());
    let backward: Backward = Box::new(move |grads| {
        let Parameters { norm, query, key, value, output } = &parameters;
        let mut dx = std::mem::take(&mut **grads.get_or_alloc_mut(&out)?);
        let dbranch = branch_slopes(&dx, factors);
        let dfound = linear::to_input(&dbranch, &numbers(&output.weight), model);
        linear::to_weight(&dbranch, &found, model, grads.get_or_alloc_mut(&output.weight)?);
        linear::to_bias(&dbranch, grads.get_or_alloc_mut(&output.bias)?);
        drop(dbranch);

        let dqkv = at.backward(&qkv, &normalisers, &dfound, &mut undrawn);
        let y = normalised.scaled(&numbers(&norm.gain), &numbers(&norm.bias));
        let (weights, _) = parameters.projections();
        let dy = linear::to_input(&dqkv, &weights, 3 * model);
        let (mut dweights, mut dbiases) = (Buffer::zeros(weights.len()), Buffer::zeros(3 * model));
        linear::to_weight(&dqkv, &y, 3 * model, &mut dweights);
        linear::to_bias(&dqkv, &mut dbiases);
        let parts = dweights.chunks_exact(model * model).zip(dbiases.chunks_exact(model));
        for (part, (dweight, dbias)) in [query, key, value].into_iter().zip(parts) {
            add_to(grads.get_or_alloc_mut(&part.weight)?, dweight);
            add_to(grads.get_or_alloc_mut(&part.bias)?, dbias);
        }

        normalised.backward(&dy, norm, &mut dx, grads)?;
        add_to(grads.get_or_alloc_mut(&x)?, &dx);
        Ok(())
    });
    (sum, backward)
}
// ANCHOR_END: attend
