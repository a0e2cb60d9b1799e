//! The forward pass with somebody who looks on, and may interfere: what a model's parts are for is found
//! by looking at what they make, and by taking it away or putting something else in its place.

use crate::model::Gpt;
use crate::parts::{Layer, Norm, Positions};
use attention::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::Tape;
use kernels::Kernels;
use tensors::Real;
use transformer::Sizes;

// ANCHOR: seen
/// Where [`Gpt::stream_seen`] shows what is on its way. Blocks are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The stream before the first block.
    Embedded,
    /// What the heads of a block found, before W^O: head h has the numbers h · `HeadDim` to
    /// (h + 1) · `HeadDim` of each position.
    Heads(usize),
    /// The stream behind a block's attention.
    Attended(usize),
    /// The stream behind a block's feed-forward network.
    Thought(usize),
}

impl<S: Sizes, E: Real, D: Kernels<E>, B: Layer<S, E, D>, P: Positions<S, E, D>, N: Norm<S, E, D>>
    Gpt<S, E, D, B, P, N>
{
    /// [`Self::stream`], with `see` called at every [`Place`] on the way: it is shown what is there,
    /// `(batch, seq, Model)`, and what it returns goes on in its place.
    ///
    /// # Panics
    /// As [`Self::stream`].
    pub fn stream_seen<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        batch: usize,
        tape: T,
        dropout: &mut Dropout,
        mut see: impl FnMut(Place, Sequences<S::Model, E, D, T>) -> Sequences<S::Model, E, D, T>,
    ) -> Sequences<S::Model, E, D, T> {
        let (device, seq) = (self.tokens.weight.device(), tokens.len() / batch);
        let masks = D::causal(device, seq).masks(device, batch, seq);
        let mut x = see(Place::Embedded, self.positions.embed(&self.tokens, tokens, batch, tape, dropout));
        for (i, block) in self.blocks.modules.iter().enumerate() {
            x = block.attend_seen(x, &masks, dropout, |found| see(Place::Heads(i), found));
            x = see(Place::Attended(i), x);
            x = see(Place::Thought(i), block.think(x, dropout));
        }
        x
    }
}
// ANCHOR_END: seen
