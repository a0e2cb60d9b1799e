//! The seam: which parts of a model a device may compute in its own way.

use attention::causal_mask;
use attention::scaled_dot_product::Sequences;
use deep_networks::{Dropout, Optimiser, add, clip_global_norm, gradient_of};
use dfdx::prelude::{
    BroadcastTo, Const, Cpu, Device, GatherTo, Gradients, HasShape, PermuteTo, PutTape, Rank0, Rank1,
    Rank2, ReshapeTo, Tape, Tensor, TensorCollection, TensorFromVec, TryMatMul,
};
use multi_head::MultiHeadAttention;
use neurons::gelu::Gelu;
use positions::LearnedPositions;
use std::any::Any;
use std::cell::RefCell;
use tensors::Real;
use transformer::{Block, FeedForward, LayerNorm};

// ANCHOR: trait
/// A device on which a GPT runs. Each part is written here as the earlier chapters write it; a
/// device overrides what it can do in fewer steps, and must give the same values and gradients (the
/// tests of this crate).
pub trait Kernels<E: Real>: Gelu<E> {
    /// The vectors of `batch` sequences of tokens, one after the other, each with its position's:
    /// `(batch, seq, MODEL)`.
    ///
    /// # Panics
    /// When a token is not smaller than `VOCAB`, or a sequence longer than `CONTEXT`.
    fn embed<const VOCAB: usize, const CONTEXT: usize, const MODEL: usize, T: Tape<E, Self>>(
        tokens: &Tensor<Rank2<VOCAB, MODEL>, E, Self>,
        positions: &LearnedPositions<CONTEXT, MODEL, E, Self>,
        ids: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, E, Self, T> {
        let shape = (batch, ids.len() / batch);
        let ids = TensorFromVec::<usize>::tensor_from_vec(tokens.device(), ids.to_vec(), shape);
        dropout.apply(positions.add(tokens.clone().put_tape(tape).gather(ids)))
    }

    /// x + dropout(attention(norm(x))): each position looks at itself and at those before it.
    fn attend<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, T: Tape<E, Self>>(
        x: Sequences<MODEL, E, Self, T>,
        norm: &LayerNorm<MODEL, E, Self>,
        layer: &MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E, Self>,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, E, Self, T> {
        let mask = kept_mask(x.device(), x.shape().1);
        layer.attend(norm.norm(x.retaped::<T>()), Some(&mask), dropout) + x
    }

    /// x + dropout(feed-forward(norm(x))).
    fn think<const MODEL: usize, const HIDDEN: usize, T: Tape<E, Self>>(
        x: Sequences<MODEL, E, Self, T>,
        norm: &LayerNorm<MODEL, E, Self>,
        layer: &FeedForward<MODEL, HIDDEN, E, Self>,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, E, Self, T> {
        layer.think(norm.norm(x.retaped::<T>()), dropout) + x
    }

    /// Each position's vector at mean 0 and variance 1, times a gain, plus a bias.
    fn layer_norm<const MODEL: usize, T: Tape<E, Self>>(
        x: Sequences<MODEL, E, Self, T>,
        norm: &LayerNorm<MODEL, E, Self>,
    ) -> Sequences<MODEL, E, Self, T> {
        norm.norm(x)
    }

    /// x Wᵀ + b: `(batch, seq, IN)` to `(batch, seq, OUT)`.
    fn linear<const IN: usize, const OUT: usize, T: Tape<E, Self>>(
        x: Sequences<IN, E, Self, T>,
        weight: &Tensor<Rank2<OUT, IN>, E, Self>,
        bias: Option<&Tensor<Rank1<OUT>, E, Self>>,
    ) -> Sequences<OUT, E, Self, T> {
        composite_linear(x, weight, bias)
    }

    /// The mean of −ln p(target) over all positions, where p = softmax(logits), in nats. `targets`
    /// lie in the order of the rows.
    fn cross_entropy<const CLASSES: usize, T: Tape<E, Self>>(
        logits: Sequences<CLASSES, E, Self, T>,
        targets: &[usize],
    ) -> Tensor<Rank0, E, Self, T> {
        let logits = logits.reshape_like(&(targets.len(), Const::<CLASSES>));
        deep_networks::cross_entropy(logits, targets)
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

thread_local! {
    /// The last causal mask that this thread has made.
    static MASK: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

/// The causal mask of `seq` positions. It is made on the host; a training run asks for the same one
/// in every block of every step, and it goes to the device once.
fn kept_mask<E: Real, D: Device<E>>(device: &D, seq: usize) -> Tensor<(usize, usize), E, D> {
    MASK.with_borrow_mut(|kept| {
        let known = kept.as_ref().and_then(|kept| kept.downcast_ref::<Tensor<(usize, usize), E, D>>());
        if let Some(mask) = known.filter(|mask| mask.shape().0 == seq) {
            return mask.clone();
        }
        let mask = causal_mask(device, seq);
        *kept = Some(Box::new(mask.clone()));
        mask
    })
}

/// [`Kernels::linear`], one operation after the other.
fn composite_linear<const IN: usize, const OUT: usize, E: Real, D: Device<E>, T: Tape<E, D>>(
    x: Sequences<IN, E, D, T>,
    weight: &Tensor<Rank2<OUT, IN>, E, D>,
    bias: Option<&Tensor<Rank1<OUT>, E, D>>,
) -> Sequences<OUT, E, D, T> {
    let y = x.matmul(weight.retaped::<T>().permute());
    match bias {
        None => y,
        Some(bias) => {
            let shape = *y.shape();
            bias.retaped::<T>().broadcast_like(&shape) + y
        }
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

// ANCHOR: block
/// [`Block::run`] with a causal mask, in the device's own way.
pub fn block<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    E: Real,
    D: Kernels<E>,
    T: Tape<E, D>,
>(
    block: &Block<MODEL, HEADS, HEAD_DIM, HIDDEN, E, D>,
    x: Sequences<MODEL, E, D, T>,
    dropout: &mut Dropout,
) -> Sequences<MODEL, E, D, T> {
    let x = D::attend(x, &block.norm1, &block.attention, dropout);
    D::think(x, &block.norm2, &block.feed_forward, dropout)
}
// ANCHOR_END: block

/// Gradients are checked in double precision on the composites.
impl Kernels<f64> for Cpu {}

/// dfdx's CUDA kernels, one for each step of the composites.
#[cfg(feature = "cuda")]
impl Kernels<f32> for dfdx::prelude::Cuda {}

/// So many numbers of four bytes, 16 MiB, may stay in the cache of a processor of today.
const CACHED: usize = 4 << 20;

impl Kernels<f32> for Cpu {
    fn embed<const VOCAB: usize, const CONTEXT: usize, const MODEL: usize, T: Tape<f32, Self>>(
        tokens: &Tensor<Rank2<VOCAB, MODEL>, f32, Self>,
        positions: &LearnedPositions<CONTEXT, MODEL, f32, Self>,
        ids: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, f32, Self, T> {
        crate::embedding::embed(tokens, positions, ids, batch, tape, dropout)
    }

    fn attend<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, T: Tape<f32, Self>>(
        x: Sequences<MODEL, f32, Self, T>,
        norm: &LayerNorm<MODEL, f32, Self>,
        layer: &MultiHeadAttention<MODEL, HEADS, HEAD_DIM, f32, Self>,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, f32, Self, T> {
        crate::attend::attend(x, norm, layer, dropout)
    }

    fn think<const MODEL: usize, const HIDDEN: usize, T: Tape<f32, Self>>(
        x: Sequences<MODEL, f32, Self, T>,
        norm: &LayerNorm<MODEL, f32, Self>,
        layer: &FeedForward<MODEL, HIDDEN, f32, Self>,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, f32, Self, T> {
        crate::think::think(x, norm, layer, dropout)
    }

    fn layer_norm<const MODEL: usize, T: Tape<f32, Self>>(
        x: Sequences<MODEL, f32, Self, T>,
        norm: &LayerNorm<MODEL, f32, Self>,
    ) -> Sequences<MODEL, f32, Self, T> {
        crate::layer_norm::layer_norm(x, norm)
    }

    fn linear<const IN: usize, const OUT: usize, T: Tape<f32, Self>>(
        x: Sequences<IN, f32, Self, T>,
        weight: &Tensor<Rank2<OUT, IN>, f32, Self>,
        bias: Option<&Tensor<Rank1<OUT>, f32, Self>>,
    ) -> Sequences<OUT, f32, Self, T> {
        // A kernel copies the matrix out of its tensor. If the copy does not stay in the cache and
        // one row uses it only once, the library's product, which reads in place, is faster.
        let (batch, seq, _) = *x.shape();
        if batch * seq == 1 && IN * OUT > CACHED {
            return composite_linear(x, weight, bias);
        }
        crate::linear::linear(x, weight, bias)
    }

    fn cross_entropy<const CLASSES: usize, T: Tape<f32, Self>>(
        logits: Sequences<CLASSES, f32, Self, T>,
        targets: &[usize],
    ) -> Tensor<Rank0, f32, Self, T> {
        crate::cross_entropy::cross_entropy(logits, targets)
    }

    fn update<M: TensorCollection<f32, Self, To<f32, Self> = M>>(
        optimiser: &mut Optimiser<M>,
        model: &mut M,
        gradients: &mut [Gradients<f32, Self>],
        clip: f64,
        rate: f64,
    ) {
        crate::update::update(optimiser, model, gradients, clip, rate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::SampleTensor;

    #[test]
    fn a_matrix_larger_than_the_cache_is_read_in_place_with_the_same_result() {
        const OUT: usize = CACHED / 1000 + 1;
        let dev = Cpu::seed_from_u64(3);
        let x: Tensor<_, f32, Cpu> = dev.sample_normal_like(&(1, 1, Const::<1000>));
        let (weight, bias) = (dev.sample_normal::<Rank2<OUT, 1000>>(), dev.sample_normal());
        let large = <Cpu as Kernels<f32>>::linear(x.clone(), &weight, Some(&bias));
        let copied = crate::linear::linear(x, &weight, Some(&bias));
        for (a, b) in large.as_vec().iter().zip(copied.as_vec()) {
            // Sums of a thousand products of normal numbers, of size 30.
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }

    #[test]
    fn a_mask_is_kept_for_its_length_and_type() {
        let dev = Cpu::default();
        for seq in [3, 3, 5, 3] {
            let (kept, made): (Tensor<_, f64, Cpu>, Tensor<_, f64, Cpu>) =
                (kept_mask(&dev, seq), causal_mask(&dev, seq));
            assert_eq!(kept.as_vec(), made.as_vec());
            let (kept, made): (Tensor<_, f32, Cpu>, Tensor<_, f32, Cpu>) =
                (kept_mask(&dev, seq), causal_mask(&dev, seq));
            assert_eq!(kept.as_vec(), made.as_vec());
        }
    }
}
