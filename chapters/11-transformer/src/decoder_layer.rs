//! A layer of the decoder: it looks at what was written, then at what is to be translated, then
//! thinks.

use crate::{Design, FeedForward, LayerNorm, Place, Sizes};
use attention::Sequences;
use deep_networks::{Dropout, parameters};
use dfdx::prelude::{Dtype, NoneTape, Storage, Tape, Tensor};
use multi_head::MultiHeadAttention;
use neurons::gelu::Gelu;
use tensors::Real;

/// A mask for each sequence, `(batch, seq, keys)`.
pub type Masks<E, D> = Tensor<(usize, usize, usize), E, D>;

/// Masks for what was written and for the source.
pub type BothMasks<'a, E, D> = (Option<&'a Masks<E, D>>, Option<&'a Masks<E, D>>);

// ANCHOR: layer
/// Self-attention, cross-attention, feed-forward.
#[derive(Debug, Clone)]
pub struct DecoderLayer<S: Sizes, E: Dtype, D: Storage<E>> {
    /// Norm of the self-attention.
    pub norm1: LayerNorm<S::Model, E, D>,
    /// Looks at what was written so far.
    pub attention: MultiHeadAttention<S::Model, S::Heads, S::HeadDim, E, D>,
    /// Norm of the cross-attention.
    pub norm2: LayerNorm<S::Model, E, D>,
    /// Looks at the source.
    pub cross: MultiHeadAttention<S::Model, S::Heads, S::HeadDim, E, D>,
    /// Norm of the feed-forward network.
    pub norm3: LayerNorm<S::Model, E, D>,
    /// Works on each position alone.
    pub feed_forward: FeedForward<S::Model, S::Hidden, E, D>,
}

impl<S: Sizes, E: Real, D: Gelu<E>> DecoderLayer<S, E, D> {
    /// `x`, `(batch, seq, Model)`, to the same shape. `memory`, `(batch, keys, Model)`, is what the
    /// encoder made of the source. `masks` is for what was written, `(batch, seq, seq)`, and
    /// `source_masks` for the source, `(batch, seq, keys)`.
    pub fn run<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        memory: &Sequences<S::Model, E, D, NoneTape>,
        (masks, source_masks): BothMasks<'_, E, D>,
        design: Design,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        let x =
            design.step(x, &self.norm1, |x| self.attention.attend_to(x.retaped::<T>(), x, masks, dropout));
        let x = design.step(x, &self.norm2, |x| {
            self.cross.attend_to(x, memory.retaped::<T>(), source_masks, dropout)
        });
        if !design.feed_forward {
            return x;
        }
        design.step(x, &self.norm3, |x| self.feed_forward.think(x, dropout))
    }

    /// Where each head looks in the source, in [`Self::run`] with the same arguments and without
    /// dropout: `(batch · Heads, seq, keys)`.
    pub fn looks(
        &self,
        x: Sequences<S::Model, E, D, NoneTape>,
        memory: &Sequences<S::Model, E, D, NoneTape>,
        (masks, source_masks): BothMasks<'_, E, D>,
        design: Design,
    ) -> Masks<E, D> {
        let x = design
            .step(x, &self.norm1, |x| self.attention.attend_to(x.clone(), x, masks, &mut Dropout::off()));
        let asks = if design.norm && design.place == Place::Before { self.norm2.norm(x) } else { x };
        self.cross.weights(asks, memory.clone(), source_masks)
    }
}
// ANCHOR_END: layer

parameters!(DecoderLayer<S: Sizes> { norm1, attention, norm2, cross, norm3, feed_forward });
