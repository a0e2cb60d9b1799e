//! A layer of the decoder: it looks at what was written, then at what is to be translated, then
//! thinks.

use crate::{Design, FeedForward, LayerNorm, Place};
use attention::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{Device, Dtype, ModuleVisitor, NoneTape, Storage, Tape, Tensor, TensorCollection};
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
pub struct DecoderLayer<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// Norm of the self-attention.
    pub norm1: LayerNorm<MODEL, E, D>,
    /// Looks at what was written so far.
    pub attention: MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E, D>,
    /// Norm of the cross-attention.
    pub norm2: LayerNorm<MODEL, E, D>,
    /// Looks at the source.
    pub cross: MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E, D>,
    /// Norm of the feed-forward network.
    pub norm3: LayerNorm<MODEL, E, D>,
    /// Works on each position alone.
    pub feed_forward: FeedForward<MODEL, HIDDEN, E, D>,
}

impl<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    E: Real,
    D: Gelu<E>,
> DecoderLayer<MODEL, HEADS, HEAD_DIM, HIDDEN, E, D>
{
    /// `x`, `(batch, seq, MODEL)`, to the same shape. `memory`, `(batch, keys, MODEL)`, is what the
    /// encoder made of the source. `masks` is for what was written, `(batch, seq, seq)`, and
    /// `source_masks` for the source, `(batch, seq, keys)`.
    pub fn run<T: Tape<E, D>>(
        &self,
        x: Sequences<MODEL, E, D, T>,
        memory: &Sequences<MODEL, E, D, NoneTape>,
        (masks, source_masks): BothMasks<'_, E, D>,
        design: Design,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, E, D, T> {
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
    /// dropout: `(batch · HEADS, seq, keys)`.
    pub fn looks(
        &self,
        x: Sequences<MODEL, E, D, NoneTape>,
        memory: &Sequences<MODEL, E, D, NoneTape>,
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

impl<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    E: Real,
    D: Device<E>,
> TensorCollection<E, D> for DecoderLayer<MODEL, HEADS, HEAD_DIM, HIDDEN, E, D>
{
    type To<E2: Dtype, D2: Device<E2>> = DecoderLayer<MODEL, HEADS, HEAD_DIM, HIDDEN, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            (
                Self::module("norm1", |s| &s.norm1, |s| &mut s.norm1),
                Self::module("attention", |s| &s.attention, |s| &mut s.attention),
                Self::module("norm2", |s| &s.norm2, |s| &mut s.norm2),
                Self::module("cross", |s| &s.cross, |s| &mut s.cross),
                Self::module("norm3", |s| &s.norm3, |s| &mut s.norm3),
                Self::module("feed_forward", |s| &s.feed_forward, |s| &mut s.feed_forward),
            ),
            |(norm1, attention, norm2, cross, norm3, feed_forward)| DecoderLayer {
                norm1,
                attention,
                norm2,
                cross,
                norm3,
                feed_forward,
            },
        )
    }
}
