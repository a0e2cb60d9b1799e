//! The seam: which operations a device may do in its own way.

use attention::scaled_dot_product::Sequences;
use attention::{attention_weights, causal_mask};
use deep_networks::Dropout;
use dfdx::prelude::{
    BroadcastTo, Const, Cpu, HasShape, PermuteTo, Rank0, Rank1, Rank2, ReshapeTo, Shape, Tape, Tensor,
    TryAdd, TryMatMul,
};
use multi_head::{merge_heads, split_heads};
use neurons::gelu::Gelu;
use tensors::Real;
use transformer::LayerNorm;

// ANCHOR: trait
/// A device on which a Transformer runs. Each operation is written here in terms of dfdx's own; a device overrides what it can do in
/// fewer steps, and must give the same values and gradients (the tests of this crate).
pub trait Kernels<E: Real>: Gelu<E> {
    /// x Wᵀ + b: `(batch, seq, IN)` to `(batch, seq, OUT)`.
    fn linear<const IN: usize, const OUT: usize, T: Tape<E, Self>>(
        x: Sequences<IN, E, Self, T>,
        weight: &Tensor<Rank2<OUT, IN>, E, Self>,
        bias: Option<&Tensor<Rank1<OUT>, E, Self>>,
    ) -> Sequences<OUT, E, Self, T> {
        let y = x.matmul(weight.retaped::<T>().permute());
        match bias {
            None => y,
            Some(bias) => {
                let shape = *y.shape();
                bias.retaped::<T>().broadcast_like(&shape) + y
            }
        }
    }

    /// Each position's vector at mean 0 and variance 1, times a gain, plus a bias.
    fn layer_norm<const MODEL: usize, T: Tape<E, Self>>(
        x: Sequences<MODEL, E, Self, T>,
        norm: &LayerNorm<MODEL, E, Self>,
    ) -> Sequences<MODEL, E, Self, T> {
        norm.norm(x)
    }

    /// Attention of `HEADS` heads to themselves and what came before: queries, keys and values `(batch, seq, MODEL)`, the result too.
    fn causal_attention<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, T: Tape<E, Self>>(
        [query, key, value]: [Sequences<MODEL, E, Self, T>; 3],
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, E, Self, T> {
        let split = split_heads::<MODEL, HEADS, HEAD_DIM, E, Self, T>;
        let (_, seq, _) = *query.shape();
        let mask = causal_mask(query.device(), seq);
        let weights = attention_weights(split(query), split(key), Some(&mask)); // (batch · HEADS, seq, seq)
        merge_heads::<MODEL, HEADS, HEAD_DIM, E, Self, T>(dropout.apply(weights).matmul(split(value)))
    }

    /// The sum of two tensors of one shape.
    fn add<S: Shape, T: Tape<E, Self>>(
        x: Tensor<S, E, Self, T>,
        y: Tensor<S, E, Self, T>,
    ) -> Tensor<S, E, Self, T> {
        x.try_add(y).expect("two tensors of one shape")
    }

    /// The mean of −ln p(target) over all positions, where p = softmax(logits), in nats. `targets` lie in the order of the rows.
    fn cross_entropy<const CLASSES: usize, T: Tape<E, Self>>(
        logits: Sequences<CLASSES, E, Self, T>,
        targets: &[usize],
    ) -> Tensor<Rank0, E, Self, T> {
        let logits = logits.reshape_like(&(targets.len(), Const::<CLASSES>));
        deep_networks::cross_entropy(logits, targets)
    }
}
// ANCHOR_END: trait

/// Gradients are checked in double precision on the composites.
impl Kernels<f64> for Cpu {}

/// dfdx's CUDA kernels, one for each step of the composites.
#[cfg(feature = "cuda")]
impl Kernels<f32> for dfdx::prelude::Cuda {}

impl Kernels<f32> for Cpu {
    fn linear<const IN: usize, const OUT: usize, T: Tape<f32, Self>>(
        x: Sequences<IN, f32, Self, T>,
        weight: &Tensor<Rank2<OUT, IN>, f32, Self>,
        bias: Option<&Tensor<Rank1<OUT>, f32, Self>>,
    ) -> Sequences<OUT, f32, Self, T> {
        crate::linear::linear(x, weight, bias)
    }

    fn layer_norm<const MODEL: usize, T: Tape<f32, Self>>(
        x: Sequences<MODEL, f32, Self, T>,
        norm: &LayerNorm<MODEL, f32, Self>,
    ) -> Sequences<MODEL, f32, Self, T> {
        crate::layer_norm::layer_norm(x, norm)
    }

    fn causal_attention<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, T: Tape<f32, Self>>(
        projections: [Sequences<MODEL, f32, Self, T>; 3],
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, f32, Self, T> {
        const { assert!(MODEL == HEADS * HEAD_DIM, "the heads must share out the model's size exactly") };
        let (batch, seq, _) = *projections[0].shape();
        let factors = dropout.factors(batch * HEADS * seq * seq);
        crate::attention::causal_attention(projections, HEADS, factors)
    }

    fn add<S: Shape, T: Tape<f32, Self>>(
        x: Tensor<S, f32, Self, T>,
        y: Tensor<S, f32, Self, T>,
    ) -> Tensor<S, f32, Self, T> {
        crate::add::add(x, y)
    }

    fn cross_entropy<const CLASSES: usize, T: Tape<f32, Self>>(
        logits: Sequences<CLASSES, f32, Self, T>,
        targets: &[usize],
    ) -> Tensor<Rank0, f32, Self, T> {
        crate::cross_entropy::cross_entropy(logits, targets)
    }
}
