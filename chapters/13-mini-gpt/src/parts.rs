//! What a [`Gpt`](crate::Gpt) is made of, beside the vectors of its tokens: blocks, positions and a last
//! norm. Each can be exchanged: whatever keeps to the trait fits into the same model, and is trained,
//! judged and looked into in the same way.

use attention::scaled_dot_product::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{Device, Dtype, ModuleVisitor, Tape, TensorCollection};
use kernels::{Causal, Kernels};
use language_models::Embedding;
use positions::LearnedPositions;
use tensors::Real;
use transformer::{Block, LayerNorm, Masks, RmsNorm, Sizes};

// ANCHOR: layer
/// A block: two steps on the residual stream, `(batch, seq, Model)`. In the first, positions look at
/// each other, in the second each is on its own.
pub trait Layer<S: Sizes, E: Real, D: Kernels<E>> {
    /// x + what each position finds at itself and at those before it. `mask` is that of
    /// [`Kernels::causal`] for as many positions as `x` has.
    fn attend<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        mask: &Causal<E, D>,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T>;

    /// The same where `masks`, `(batch, seq, seq)`, allow it; `see` is shown what the heads found, side
    /// by side, and what it returns is what W^O reads (see [`Gpt::stream_seen`](crate::Gpt::stream_seen)).
    fn attend_seen<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        masks: &Masks<E, D>,
        dropout: &mut Dropout,
        see: impl FnOnce(Sequences<S::Model, E, D, T>) -> Sequences<S::Model, E, D, T>,
    ) -> Sequences<S::Model, E, D, T>;

    /// x + what each position makes of its own vector.
    fn think<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T>;
}
// ANCHOR_END: layer

impl<S: Sizes, E: Real, D: Kernels<E>> Layer<S, E, D> for Block<S, E, D> {
    fn attend<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        mask: &Causal<E, D>,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        D::attend(x, &self.norm1, &self.attention, mask, dropout)
    }

    fn attend_seen<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        masks: &Masks<E, D>,
        dropout: &mut Dropout,
        see: impl FnOnce(Sequences<S::Model, E, D, T>) -> Sequences<S::Model, E, D, T>,
    ) -> Sequences<S::Model, E, D, T> {
        let y = self.norm1.norm(x.retaped::<T>());
        let found = self.attention.find(y.retaped::<T>(), y, Some(masks), dropout);
        self.attention.mix(see(found), dropout) + x
    }

    fn think<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        D::think(x, &self.norm2, &self.feed_forward, dropout)
    }
}

/// How the stream begins: what tells one position from another, where the blocks do not.
pub trait Positions<S: Sizes, E: Real, D: Kernels<E>> {
    /// The vectors of `batch` sequences of tokens, one after the other: `(batch, seq, Model)`.
    ///
    /// # Panics
    /// When an id is not smaller than `Vocab`, or there is no vector for a position.
    fn embed<T: Tape<E, D>>(
        &self,
        tokens: &Embedding<S::Vocab, S::Model, E, D>,
        ids: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T>;
}

impl<S: Sizes, E: Real, D: Kernels<E>> Positions<S, E, D> for LearnedPositions<S::Context, S::Model, E, D> {
    fn embed<T: Tape<E, D>>(
        &self,
        tokens: &Embedding<S::Vocab, S::Model, E, D>,
        ids: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        D::embed(tokens, self, ids, batch, tape, dropout)
    }
}

/// No vectors for positions: the blocks' own business, as with RoPE.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPositions;

impl<E: Dtype, D: Device<E>> TensorCollection<E, D> for NoPositions {
    type To<E2: Dtype, D2: Device<E2>> = Self;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(visitor: &mut V) -> Result<Option<Self>, V::Err> {
        visitor.visit_fields((), |()| Self)
    }
}

impl<S: Sizes, E: Real, D: Kernels<E>> Positions<S, E, D> for NoPositions {
    fn embed<T: Tape<E, D>>(
        &self,
        tokens: &Embedding<S::Vocab, S::Model, E, D>,
        ids: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        dropout.apply(tokens.look_up(ids, ids.len() / batch, tape))
    }
}

/// What stands before the output: the stream at one size.
pub trait Norm<S: Sizes, E: Real, D: Kernels<E>> {
    /// `(batch, seq, Model)` to the same shape.
    fn norm<T: Tape<E, D>>(&self, x: Sequences<S::Model, E, D, T>) -> Sequences<S::Model, E, D, T>;
}

impl<S: Sizes, E: Real, D: Kernels<E>> Norm<S, E, D> for LayerNorm<S::Model, E, D> {
    fn norm<T: Tape<E, D>>(&self, x: Sequences<S::Model, E, D, T>) -> Sequences<S::Model, E, D, T> {
        D::layer_norm(x, self)
    }
}

impl<S: Sizes, E: Real, D: Kernels<E>> Norm<S, E, D> for RmsNorm<S::Model, E, D> {
    fn norm<T: Tape<E, D>>(&self, x: Sequences<S::Model, E, D, T>) -> Sequences<S::Model, E, D, T> {
        self.norm(x)
    }
}
