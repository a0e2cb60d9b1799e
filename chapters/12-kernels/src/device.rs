//! The seam: which parts of a model a device may compute in its own way.

use attention::causal_mask;
use attention::scaled_dot_product::Sequences;
use deep_networks::{
    Dropout, Optimiser, add, clip_global_norm, cross_entropy, gradient_of, weighted_cross_entropy,
};
use dfdx::prelude::{
    Axis, BroadcastTo, ConstDim, Cpu, Device, Dtype, Gradients, HasShape, PermuteTo, Rank0, ReshapeTo,
    Storage, Tape, Tensor, TensorCollection, TryMatMul,
};
use language_models::Embedding;
use multi_head::MultiHeadAttention;
use neurons::gelu::Gelu;
use positions::LearnedPositions;
use tensors::Real;
use transformer::{FeedForward, LayerNorm, Masks};

// ANCHOR: trait
/// A device on which a GPT runs. Each part is written here as the earlier chapters write it; a
/// device overrides what it can do in fewer steps (the CPU in f32: `cpu.rs`), and must give the same
/// values and gradients (the tests of this crate).
pub trait Kernels<E: Real>: Gelu<E> {
    /// Bytes that one pass forward and backward should keep at most: a larger batch is computed in
    /// pieces, one after the other. `None`: all at once, which is what keeps a GPU busy.
    const PIECE: Option<usize> = None;

    /// The vectors of `batch` sequences of tokens, one after the other, each with its position's:
    /// `(batch, seq, Model)`.
    ///
    /// # Panics
    /// When a token is not smaller than `Vocab`, or a sequence longer than `Context`.
    fn embed<Vocab: ConstDim, Context: ConstDim, Model: ConstDim, T: Tape<E, Self>>(
        tokens: &Embedding<Vocab, Model, E, Self>,
        positions: &LearnedPositions<Context, Model, E, Self>,
        ids: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<Model, E, Self, T> {
        dropout.apply(positions.add(tokens.look_up(ids, ids.len() / batch, tape)))
    }

    /// What keeps the positions of a pass over `seq` of them from looking ahead. It is made once, and
    /// read by every block.
    fn causal(device: &Self, seq: usize) -> Causal<E, Self> {
        Causal(Some(causal_mask(device, seq)))
    }

    // ANCHOR: attend
    /// x + dropout(attention(norm(x))): each position looks at itself and at those before it. `mask`
    /// is that of [`Self::causal`] for as many positions as `x` has.
    fn attend<Model: ConstDim, Heads: ConstDim, HeadDim: ConstDim, T: Tape<E, Self>>(
        x: Sequences<Model, E, Self, T>,
        norm: &LayerNorm<Model, E, Self>,
        layer: &MultiHeadAttention<Model, Heads, HeadDim, E, Self>,
        mask: &Causal<E, Self>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, E, Self, T> {
        layer.attend(norm.norm(x.retaped::<T>()), mask.0.as_ref(), dropout) + x
    }
    // ANCHOR_END: attend

    /// x + dropout(feed-forward(norm(x))).
    fn think<Model: ConstDim, Hidden: ConstDim, T: Tape<E, Self>>(
        x: Sequences<Model, E, Self, T>,
        norm: &LayerNorm<Model, E, Self>,
        layer: &FeedForward<Model, Hidden, E, Self>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, E, Self, T> {
        layer.think(norm.norm(x.retaped::<T>()), dropout) + x
    }

    /// Each position's vector at mean 0 and variance 1, times a gain, plus a bias.
    fn layer_norm<Model: ConstDim, T: Tape<E, Self>>(
        x: Sequences<Model, E, Self, T>,
        norm: &LayerNorm<Model, E, Self>,
    ) -> Sequences<Model, E, Self, T> {
        norm.norm(x)
    }

    /// x Wᵀ + b: `(batch, seq, In)` to `(batch, seq, Out)`.
    fn linear<In: ConstDim, Out: ConstDim, T: Tape<E, Self>>(
        x: Sequences<In, E, Self, T>,
        weight: &Tensor<(Out, In), E, Self>,
        bias: Option<&Tensor<(Out,), E, Self>>,
    ) -> Sequences<Out, E, Self, T> {
        let y = x.matmul(weight.retaped::<T>().permute());
        match bias {
            None => y,
            Some(bias) => {
                let shape = *y.shape();
                bias.retaped::<T>().broadcast_like(&shape) + y
            }
        }
    }

    /// The mean of −ln p(target) over all positions, where p = softmax(logits), in nats; with
    /// `weights` Σ wᵢ · −ln p(targetᵢ): see [`weighted_cross_entropy`]. Targets and weights lie in the
    /// order of the rows.
    fn cross_entropy<Classes: ConstDim, T: Tape<E, Self>>(
        logits: Sequences<Classes, E, Self, T>,
        targets: &[usize],
        weights: Option<&[f32]>,
    ) -> Tensor<Rank0, E, Self, T> {
        let logits = logits.reshape_like(&(targets.len(), Classes::default()));
        match weights {
            None => cross_entropy(logits, targets),
            Some(weights) => weighted_cross_entropy(logits, targets, weights),
        }
    }

    /// One step of `model` against the sum of `gradients`, one for each part of a batch, shortened
    /// to length `clip` if it is longer.
    ///
    /// # Panics
    /// When the device has no memory left.
    fn update<M: TensorCollection<E, Self, To<E, Self> = M>>(
        optimiser: &mut Optimiser<M>,
        model: &mut M,
        gradients: &mut [Gradients<E, Self>],
        clip: f64,
        rate: f64,
    ) {
        composite_update(optimiser, model, gradients, clip, rate);
    }
}
// ANCHOR_END: trait

/// The causal mask of [`Kernels::causal`]: a tensor, (seq, seq), or nothing for a kernel that never
/// computes what lies ahead.
#[derive(Debug, Clone)]
pub struct Causal<E: Dtype, D: Storage<E>>(pub(crate) Option<Tensor<(usize, usize), E, D>>);

impl<E: Real, D: Device<E>> Causal<E, D> {
    /// The mask of each of `batch` sequences, `(batch, seq, seq)`, for what does without a kernel.
    pub fn masks(&self, device: &D, batch: usize, seq: usize) -> Masks<E, D> {
        let mask = self.0.clone().unwrap_or_else(|| causal_mask(device, seq));
        mask.broadcast_like::<_, Axis<0>>(&(batch, seq, seq))
    }
}

/// [`Kernels::update`], one operation after the other.
///
/// # Panics
/// When the device has no memory left.
pub fn composite_update<E: Real, D: Device<E>, M: TensorCollection<E, D, To<E, D> = M>>(
    optimiser: &mut Optimiser<M>,
    model: &mut M,
    gradients: &mut [Gradients<E, D>],
    clip: f64,
    rate: f64,
) {
    let mut parts = gradients.iter_mut().map(|part| gradient_of(model, part));
    let mut sum = parts.next().expect("a batch has at least one part");
    for part in parts {
        add(&mut sum, 1.0, &part, 1.0);
    }
    clip_global_norm(&mut sum, clip);
    optimiser.update(model, &sum, rate);
}

/// Gradients are checked in double precision on the composites.
impl Kernels<f64> for Cpu {}

/// dfdx's CUDA kernels, one for each step of the composites.
#[cfg(feature = "cuda")]
impl Kernels<f32> for dfdx::prelude::Cuda {}
