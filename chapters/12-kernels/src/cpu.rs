//! The kernels behind the seam: what the CPU does in its own way, in single precision.
//!
//! What stands here is compiled for every size of every model, so it does no more than hand over
//! tensors with their sizes as numbers, and put what comes back on the tape.

use crate::attend::{Parameters, attend};
use crate::cross_entropy::cross_entropy;
use crate::device::{Causal, Kernels};
use crate::embedding::embed;
use crate::layer_norm::layer_norm;
use crate::linear::linear;
use crate::sized::{Backward, Rows, same};
use crate::think::think;
use crate::update::update;
use attention::scaled_dot_product::Sequences;
use deep_networks::{Dropout, Optimiser};
use dfdx::prelude::{
    ConstDim, Cpu, Gradients, PutTape, Rank0, ReshapeTo, Shape, SplitTape, Tape, Tensor, TensorCollection,
};
use language_models::Embedding;
use multi_head::{MultiHeadAttention, check_heads};
use positions::LearnedPositions;
use transformer::{FeedForward, LayerNorm};

impl Kernels<f32> for Cpu {
    /// 16 MiB: what stays in the cache of a processor of today.
    const PIECE: Option<usize> = Some(16 << 20);

    fn embed<Vocab: ConstDim, Context: ConstDim, Model: ConstDim, T: Tape<f32, Self>>(
        tokens: &Embedding<Vocab, Model, f32, Self>,
        positions: &LearnedPositions<Context, Model, f32, Self>,
        ids: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<Model, f32, Self, T> {
        let tables = [same(tokens.weight.clone()), same(positions.table.clone())];
        on_tape(embed(tables, ids, batch, dropout), tape)
    }

    /// The kernel computes no score ahead of its position, and asks for no mask.
    fn causal(_: &Self, _: usize) -> Causal<f32, Self> {
        Causal(None)
    }

    // ANCHOR: attend
    fn attend<Model: ConstDim, Heads: ConstDim, HeadDim: ConstDim, T: Tape<f32, Self>>(
        x: Sequences<Model, f32, Self, T>,
        norm: &LayerNorm<Model, f32, Self>,
        layer: &MultiHeadAttention<Model, Heads, HeadDim, f32, Self>,
        _: &Causal<f32, Self>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, f32, Self, T> {
        const { check_heads(Model::SIZE, Heads::SIZE, HeadDim::SIZE) };
        let (x, tape) = off_tape(x);
        on_tape(attend(&x, Parameters::new(norm, layer), Heads::SIZE, dropout), tape)
    }
    // ANCHOR_END: attend

    fn think<Model: ConstDim, Hidden: ConstDim, T: Tape<f32, Self>>(
        x: Sequences<Model, f32, Self, T>,
        norm: &LayerNorm<Model, f32, Self>,
        layer: &FeedForward<Model, Hidden, f32, Self>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, f32, Self, T> {
        let (x, tape) = off_tape(x);
        on_tape(think(&x, norm.into(), [(&layer.up).into(), (&layer.down).into()], dropout), tape)
    }

    fn layer_norm<Model: ConstDim, T: Tape<f32, Self>>(
        x: Sequences<Model, f32, Self, T>,
        norm: &LayerNorm<Model, f32, Self>,
    ) -> Sequences<Model, f32, Self, T> {
        let (x, tape) = off_tape(x);
        on_tape(layer_norm(&x, norm.into()), tape)
    }

    fn linear<In: ConstDim, Out: ConstDim, T: Tape<f32, Self>>(
        x: Sequences<In, f32, Self, T>,
        weight: &Tensor<(Out, In), f32, Self>,
        bias: Option<&Tensor<(Out,), f32, Self>>,
    ) -> Sequences<Out, f32, Self, T> {
        let (x, tape) = off_tape(x);
        on_tape(linear(&x, same(weight.clone()), bias.cloned().map(same)), tape)
    }

    fn cross_entropy<Classes: ConstDim, T: Tape<f32, Self>>(
        logits: Sequences<Classes, f32, Self, T>,
        targets: &[usize],
        weights: Option<&[f32]>,
    ) -> Tensor<Rank0, f32, Self, T> {
        let (logits, tape) = off_tape(logits);
        on_tape(cross_entropy(&logits, targets, weights), tape)
    }

    fn update<M: TensorCollection<f32, Self, To<f32, Self> = M>>(
        optimiser: &mut Optimiser<M>,
        model: &mut M,
        gradients: &mut [Gradients<f32, Self>],
        clip: f64,
        rate: f64,
    ) {
        update(optimiser, model, gradients, clip, rate);
    }
}

// ANCHOR: tape
/// The input of a kernel, with its sizes as numbers, and the tape that it came with.
fn off_tape<Width: ConstDim, T: Tape<f32, Cpu>>(x: Sequences<Width, f32, Cpu, T>) -> (Rows, T) {
    same(x).contiguous().split_tape()
}

/// The output of a kernel, with the sizes of its type and its way back on the tape.
fn on_tape<S: Shape, T: Tape<f32, Cpu>>(
    (output, backward): (Tensor<impl Shape<Concrete = S::Concrete>, f32, Cpu>, Backward),
    mut tape: T,
) -> Tensor<S, f32, Cpu, T> {
    tape.add_backward_op(backward);
    same(output).put_tape(tape)
}
// ANCHOR_END: tape
